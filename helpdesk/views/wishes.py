"""People who would come earlier: who waits, what is offered to them, what they answer on the telephone."""

import uuid

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from directory import rules as people_rules
from helpdesk import selectors, services
from helpdesk.models import Appointment, EarlierOffer, EarlierWish
from helpdesk.views.shared import come_back, say_refusal
from mediation.accounts.actor import Actor
from mediation.kernel.access import open_to


@require_safe
@open_to(people_rules.helps_people)
def wish_list(request: HttpRequest) -> HttpResponse:
    """List who waits for something earlier; what is offered now comes first."""
    return render(request, "helpdesk/wishes.html", {"lines": selectors.wish_lines(request.user)})


@require_POST
@open_to(people_rules.helps_people)
def wish(request: HttpRequest, uid: uuid.UUID) -> HttpResponse:
    """Note that the people would come earlier."""
    appointment = get_object_or_404(Appointment.objects.visible_to(request.user), uid=uid)
    try:
        services.wish_earlier(
            appointment=appointment, by=Actor.at_desk(request.user), anywhere=request.POST.get("anywhere") == "on"
        )
        messages.success(request, _("C’est noté : dès qu’un horaire plus tôt se libère, il leur est proposé."))
    except ValidationError as error:
        say_refusal(request, error)
    return come_back(request, appointment)


@require_POST
@open_to(people_rules.helps_people)
def withdraw(request: HttpRequest, uid: uuid.UUID) -> HttpResponse:
    """Look for nothing earlier any more."""
    found = EarlierWish.objects.visible_to(request.user).select_related("appointment")
    current = get_object_or_404(found, uid=uid)
    services.withdraw_wish(wish=current, by=Actor.at_desk(request.user))
    messages.success(request, _("On ne cherche plus d’horaire plus tôt. Le rendez-vous ne change pas."))
    return come_back(request, current.appointment)


@require_POST
@open_to(people_rules.helps_people)
def answer(request: HttpRequest, uid: uuid.UUID) -> HttpResponse:
    """Write down what somebody answers: they take the earlier time, or keep the one they have."""
    offer = get_object_or_404(
        EarlierOffer.objects.visible_to(request.user).select_related("wish__appointment"), uid=uid
    )
    accepted = request.POST.get("answer") == "yes"
    try:
        services.answer_offer(offer=offer, accepted=accepted, by=Actor.at_desk(request.user))
        text = (
            _("Rendez-vous avancé. Le nouvel horaire est envoyé.") if accepted else _("Le rendez-vous ne change pas.")
        )
        messages.success(request, text)
    except ValidationError as error:
        say_refusal(request, error)
    return come_back(request, offer.wish.appointment)
