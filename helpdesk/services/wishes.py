"""People who would come earlier: a freed time is offered to them one after the other, and kept meanwhile.

Without an answer nothing changes for them: the appointment they have stays.
"""

from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from directory.models import Mediator
from helpdesk.enums import OfferState
from helpdesk.models import Appointment, EarlierOffer, EarlierWish, Hold
from helpdesk.selectors import Slot, is_offered
from helpdesk.selectors.wishes import freed_slot, wishes_for
from helpdesk.services import messages
from helpdesk.services.holds import give_up, keep, slot_of_hold
from helpdesk.services.locks import lock_appointment, lock_mediators
from helpdesk.services.refusals import refuse_cancelling, refuse_overlap
from helpdesk.services.steps import Unavailable, change_time, expected, slot_of
from mediation.accounts.actor import Actor
from mediation.kernel.questions import asked_often
from mediation.messaging.schedule import answer_deadline


@transaction.atomic
def wish_earlier(*, appointment: Appointment, by: Actor, anywhere: bool = False) -> EarlierWish:
    """Note that the people of the appointment would come earlier; asked again, only the places change."""
    current = lock_appointment(appointment)
    refuse_cancelling(current)
    if current.engagement.starts_at <= timezone.now():
        raise ValidationError(_("Ce rendez-vous a commencé."), code="past")
    wish = EarlierWish.objects.filter(appointment=current, closed_at=None).first()
    wish = wish or EarlierWish(appointment=current)
    wish.anywhere = anywhere
    wish.save()
    return wish


@transaction.atomic
def withdraw_wish(*, wish: EarlierWish, by: Actor) -> None:
    """Look for nothing earlier any more; what was offered goes to the next who waits."""
    lock_appointment(wish.appointment)
    close_wishes(wish.appointment)


def answer_offer(*, offer: EarlierOffer, accepted: bool, by: Actor) -> Appointment:
    """Move the appointment to the time that was offered, with its reference and history, or offer it to the next.

    Raises ValidationError where the time is not kept any more: the appointment stays as it was.
    """
    if not accepted:
        return _decline(offer)
    try:
        with transaction.atomic():
            return _accept(offer, by)
    except Unavailable:
        _decline(offer, state=OfferState.WITHDRAWN)
        raise ValidationError(
            _("Cet horaire n’est plus possible. Le rendez-vous actuel ne change pas."), code="offer_gone"
        ) from None


def offer_freed(freed: Slot, *, besides: Appointment | None = None) -> EarlierOffer | None:
    """Offer a freed time to the first wish that it suits, keep it meanwhile, and tell the people.

    Its mediator is locked by the caller. Where nobody waits for it, or it is too near, it is free for whoever asks.
    """
    now = timezone.now()
    until = answer_deadline(now, freed.starts_at) if freed.starts_at > now else None
    if until is None or not wishes_for(freed, besides=besides):
        return None
    # A search takes them for free; nothing is written into them before they are.
    end_due_holds(freed.mediator)
    slot = freed_slot(freed)
    if slot is None:
        return None
    # In the order of all who look for somebody to offer to; what others changed meanwhile is read afterwards.
    waiting = [wish.pk for wish in wishes_for(slot, besides=besides)]
    list(EarlierWish.objects.select_for_update().filter(pk__in=waiting).order_by("asked_at", "pk").values_list("pk"))
    wish = next(iter(wishes_for(slot, besides=besides)), None)
    if wish is None:
        return None
    offer = EarlierOffer.objects.create(
        wish=wish,
        hold=keep(slot, until=until),
        site=slot.site,
        reason=slot.reason,
        starts_at=slot.starts_at,
        expires_at=until,
    )
    messages.offer_earlier(offer, slot, expected(wish.appointment))
    return offer


def close_wishes(appointment: Appointment) -> None:
    """The appointment wants nothing earlier any more. It is locked by the caller."""
    now = timezone.now()
    for wish in EarlierWish.objects.select_for_update().filter(appointment=appointment, closed_at=None):
        wish.closed_at = now
        wish.save(update_fields=["closed_at"])
        _withdraw_offers(wish)


def withdraw_useless_offers(appointment: Appointment) -> None:
    """Withdraw what was offered and is not earlier than the time the appointment has now."""
    for wish in EarlierWish.objects.select_for_update().filter(appointment=appointment, closed_at=None):
        _withdraw_offers(wish, not_before=appointment.engagement.starts_at)


def expire_holds() -> int:
    """Give back the times that were kept until now and offer them on; return how many."""
    due = Hold.objects.filter(until__lte=timezone.now()).order_by("engagement__mediator")
    mediators = Mediator.objects.filter(pk__in=due.values("engagement__mediator")).order_by("pk")
    return sum(_expire_of(mediator) for mediator in mediators)


