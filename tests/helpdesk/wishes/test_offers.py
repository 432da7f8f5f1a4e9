"""Earlier times that are offered one after the other."""

import pytest
from django.core.exceptions import ValidationError

from directory.enums import Channel, EngagementKind
from directory.models import Beneficiary, Engagement
from helpdesk import services, tasks
from helpdesk.enums import OfferState
from helpdesk.models import Absence, Appointment, EarlierOffer, EarlierWish, Hold
from helpdesk.selectors import Slot
from helpdesk.services import SlotTaken
from mediation.accounts.actor import Actor
from mediation.messaging.enums import MessageKind
from mediation.messaging.models import Message
from tests.cast import at
from tests.helpdesk.steps import slot_at
from tests.helpdesk.wishes.steps import RESIDENT, book, cancel, is_free, offers

pytestmark = pytest.mark.usefixtures("now")


# --- Offered in order ---------------------------------------------------------------------------------------------


def test_a_freed_time_is_offered_to_the_first_kept_and_said(cast, early, wishes):
    cancel(early)
    offer = EarlierOffer.objects.get()
    assert offer.wish == wishes[0]
    assert offer.expires_at == at(10, days=1)
    assert not is_free(cast, at(9, 30, days=7))
    message = Message.objects.get(kind=MessageKind.EARLIER_OFFERED)
    assert message.beneficiary.first_name == "Ana"
    assert "mar. 8 déc. à 9h30" in message.body
    assert message.useless_after == offer.expires_at
    with pytest.raises(SlotTaken):
        book(cast, at(9, 30, days=7), cast.hassan)


def test_a_time_freed_by_an_agent_who_moves_somebody_is_offered_too(cast, desk, early, wishes):
    services.move(appointment=early, slot=slot_at(cast, at(11, days=7)), by=desk)
    assert offers() == [("Ana", OfferState.OPEN)]


def test_accepting_moves_with_reference_and_history_and_frees_the_time_that_was_left(cast, early, wishes):
    reference = wishes[0].appointment.reference
    cancel(early)
    moved = services.answer_offer(offer=EarlierOffer.objects.get(), accepted=True, by=RESIDENT)
    assert (moved.reference, moved.starts_at) == (reference, at(9, 30, days=7))
    assert moved.changes.get().was_starting_at == at(9, days=14)
    wishes[0].refresh_from_db()
    assert wishes[0].closed_at
    # Bilal comes at 10:00 that other day: the 9:00 that Ana leaves is earlier.
    assert offers() == [("Ana", OfferState.ACCEPTED), ("Bilal", OfferState.OPEN)]
    assert EarlierOffer.objects.latest("pk").starts_at == at(9, days=14)
    assert not Hold.objects.filter(engagement__starts_at=at(9, 30, days=7)).exists()


def test_declined_it_goes_to_the_next_and_then_to_whoever_asks(cast, early, wishes):
    cancel(early)
    for _answer in range(2):
        services.answer_offer(offer=EarlierOffer.objects.get(state=OfferState.OPEN), accepted=False, by=RESIDENT)
    assert offers() == [("Ana", OfferState.DECLINED), ("Bilal", OfferState.DECLINED)]
    assert is_free(cast, at(9, 30, days=7))
    assert wishes[0].appointment.starts_at == at(9, days=14)
    assert EarlierWish.objects.filter(closed_at=None).count() == 2


def test_without_an_answer_it_goes_to_the_next_and_nothing_is_lost(cast, early, wishes, now):
    cancel(early)
    first = EarlierOffer.objects.get()
    now.move_to(first.expires_at)
    tasks.expire_holds()
    assert offers() == [("Ana", OfferState.EXPIRED), ("Bilal", OfferState.OPEN)]
    with pytest.raises(ValidationError, match="n’est plus gardé"):
        services.answer_offer(offer=first, accepted=True, by=RESIDENT)
    ana = Appointment.objects.get(pk=wishes[0].appointment.pk)
    assert (ana.starts_at, ana.is_cancelled) == (at(9, days=14), False)


def test_who_left_two_offers_unanswered_is_passed_by(cast, early, wishes, now):
    cancel(early)
    for _day in range(2):
        EarlierOffer.objects.update(wish=wishes[0], state=OfferState.EXPIRED)
    EarlierOffer.objects.create(
        wish=wishes[0],
        site=cast.empalot,
        reason=cast.admin_help,
        starts_at=at(9),
        expires_at=at(9),
        state=OfferState.EXPIRED,
    )
    Hold.objects.all().delete()
    Engagement.objects.filter(kind=EngagementKind.HOLD).delete()
    cancel(book(cast, at(10, days=7), cast.lucette))
    assert offers()[-1] == ("Bilal", OfferState.OPEN)


def test_nobody_is_offered_two_times_at_once(cast, early, wishes):
    other = book(cast, at(10, days=7), cast.hassan)
    cancel(early)
    cancel(other)
    assert offers() == [("Ana", OfferState.OPEN), ("Bilal", OfferState.OPEN)]


def test_too_near_to_ask_anybody_it_is_free(cast, wishes):
    cancel(book(cast, at(11, 30), cast.lucette))
    assert offers() == []
    assert is_free(cast, at(11, 30))


