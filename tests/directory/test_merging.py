"""Two files of one person made one."""

import datetime as dt

import pytest
from django.core.exceptions import ValidationError

from directory.enums import ReceptionNeed
from directory.models import Beneficiary, Merge
from directory.selectors import likely_duplicates, ties
from directory.services import link, merge, undo_merge
from helpdesk.enums import Cause, Outcome
from helpdesk.models import Appointment, HelpRequest
from mediation.accounts.actor import Actor, Door
from mediation.activity.enums import Theme
from mediation.activity.models import Assistance
from mediation.messaging.models import Message
from mediation.privacy.models import JournalEntry
from tests.cast import NOW, TODAY, at
from tests.directory.conftest import booked, helped, states
from workshops.enums import RegistrationStatus
from workshops.models import Registration, Workshop
from workshops.services import open_workshop


@pytest.fixture
def workshop(cast, now, claire) -> Workshop:
    return open_workshop(
        mediator=cast.amina_mediator,
        site=cast.empalot,
        title="Premiers clics",
        starts_at=at(14, days=3),
        ends_at=at(16, days=3),
        capacity=2,
        themes=[Theme.EMAIL],
        by=claire,
    )


def test_everything_that_may_name_a_person_is_known():
    """A new app's rows move too; this list says that the looking works, not what to look for."""
    assert {tie.key for tie in ties()} >= {
        "helpdesk.Attendee.beneficiary",
        "helpdesk.HelpRequest.beneficiary",
        "helpdesk.Ticket.beneficiary",
        "workshops.Registration.beneficiary",
        "activity.Assistance.beneficiary",
        "messaging.Message.beneficiary",
    }


def test_all_of_the_duplicate_goes_to_the_kept_file(cast, claire, lucie):
    link(beneficiary=lucie, organisation=cast.partner, on=TODAY)
    lucie.phone_typed = "06 39 98 00 77"
    lucie.save()
    appointment, activity = booked(cast, lucie), helped(cast, lucie)
    request = HelpRequest.objects.create(
        beneficiary=lucie, organisation=cast.mairie, cause=Cause.CALL_BACK, due_on=TODAY, asked_through=Door.DESK
    )
    merge(kept=cast.lucette, duplicate=lucie, by=claire)
    request.refresh_from_db()
    assert appointment.attendees.get().beneficiary == cast.lucette
    assert activity.assistances.get().beneficiary == cast.lucette
    assert request.beneficiary == cast.lucette
    assert set(Message.objects.values_list("beneficiary", flat=True)) == {cast.lucette.pk}
    assert set(cast.lucette.links.values_list("organisation", flat=True)) == {cast.mairie.pk, cast.partner.pk}


def test_the_kept_file_learns_what_it_did_not_know_and_loses_nothing(cast, claire, lucie):
    merge(kept=cast.lucette, duplicate=lucie, by=claire)
    cast.lucette.refresh_from_db()
    assert (cast.lucette.last_name, cast.lucette.phone) == ("Fabré", "+33639980001")
    assert (cast.lucette.email, cast.lucette.reception_needs) == ("lucette@example.org", [ReceptionNeed.STEP_FREE])
    bond = cast.lucette.links.get()
    assert (bond.since, bond.last_contact_on) == (TODAY - dt.timedelta(days=400), TODAY)


def test_nobody_finds_the_duplicate_any_more(cast, claire, lucie):
    merge(kept=cast.lucette, duplicate=lucie, by=claire)
    found = Beneficiary.objects.visible_to(cast.claire).matching("lucette")
    assert list(found) == [cast.lucette]
    assert likely_duplicates(cast.lucette, cast.claire) == []


def test_nothing_is_added_to_a_file_that_is_no_longer_shown(cast, claire, lucie):
    merge(kept=cast.lucette, duplicate=lucie, by=claire)
    with pytest.raises(ValidationError, match="vient d’être réunie"):
        booked(cast, lucie)
    assert not Appointment.objects.exists()


def test_it_is_journaled_for_both(cast, claire, lucie):
    JournalEntry.objects.all().delete()
    done = merge(kept=cast.lucette, duplicate=lucie, by=claire)
    undo_merge(merge=done, by=claire)
    entries = JournalEntry.objects.filter(action="change", user_uid=cast.claire.uid).values_list("subject_uid")
    assert sorted(entries) == sorted([(cast.lucette.uid,), (lucie.uid,)] * 2)