def end_due_holds(*mediators: Mediator) -> int:
    """Give back the times of these mediators that were kept until now; the caller has locked them."""
    due = _due_holds(mediators=[mediator.pk for mediator in mediators], now=timezone.now())
    if not due:
        # Nearly always: every booking asks.
        return 0
    related = ("engagement__mediator__organisation", "cancelled__site", "cancelled__reason", "offer__site")
    rows = Hold.objects.filter(pk__in=due).select_related(*related, "offer__reason", "offer__wish")
    holds = list(rows.order_by("pk"))
    # All are given back before one is offered: what is open again may go across two of them.
    for freed, cancelled in [(_given_up(hold), hold.cancelled) for hold in holds]:
        if freed is not None:
            offer_freed(freed, besides=cancelled)
    return len(holds)


@asked_often
def _due_holds(*, mediators: Any, now: Any) -> QuerySet:
    due = Hold.objects.filter(engagement__mediator__pk__in=mediators, until__lte=now)
    return due.order_by().values_list("pk", flat=True)


@transaction.atomic
def _expire_of(mediator: Mediator) -> int:
    lock_mediators(mediator)
    return end_due_holds(mediator)


def _given_up(hold: Hold) -> Slot | None:
    """Give the time back and return it; an offer that nobody answered is over."""
    offer: EarlierOffer | None = getattr(hold, "offer", None)
    freed = slot_of_hold(hold) if hold.cancelled or offer else None
    if offer is not None and offer.state == OfferState.OPEN:
        _close(offer, OfferState.EXPIRED)
    give_up(hold)
    return freed


def _accept(offer: EarlierOffer, by: Actor) -> Appointment:
    mediator = _mediator_of(offer)
    appointment = Appointment.objects.select_related("engagement__mediator").get(wishes__offers=offer)
    lock_mediators(mediator, appointment.engagement.mediator)
    current = lock_appointment(appointment)
    refuse_cancelling(current)
    held, hold = _still_open(offer)
    slot, was = slot_of_hold(hold), slot_of(current)
    _close(held, OfferState.ACCEPTED)
    give_up(hold)
    if not is_offered(slot, ignoring=current.engagement):
        raise Unavailable
    refuse_overlap([one.beneficiary for one in expected(current)], slot, by, besides=current)
    change_time(current, slot, by, asked_by_person=True)
    close_wishes(current)
    offer_freed(was, besides=current)
    return current


@transaction.atomic
def _decline(offer: EarlierOffer, *, state: OfferState = OfferState.DECLINED) -> Appointment:
    lock_mediators(_mediator_of(offer))
    held, hold = _still_open(offer)
    freed = slot_of_hold(hold)
    _close(held, state)
    give_up(hold)
    offer_freed(freed)
    return held.wish.appointment


def _mediator_of(offer: EarlierOffer) -> Mediator:
    mediator = Mediator.objects.filter(engagements__hold__offer=offer).first()
    if mediator is None:
        raise _no_offer()
    return mediator


def _still_open(offer: EarlierOffer) -> tuple[EarlierOffer, Hold]:
    """Return the offer as it stands, locked, and what keeps its time.

    Raises ValidationError where it was answered or came to its end.
    """
    rows = EarlierOffer.objects.select_for_update(of=("self",))
    related = ("hold__engagement__mediator__organisation", "hold__cancelled", "site", "reason", "wish__appointment")
    current = rows.select_related(*related).get(pk=offer.pk)
    if current.state != OfferState.OPEN or current.hold is None or current.expires_at <= timezone.now():
        raise _no_offer()
    return current, current.hold


def _close(offer: EarlierOffer, state: OfferState) -> None:
    offer.state = state
    offer.save(update_fields=["state"])
    messages.forget_offer(offer)


def _withdraw_offers(wish: EarlierWish, *, not_before: object = None) -> None:
    """Take back what is offered to a locked wish.

    Its time belongs to another mediator, whom this transaction may not lock any more: it is kept until now, and what
    comes next to that mediator gives it back.
    """
    offers = EarlierOffer.objects.filter(wish=wish, state=OfferState.OPEN)
    if not_before is not None:
        offers = offers.filter(starts_at__gte=not_before)
    for offer in offers.select_related("hold"):
        _close(offer, OfferState.WITHDRAWN)
        Hold.objects.filter(offer=offer).update(until=timezone.now())
        transaction.on_commit(expire_holds, robust=True)


def _no_offer() -> ValidationError:
    return ValidationError(_("Cet horaire n’est plus gardé. Le rendez-vous actuel ne change pas."), code="no_offer")
