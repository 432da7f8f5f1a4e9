"""« Je ne sais pas : rappelez-moi »: what for, when, at which number, done. One question per page.

As in booking, what an address holds says nothing of who asks; name and number travel in the body of the last form,
which borrows nobody's rights and so needs no CSRF token and no cookie. One cookie comes with the number to keep.
"""

from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe

from helpdesk.enums import DayPart
from helpdesk.models import HelpRequest, Reason
from mediation.accounts.actor import Actor, Door
from mediation.channels import attempts
from mediation.channels.call_back import ask_to_be_called_back
from mediation.channels.web.access import ASKED, asked_here, forget_visitor
from mediation.channels.web.forms import CallBackAnswersForm, CallBackForm
from mediation.kernel.access import anyone, open_to
from mediation.kernel.views import too_often


@open_to(anyone)
@require_safe
def need(request: HttpRequest) -> HttpResponse:
    """What for? Nobody has to know."""
    reasons = Reason.objects.self_service().filter(is_any_need=False)
    return render(request, "web/call_back/need.html", {"reasons": reasons})


@open_to(anyone)
@require_safe
def when(request: HttpRequest) -> HttpResponse:
    """When may we call?"""
    answers = CallBackAnswersForm(request.GET)
    return render(request, "web/call_back/when.html", {"answers": answers, "parts": DayPart.choices})


@open_to(anyone)
@csrf_exempt
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def who(request: HttpRequest) -> HttpResponse:
    """At which number? Then the request is noted and its number shown."""
    answers = CallBackAnswersForm(request.GET)
    form = CallBackForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        return _ask(request, answers, form)
    return _draw(request, answers, form)


@open_to(anyone)
@never_cache
@require_safe
def done(request: HttpRequest) -> HttpResponse:
    """What to keep: the number of the request and the day; later, what became of it."""
    asked = asked_here(request)
    if asked is None:
        return redirect("web:call_back")
    response = render(request, "web/call_back/done.html", {"asked": asked, "is_new": _has_just_begun(asked)})
    if not asked.is_open:
        # What became of it has been told: nothing more is shown with it.
        ASKED.take_back(response)
    return response


@open_to(anyone)
@never_cache
@require_safe
def leave(request: HttpRequest) -> HttpResponse:
    """Forget it on this device."""
    return forget_visitor(redirect("web:home"))


def _ask(request: HttpRequest, answers: CallBackAnswersForm, form: CallBackForm) -> HttpResponse:
    phone = form.cleaned_data["phone"]
    bookings = attempts.bookings(request, phone=phone)
    if wait := bookings.wait() or attempts.after_decoy(form):
        return too_often(request, wait=wait)
    try:
        asked = ask_to_be_called_back(
            by=Actor(door=Door.WEB),
            at=timezone.now(),
            no_slot=bool(answers.cleaned_data.get("no_slot")),
            reason=answers.reason,
            best_time=answers.best_time,
            **form.what(),
        )
    except ValidationError as error:
        form.add_error(None, error.messages)
        return _draw(request, answers, form)
    bookings.count()
    response = redirect("web:call_back_done")
    ASKED.give(response, asked.uid.hex)
    return response


def _draw(request: HttpRequest, answers: CallBackAnswersForm, form: CallBackForm) -> HttpResponse:
    return render(request, "web/call_back/who.html", {"answers": answers, "form": form})


def _has_just_begun(asked: HelpRequest) -> bool:
    """Say whether nothing has happened yet: no call, no end."""
    return asked.is_open and not asked.calls.all()
