"""Files are erased once their term is over: the notice of privacy says so to everybody."""

import datetime as dt
import logging

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from directory.models import Beneficiary, BeneficiaryLink, Merge
from directory.selectors import ties
from directory.services import erase_old_files, link, merge, register_beneficiary, update_beneficiary
from directory.services.erasing import months_before
from helpdesk.enums import CallResult, Cause
from helpdesk.models import Appointment, CallAttempt, HelpRequest, Ticket
from helpdesk.services import ask_for_help, close_request, note_call
from helpdesk.services.queue import take_directly
from mediation.accounts.actor import Actor, Door
from mediation.activity.models import Activity
from mediation.kernel.tasks import plan_due_jobs, run_job
from mediation.messaging.models import Attempt, Message, Reply
from mediation.privacy.models import JournalEntry
from mediation.privacy.traces import TRACES
from reports.selectors import coordination_report
from reports.tables import all_tables
from tests.cast import NOW, PARIS, TODAY, at
from tests.directory.conftest import booked, helped
from workshops.models import Registration
from workshops.services import open_workshop, register

# Lucette's last appointment is on 1 December 2026; the Mairie keeps files for 24 months.
OVER = dt.datetime(2029, 2, 1, 4, 20, tzinfo=PARIS)
HERS = ("Lucette", "Fabr", "639980001", "Son fils", "son loyer", "Rappeler", "chez elle", "Merci", "1948")


@pytest.fixture
def seen(cast, now, claire) -> Beneficiary:
    """Lucette, of whom every app knows something, each with a word about her."""
    appointment = booked(cast, cast.lucette, nth=0)
    Appointment.objects.filter(pk=appointment.pk).update(note="Son fils vient aussi")
    activity = helped(cast, cast.lucette)
    Activity.objects.filter(pk=activity.pk).update(notes="Lucette ne paie plus son loyer", place_name="chez elle")
    Activity.objects.filter(pk=activity.pk).update(place_kind="home")
    workshop = open_workshop(
        mediator=cast.amina_mediator,
        site=cast.empalot,
        title="Premiers clics",
        starts_at=at(14, days=3),
        ends_at=at(16, days=3),
        capacity=2,
        themes=["email"],
        by=claire,
    )
    register(workshop=workshop, beneficiary=cast.lucette, by=claire)
    request = ask_for_help(
        beneficiary=cast.lucette, organisation=cast.mairie, cause=Cause.CALL_BACK, note="Rappeler son fils", by=claire
    )
    note_call(request=request, result=CallResult.values[0], note="Son fils a répondu", by=claire)
    request.refresh_from_db()
    if request.closed_at is None:
        close_request(request=request, outcome="helped", by=claire)
    take_directly(site=cast.empalot, mediator=cast.amina_mediator, beneficiary=cast.lucette, by=claire)
    message = Message.objects.filter(beneficiary=cast.lucette).first()
    message.attempts.update(recipient="+33639980001", body="Bonjour Lucette", parts=1, state="delivered", sent_at=NOW)
    Reply.objects.create(
        gateway="sms", provider_id="SM1", sender="+33639980001", body="Merci", received_at=NOW, message=message
    )
    return cast.lucette


def written() -> str:
    """Return every row that names somebody, or is about such a row, as the database has it."""
    models = {tie.model for tie in ties()} | {Beneficiary, BeneficiaryLink, Merge}
    models |= {Appointment, Activity, CallAttempt, HelpRequest, Ticket, Registration, Message, Attempt, Reply}
    return "\n".join(str(row) for model in models for row in model._base_manager.values())


def december(user) -> list:
    """Return the whole report of the month in which Lucette came."""
    report = coordination_report(first_day=dt.date(2026, 12, 1), last_day=dt.date(2026, 12, 31), user=user)
    return [(table.key, [[str(cell) for cell in row.values] for row in table.rows]) for table in all_tables(report)]


def run_the_worker() -> None:
    """Do what the worker does once the hour has come."""
    for path in plan_due_jobs():
        if path.endswith("erase_old_files"):
            run_job.func(path)


