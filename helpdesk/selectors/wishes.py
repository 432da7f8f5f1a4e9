"""Who would come earlier, and what is offered to them."""

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Exists, OuterRef, Q
from django.utils import timezone

from directory.enums import Language, ReceptionNeed
from helpdesk.enums import AttendeeStatus, OfferState
from helpdesk.models import Appointment, Attendee, EarlierOffer, EarlierWish
from helpdesk.selectors.slots import Need, Slot, first_slots
from mediation.messaging.services import way_to_reach

# Twice without an answer: the next ones are asked first.
MOST_UNANSWERED = 2
# Whoever asked first is asked first; far down the list the time is over before they are reached.
MOST_READ = 50
MOST_STARTS = 40
OFFERED = ("offers__site", "offers__hold__engagement__mediator")


def wishes_for(slot: Slot, *, besides: Appointment | None = None) -> list[EarlierWish]:
    """Return the wishes that a freed time suits, in the order in which they were asked.

    The same reason, later than the freed time, at the same place unless any will do; nobody is asked twice about one
    time, nor about two times at once.
    """
    offers = EarlierOffer.objects.filter(wish=OuterRef("pk"))
    asked = offers.filter(Q(state=OfferState.OPEN) | Q(starts_at=slot.starts_at, site=slot.site))
    unanswered = Count("offers", filter=Q(offers__state=OfferState.EXPIRED))
    wishes = (
        EarlierWish.objects.filter(
            Q(anywhere=True) | Q(appointment__site=slot.site),
            ~Exists(asked),
            closed_at=None,
            appointment__reason=slot.reason,
            appointment__engagement__released_at=None,
            appointment__engagement__starts_at__gt=slot.starts_at,
        )
        .exclude(appointment=besides)
        .annotate(unanswered=unanswered)
        .filter(unanswered__lt=MOST_UNANSWERED)
        .select_related("appointment__engagement", "appointment__reason")
        .prefetch_related("appointment__attendees__beneficiary")
        .order_by("asked_at", "pk")[:MOST_READ]
    )
    return [wish for wish in wishes if _suits(wish, slot)]


def freed_slot(freed: Slot) -> Slot | None:
    """Return the first slot that is open again in a freed time; None where the mediator is away or the place shut."""
    day = timezone.localdate(freed.starts_at)
    need = Need(reason=freed.reason, sites=[freed.site.pk], mediator=freed.mediator, first_day=day, last_day=day)
    open_again = (
        slot
        for slot in first_slots(need, limit=MOST_STARTS)
        if slot.starts_at < freed.ends_at and slot.ends_at > freed.starts_at
    )
    return next(open_again, None)


@dataclass(frozen=True)
class WishLine:
    """Somebody who waits for something earlier, and what is offered to them now."""

    wish: EarlierWish
    offer: EarlierOffer | None
    people: list[Attendee]


def wish_lines(user: Any) -> list[WishLine]:
    """Return who waits for something earlier, among the appointments the agent may see; what is offered comes first."""
    rows = (
        EarlierWish.objects.visible_to(user)
        .filter(closed_at=None, appointment__in=Appointment.objects.upcoming())
        .select_related(*(f"appointment__{name}" for name in ("engagement__mediator", "site", "reason")))
        .prefetch_related("appointment__attendees__beneficiary", *OFFERED)
        .order_by("asked_at", "pk")
    )
    lines = [WishLine(one, open_offer(one), list(one.appointment.attendees.all())) for one in rows]
    return sorted(lines, key=lambda line: line.offer is None)


def wish_of(appointment: Appointment) -> EarlierWish | None:
    """Return the open wish of an appointment, with what is offered."""
    wishes = EarlierWish.objects.filter(appointment=appointment, closed_at=None)
    return wishes.prefetch_related(*OFFERED).first()


def open_offer(wish: EarlierWish, at: dt.datetime | None = None) -> EarlierOffer | None:
    """Return what is offered and may still be answered (``wish`` has its offers with it)."""
    now = at or timezone.now()
    return next((one for one in wish.offers.all() if one.state == OfferState.OPEN and one.expires_at > now), None)


def _suits(wish: EarlierWish, slot: Slot) -> bool:
    """Say whether the people can come and be told: the language, the access, the mode, and nothing else then."""
    appointment = wish.appointment
    people = [one.beneficiary for one in appointment.attendees.all() if one.status == AttendeeStatus.UNKNOWN]
    # Each offer keeps a time from others: not for somebody whom nobody reaches.
    if not people or all(way_to_reach(person).refusal for person in people):
        return False
    if appointment.mode not in slot.reason.modes:
        return False
    is_new_mediator = slot.mediator.pk != appointment.engagement.mediator_id
    spoken = {Language.FR, *slot.mediator.languages}
    if is_new_mediator and any(person.received_in not in spoken for person in people):
        return False
    needs_step_free = any(ReceptionNeed.STEP_FREE in person.reception_needs for person in people)
    if needs_step_free and slot.site.pk != appointment.site_id and not slot.site.step_free:
        return False
    return not _are_elsewhere(people, slot, appointment)


def _are_elsewhere(people: list[Any], slot: Slot, appointment: Appointment) -> bool:
    others = Attendee.objects.filter(
        beneficiary__in=people,
        status=AttendeeStatus.UNKNOWN,
        appointment__engagement__released_at=None,
        appointment__engagement__starts_at__lt=slot.ends_at,
        appointment__engagement__ends_at__gt=slot.starts_at,
    )
    return others.exclude(appointment=appointment).exists()
