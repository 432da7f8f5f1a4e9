"""Tie a screen to its place."""

from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from mediation.channels import attempts
from mediation.channels.kiosk import services
from mediation.channels.kiosk.access import DEVICE
from mediation.channels.kiosk.forms import PairingForm
from mediation.kernel.access import anyone, open_to
from mediation.kernel.views import too_often

DOOR = "kiosk"


@open_to(anyone)
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def pair(request: HttpRequest) -> HttpResponse:
    """Ask for the code that an administrator reads out, and keep the token that it opens."""
    form = PairingForm(request.POST if request.method == "POST" else None)
    if request.method != "POST" or not form.is_valid():
        return render(request, "kiosk/pair.html", {"form": form})
    code = form.cleaned_data["code"]
    failures = attempts.secrets(request, door=DOOR, secret=code)
    if wait := failures.wait():
        form.add_error(None, _("Trop d’essais. Attendez un quart d’heure, ou demandez un autre code."))
        return too_often(request, wait=wait, template="kiosk/pair.html", form=form)
    try:
        token = services.pair(code=code)
    except ValidationError as error:
        failures.count()
        form.add_error("code", error)
        return render(request, "kiosk/pair.html", {"form": form})
    response = redirect("kiosk:start")
    DEVICE.give(response, token)
    return response