# --- Agreement --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("here", "there", "after"), [(True, True, True), (True, False, False), (False, True, False)])
def test_an_agreement_covers_only_what_was_agreed_to(cast, claire, lucie, here, there, after):
    cast.lucette.links.update(shares_history=here)
    lucie.links.update(shares_history=there)
    done = merge(kept=cast.lucette, duplicate=lucie, by=claire)
    assert cast.lucette.links.get().shares_history is after
    undo_merge(merge=done, by=claire)
    assert cast.lucette.links.get().shares_history is here


# --- What is refused --------------------------------------------------------------------------------------------------


def refused(code, kept, duplicate, by):
    before = states()
    with pytest.raises(ValidationError) as refusal:
        merge(kept=kept, duplicate=duplicate, by=by)
    assert refusal.value.code == code
    assert states() == before
    assert not Merge.objects.exists()


def test_two_people_of_one_appointment_stay_two(cast, claire, lucie):
    booked(cast, cast.lucette, lucie)
    refused("two_people", cast.lucette, lucie, claire)


def test_two_people_of_one_activity_stay_two(cast, claire, lucie):
    activity = helped(cast, cast.lucette)
    Assistance.objects.create(activity=activity, beneficiary=lucie)
    refused("two_people", cast.lucette, lucie, claire)


@pytest.mark.parametrize("status", [RegistrationStatus.WAITING, RegistrationStatus.CANCELLED])
def test_two_people_of_one_workshop_stay_two_unless_one_had_cancelled(cast, claire, lucie, workshop, status):
    for person, standing in ((cast.lucette, RegistrationStatus.WAITING), (lucie, status)):
        Registration.objects.create(workshop=workshop, beneficiary=person, status=standing, booked_through=Door.DESK)
    if status == RegistrationStatus.WAITING:
        refused("two_people", cast.lucette, lucie, claire)
    else:
        merge(kept=cast.lucette, duplicate=lucie, by=claire)
        assert cast.lucette.registrations.count() == 2


def test_a_file_is_not_merged_into_itself_or_twice(cast, claire, lucie):
    refused("same_file", lucie, lucie, claire)
    merge(kept=cast.lucette, duplicate=lucie, by=claire)
    with pytest.raises(ValidationError, match="déjà réunie"):
        merge(kept=cast.lucette, duplicate=lucie, by=claire)


@pytest.mark.parametrize("who", ["claire", "paul", "sofia", "admin"])
def test_only_who_follows_both_may_merge_them(cast, now, who):
    refused("not_yours", cast.lucette, cast.hassan, Actor.at_desk(getattr(cast, who)))


def test_a_machine_merges_nobody(cast, lucie):
    refused("not_yours", cast.lucette, lucie, Actor(Door.WORKER))


def test_a_closed_request_of_each_about_one_appointment_is_no_reason_to_refuse(cast, claire, lucie):
    appointment = booked(cast, cast.lucette)
    for person in (cast.lucette, lucie):
        HelpRequest.objects.create(
            beneficiary=person,
            organisation=cast.mairie,
            cause=Cause.NO_SHOW,
            due_on=TODAY,
            appointment=appointment,
            asked_through=Door.DESK,
            closed_at=NOW,
            outcome=Outcome.HELPED,
        )
    merge(kept=cast.lucette, duplicate=lucie, by=claire)


# --- Who may be whom --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("first_name", "last_name", "phone", "alike"),
    [
        ("Lucette", "Fabre", "", True),
        ("Fabré", "Lucette", "", True),
        ("", "", "06.39.98.00.01", True),
        ("Lucette", "Martin", "+33639980001", True),
        ("Rémi", "Fabré", "06 39 98 00 01", False),
        ("Lucie", "Fabre", "", False),
    ],
)
def test_a_family_shares_a_number_and_is_not_one_person(cast, first_name, last_name, phone, alike):
    other = Beneficiary.objects.create(first_name=first_name, last_name=last_name, phone_typed=phone)
    link(beneficiary=other, organisation=cast.mairie, on=TODAY)
    assert (likely_duplicates(cast.lucette, cast.claire) == [other]) is alike


@pytest.mark.parametrize(("year", "alike"), [(None, True), (1948, True), (1972, False)])
def test_two_of_one_name_born_in_two_years_are_two(cast, year, alike):
    other = Beneficiary.objects.create(first_name="Lucette", last_name="Fabré", birth_year=year)
    link(beneficiary=other, organisation=cast.mairie, on=TODAY)
    assert (likely_duplicates(cast.lucette, cast.claire) == [other]) is alike


def test_a_partners_file_is_never_offered_as_a_duplicate(cast):
    theirs = Beneficiary.objects.create(first_name="Lucette", last_name="Fabré")
    link(beneficiary=theirs, organisation=cast.partner, on=TODAY)
    assert likely_duplicates(cast.lucette, cast.claire) == []