# --- Whom it suits ------------------------------------------------------------------------------------------------


def _other_reason(cast, wish):
    Appointment.objects.filter(pk=wish.appointment.pk).update(reason=cast.any_need)


def _comes_before(cast, wish):
    Engagement.objects.filter(appointment=wish.appointment).update(starts_at=at(9, days=7), ends_at=at(9, 30, days=7))


def _other_place(cast, wish):
    Appointment.objects.filter(pk=wish.appointment.pk).update(site=cast.bellefontaine)


def _unreachable(cast, wish):
    Beneficiary.objects.filter(attendances__appointment=wish.appointment).update(preferred_channel=Channel.NONE)


def _elsewhere_then(cast, wish):
    services.book(
        slot=Slot(at(9, 30, days=7), at(10, days=7), cast.paul_mediator, cast.bellefontaine, cast.admin_help),
        people=[wish.appointment.attendees.get().beneficiary],
        by=Actor.at_desk(cast.paul),
        override_reason="À sa demande",
    )


@pytest.mark.parametrize("why", [_other_reason, _comes_before, _other_place, _unreachable, _elsewhere_then])
def test_a_wish_that_it_does_not_suit_is_passed_by(cast, early, wishes, why):
    why(cast, wishes[0])
    cancel(early)
    assert offers() == [("Bilal", OfferState.OPEN)]


def test_anywhere_means_another_place_too_if_the_language_is_spoken_there(cast, desk, early, wishes):
    _other_place(cast, wishes[0])
    Engagement.objects.filter(appointment=wishes[0].appointment).update(mediator=cast.paul_mediator)
    services.wish_earlier(appointment=wishes[0].appointment, by=desk, anywhere=True)
    person = wishes[0].appointment.attendees.get().beneficiary
    for language, needs, expected in (("uk", [], "Bilal"), ("ar", ["sign_language"], "Bilal"), ("ar", [], "Ana")):
        Beneficiary.objects.filter(pk=person.pk).update(language=language, reception_needs=needs)
        cancel(early)
        assert offers()[-1] == (expected, OfferState.OPEN)
        EarlierOffer.objects.all().delete()
        Engagement.objects.filter(kind=EngagementKind.HOLD).delete()
        services.reinstate(appointment=early, by=desk)


def test_where_the_mediator_is_away_nothing_is_offered(cast, desk, early, wishes):
    Absence.objects.create(mediator=cast.amina_mediator, starts_at=at(8, days=7), ends_at=at(18, days=7))
    services.cancel(appointment=early, by=desk, asked_by_person=False)
    assert offers() == []


def test_a_time_that_became_impossible_is_not_given(cast, early, wishes):
    cancel(early)
    Absence.objects.create(mediator=cast.amina_mediator, starts_at=at(8, days=7), ends_at=at(18, days=7))
    with pytest.raises(ValidationError, match="n’est plus possible"):
        services.answer_offer(offer=EarlierOffer.objects.get(), accepted=True, by=RESIDENT)
    assert offers() == [("Ana", OfferState.WITHDRAWN)]
    assert Appointment.objects.get(pk=wishes[0].appointment.pk).starts_at == at(9, days=14)


# --- The end of a wish --------------------------------------------------------------------------------------------


def test_whoever_cancels_or_withdraws_passes_the_offer_on(
    cast, desk, early, wishes, django_capture_on_commit_callbacks
):
    cancel(early)
    with django_capture_on_commit_callbacks(execute=True):
        cancel(wishes[0].appointment)
    assert offers() == [("Ana", OfferState.WITHDRAWN), ("Bilal", OfferState.OPEN)]
    with django_capture_on_commit_callbacks(execute=True):
        services.withdraw_wish(wish=wishes[1], by=desk)
    assert is_free(cast, at(9, 30, days=7))
    assert not EarlierWish.objects.filter(closed_at=None).exists()
    assert not Message.objects.filter(kind=MessageKind.EARLIER_OFFERED, voided_at=None).exists()


def test_an_offer_that_is_no_longer_earlier_is_withdrawn(cast, desk, early, wishes, django_capture_on_commit_callbacks):
    cancel(early)
    with django_capture_on_commit_callbacks(execute=True):
        services.move(appointment=wishes[0].appointment, slot=slot_at(cast, at(9, days=7)), by=desk)
    assert offers()[:2] == [("Ana", OfferState.WITHDRAWN), ("Bilal", OfferState.OPEN)]


def test_a_wish_is_asked_once_and_only_of_what_is_to_come(cast, desk, early, now):
    first = services.wish_earlier(appointment=early, by=RESIDENT)
    assert services.wish_earlier(appointment=early, by=desk, anywhere=True) == first
    assert EarlierWish.objects.get().anywhere
    now.move_to(at(9, 40, days=7))
    with pytest.raises(ValidationError, match="a commencé"):
        services.wish_earlier(appointment=early, by=desk)
    now.move_to(at(9))
    cancel(early)
    with pytest.raises(ValidationError, match="déjà annulé"):
        services.wish_earlier(appointment=early, by=desk)
