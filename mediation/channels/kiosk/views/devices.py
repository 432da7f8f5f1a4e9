"""Kiosks, for administrators: add, give a code, rename, take out of service."""

from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe
from django_tables2 import RequestConfig

from directory.rules import is_administrator
from mediation.accounts.actor import Actor
from mediation.channels.kiosk import services
from mediation.channels.kiosk.forms import DeviceForm, NameForm
from mediation.channels.kiosk.tables import DeviceTable
from mediation.channels.models import KioskDevice
from mediation.kernel.access import open_to


@open_to(is_administrator)
@require_safe
def device_list(request: HttpRequest) -> HttpResponse:
    """Every kiosk that the user looks after."""
    devices = KioskDevice.objects.administered_by(request.user).select_related("site").order_by("site__name", "name")
    table = RequestConfig(request, paginate={"per_page": 25}).configure(DeviceTable(devices))
    actions = [{"label": _("Ajouter une borne"), "url": reverse("kiosk:device_add"), "icon_name": "plus"}]
    return render(request, "kiosk/devices.html", {"table": table, "actions": actions})


@open_to(is_administrator)
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def add(request: HttpRequest) -> HttpResponse:
    """Add a kiosk to a place."""
    form = DeviceForm(request.POST or None, user=request.user)
    if request.method == "POST" and form.is_valid():
        device, code = services.add_device(by=Actor.at_desk(request.user), **form.cleaned_data)
        return _show_code(request, device, code)
    context = {"form": form, "title": _("Ajouter une borne"), "submit_label": _("Donner le code")}
    return render(request, "kiosk/device_form.html", context)


@open_to(is_administrator)
@never_cache
@require_POST
def new_code(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Give a code to a kiosk that lost its cookie, or that is replaced by another."""
    device = _device(request, uid)
    try:
        code = services.issue_code(device=device, by=Actor.at_desk(request.user))
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
        return redirect("kiosk:devices")
    return _show_code(request, device, code)


@open_to(is_administrator)
@require_http_methods(["GET", "HEAD", "POST"])
def rename(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Call it by another name."""
    device = _device(request, uid)
    form = NameForm(request.POST or None, instance=device)
    if request.method == "POST" and form.is_valid():
        services.rename_device(device=device, name=form.cleaned_data["name"], by=Actor.at_desk(request.user))
        messages.success(request, _("Le nom est enregistré."))
        return redirect("kiosk:devices")
    context = {"form": form, "title": _("Renommer la borne"), "submit_label": _("Enregistrer")}
    return render(request, "kiosk/device_form.html", context)


@open_to(is_administrator)
@require_http_methods(["GET", "HEAD", "POST"])
def revoke(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Take it out of service, after having asked."""
    device = _device(request, uid)
    if request.method != "POST":
        return render(request, "kiosk/device_revoke.html", {"device": device})
    services.revoke_device(device=device, by=Actor.at_desk(request.user))
    messages.success(request, _("%(device)s est retirée du service.") % {"device": device.name})
    return redirect("kiosk:devices")


def _device(request: HttpRequest, uid: UUID) -> KioskDevice:
    return get_object_or_404(KioskDevice.objects.active().administered_by(request.user).select_related("site"), uid=uid)


def _show_code(request: HttpRequest, device: KioskDevice, code: str) -> HttpResponse:
    """Show the code once: only its hash is kept."""
    address = request.build_absolute_uri(reverse("kiosk:pair"))
    return render(request, "kiosk/device_code.html", {"device": device, "code": code, "address": address})