def test_every_model_that_may_name_a_person_is_asked_and_emptied():
    """A new app that knows people must name its traces in AppConfig.ready."""
    asked = {path.removesuffix(".services.erasing") for path in TRACES.paths}
    assert {tie.model._meta.app_config.name for tie in ties()} == asked
    assert all(callable(traces.seen_since) and callable(traces.erase) for traces in TRACES)


def test_nothing_of_a_person_is_left_and_the_figures_stay(cast, now, seen, caplog):
    now.move_to(OVER)
    before, texts = december(cast.sofia), Attempt.objects.filter(parts=1).count()
    assert any("1" in row for _key, rows in before for row in rows)
    assert all(word in written() for word in HERS)
    with caplog.at_level(logging.WARNING):
        run_the_worker()
    left = written()
    assert not [word for word in HERS if word in left]
    assert december(cast.sofia) == before
    assert Attempt.objects.filter(parts=1).count() == texts
    seen.refresh_from_db()
    assert seen.erased_at == OVER
    assert str(seen) == "personne effacée"
    assert "file(s)" in caplog.text
    assert "Lucette" not in caplog.text
    entry = JournalEntry.objects.get(action=JournalEntry.Action.DELETE, subject_uid=seen.uid)
    assert (entry.door, entry.user_uid) == (Door.WORKER, None)


def test_the_desk_finds_nobody(cast, now, seen, sign_in):
    now.move_to(OVER)
    page = f"/agent/personnes/{seen.uid}/"
    erase_old_files()
    desk = sign_in(cast.claire)
    assert not Beneficiary.objects.visible_to(cast.claire).filter(pk=seen.pk).exists()
    assert not Beneficiary.objects.followed_by(cast.claire).filter(pk=seen.pk).exists()
    for words in ("lucette", "fabré", "0639980001", "0001"):
        assert not Beneficiary.objects.matching(words).filter(pk=seen.pk).exists()
    assert desk.get(page).status_code == 404
    assert "Lucette" not in desk.get("/agent/messages/", {"q": "lucette"}).content.decode()
    uid = Appointment.objects.get().uid
    shown = desk.get(f"/agent/rendez-vous/{uid}/")
    assert "Lucette" not in shown.content.decode()


def test_it_happens_once(cast, now, seen):
    now.move_to(OVER)
    assert erase_old_files() >= 1
    left = written()
    assert erase_old_files() == 0
    assert written() == left


def test_nobody_is_erased_a_day_too_soon(cast, now):
    now.move_to(dt.datetime(2028, 12, 1, 4, 20, tzinfo=PARIS))
    assert erase_old_files() == 0
    now.move_to(dt.datetime(2028, 12, 2, 4, 20, tzinfo=PARIS))
    assert erase_old_files() == 2


def test_the_longest_term_of_those_who_follow_somebody_counts(cast, now):
    cast.mairie.retention_months = 6
    cast.mairie.save()
    link(beneficiary=cast.lucette, organisation=cast.partner, on=TODAY)
    only_here = Beneficiary.objects.create(first_name="Nadia")
    link(beneficiary=only_here, organisation=cast.mairie, on=TODAY)
    now.move_to(dt.datetime(2027, 7, 1, 4, 20, tzinfo=PARIS))
    assert erase_old_files() == 1
    assert set(Beneficiary.objects.filter(erased_at=None)) == {cast.lucette, cast.hassan}


def test_whoever_is_linked_to_nobody_is_not_kept_for_ever(cast, now):
    BeneficiaryLink.objects.filter(beneficiary=cast.hassan).delete()
    now.move_to(OVER)
    erase_old_files()
    cast.hassan.refresh_from_db()
    assert cast.hassan.erased_at


@pytest.mark.parametrize("what", ["appointment", "request", "activity", "ticket", "reply", "link"])
def test_whoever_has_something_to_come_or_just_came_is_kept(cast, now, claire, seen, what):
    """The day of the last contact may be missed by a door: each trace counts by itself."""
    now.move_to(OVER)
    recent = OVER - dt.timedelta(days=700)
    if what == "appointment":
        engagement = Appointment.objects.get().engagement
        engagement.starts_at, engagement.ends_at = OVER + dt.timedelta(days=2), OVER + dt.timedelta(days=2, hours=1)
        engagement.save()
    elif what == "request":
        HelpRequest.objects.update(closed_at=None, outcome="")
    elif what == "activity":
        Activity.objects.update(day=recent.date())
    elif what == "ticket":
        Ticket.objects.update(taken_at=recent)
    elif what == "reply":
        Reply.objects.update(received_at=recent)
    else:
        link(beneficiary=seen, organisation=cast.mairie, on=recent.date())
    erase_old_files()
    seen.refresh_from_db()
    assert (seen.erased_at, seen.first_name) == (None, "Lucette")


def test_a_duplicate_goes_with_the_file_it_was_made_one_with(cast, now, claire, lucie):
    merge(kept=cast.lucette, duplicate=lucie, by=claire)
    now.move_to(OVER)
    erase_old_files()
    lucie.refresh_from_db()
    assert lucie.erased_at
    assert not Merge.objects.exists()
    assert "lucette@example.org" not in written()


def test_two_files_made_one_are_kept_while_they_may_be_parted(cast, now, claire, lucie):
    now.move_to(OVER)
    merge(kept=cast.lucette, duplicate=lucie, by=claire)
    erase_old_files()
    cast.lucette.refresh_from_db()
    assert cast.lucette.first_name == "Lucette"


def test_nothing_is_written_of_an_erased_file(cast, now, claire):
    was = Beneficiary.objects.get(pk=cast.lucette.pk)
    bond = BeneficiaryLink.objects.get(beneficiary=was)
    now.move_to(OVER)
    erase_old_files()
    with pytest.raises(ValidationError) as refusal:
        link(beneficiary=was, organisation=cast.mairie, on=OVER.date())
    assert refusal.value.code == "erased"
    with pytest.raises(ValidationError, match="effacée"):
        update_beneficiary(beneficiary=Beneficiary.objects.get(pk=was.pk), first_name="Lucette", by=claire)
    with pytest.raises(IntegrityError), transaction.atomic():
        Beneficiary.objects.filter(pk=was.pk).update(email="lucette@example.org")
    assert not BeneficiaryLink.objects.filter(pk=bond.pk).exists()


def test_whoever_comes_back_has_a_new_file(cast, now, seen):
    now.move_to(OVER)
    erase_old_files()
    new = register_beneficiary(
        organisation=cast.mairie, first_name="Lucette", last_name="Fabré", by=Actor.at_desk(cast.claire)
    )
    assert list(Beneficiary.objects.visible_to(cast.claire).matching("lucette")) == [new]


def test_many_files_go_a_few_at_a_time(cast, now, monkeypatch):
    monkeypatch.setattr("directory.services.erasing.AT_ONCE", 3)
    for number in range(8):
        person = Beneficiary.objects.create(first_name=f"Personne {number}")
        link(beneficiary=person, organisation=cast.mairie, on=TODAY)
    link(beneficiary=Beneficiary.objects.get(first_name="Personne 4"), organisation=cast.mairie, on=OVER.date())
    now.move_to(OVER)
    assert erase_old_files() == 9
    assert Beneficiary.objects.get(erased_at=None).first_name == "Personne 4"


@pytest.mark.parametrize(
    ("day", "months", "before"),
    [("2028-12-02", 24, "2026-12-02"), ("2027-03-31", 1, "2027-02-28"), ("2027-01-15", 1, "2026-12-15")],
)
def test_months_go_by_the_calendar(day, months, before):
    assert months_before(dt.date.fromisoformat(day), months) == dt.date.fromisoformat(before)


def test_the_notice_says_what_is_done(cast, client):
    page = client.get("/vos-donnees/")
    assert "Ensuite votre dossier est effacé." in page.content.decode()
    assert "Dossier gardé 24 mois" in page.content.decode()
