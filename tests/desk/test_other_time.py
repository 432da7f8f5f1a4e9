"""A time that is not offered: what speaks against it is said, why it is taken is kept, nobody is moved for it."""

import datetime as dt

import pytest

from helpdesk.models import Appointment
from helpdesk.selectors import Slot
from helpdesk.services import book
from mediation.accounts.actor import Actor
from tests.cast import TODAY, at


@pytest.fixture
def caller(desk, cast):
    desk.press(q="fabre")
    desk.press("choose", cast.lucette.uid)
    return desk


def ask(caller, cast, hour="15:00", **typed):
    """Ask for Amina at Empalot today."""
    said = {"mediator": cast.amina_mediator.uid, "site": cast.empalot.uid, "day": TODAY.isoformat(), "hour": hour}
    return caller.press("do", "other", **{f"other-{name}": str(value) for name, value in {**said, **typed}.items()})


def token(caller) -> str:
    return caller.html.split('name="override"')[1].split('value="')[1].split('"')[0]


def test_what_speaks_against_it_is_said_and_why_is_kept(caller, cast):
    ask(caller, cast)
    assert "ne reçoit pas pour ce motif à cette heure" in caller.html
    assert 'name="override_reason"' in caller.focus
    caller.press("override", token(caller), override_reason="  ")
    assert 'id="id_override_reason_error"' in caller.html
    assert 'aria-describedby="id_override_reason_error"' in caller.focus
    assert "Dites pourquoi" in caller.html
    assert not Appointment.objects.exists()
    caller.press("override", token(caller), override_reason="Revient de l’hôpital")
    appointment = Appointment.objects.get()
    assert (appointment.starts_at, appointment.override_reason) == (at(15), "Revient de l’hôpital")


def test_it_is_silent_about_what_nobody_asked_for_yet(caller, cast):
    caller.press("do", "slots", **{"other-day": "", "other-hour": ""})
    assert "Un autre horaire" in caller.html
    assert "Ce champ est obligatoire" not in caller.html
    caller.press("do", "slots", **{"other-day": "2026-12-08", "other-hour": "15:15"})
    assert 'value="2026-12-08"' in caller.html
    assert 'value="15:15"' in caller.html
    caller.press("do", "other", **{"other-day": "", "other-hour": ""})
    assert caller.html.count("Ce champ est obligatoire") == 2


def test_what_is_offered_needs_no_reason(caller, cast):
    ask(caller, cast, hour="10:00")
    assert "Rien ne s’y oppose" in caller.html
    caller.press("override", token(caller))
    assert Appointment.objects.get().override_reason == ""


def test_nobody_loses_their_time_for_it(caller, cast):
    slot = Slot(at(10), at(10, 30), cast.amina_mediator, cast.empalot, cast.any_need)
    book(slot=slot, people=[cast.hassan], by=Actor.at_desk(cast.amina))
    ask(caller, cast, hour="10:00")
    assert "Déjà pris à cette heure" in caller.html
    assert 'name="override"' not in caller.html
    caller.press("override", slot.token, override_reason="Urgent")
    assert Appointment.objects.count() == 1


def test_a_slot_of_the_list_keeps_no_reason_typed_beside_it(caller, cast):
    ask(caller, cast)
    caller.press("slot", caller.slots[3], override_reason="Revient de l’hôpital")
    assert Appointment.objects.get().override_reason == ""


def test_a_partners_mediator_is_not_for_us_to_press(caller, cast):
    ask(caller, cast, mediator=cast.paul_mediator.uid, site=cast.bellefontaine.uid)
    assert 'name="override"' not in caller.html


@pytest.mark.parametrize(
    ("days", "hour", "words"),
    [
        (-1, "15:00", "Cet horaire est passé"),
        (91, "15:00", "au plus 90 jours à l’avance"),
        (1, "06:59", "entre 7\xa0h et 21\xa0h"),
        (1, "20:31", "entre 7\xa0h et 21\xa0h"),
        (1, "23:59", "entre 7\xa0h et 21\xa0h"),
    ],
)
def test_what_no_reason_changes_is_said_before_one_is_asked(caller, cast, days, hour, words):
    day = TODAY + dt.timedelta(days=days)
    ask(caller, cast, hour=hour, day=day.isoformat())
    assert words in caller.html
    assert 'name="override_reason"' not in caller.html
    assert 'name="other-day"' in caller.focus


@pytest.mark.parametrize("hour", ["07:00", "20:30"])
def test_early_and_late_are_for_the_agent_to_judge(caller, cast, hour):
    ask(caller, cast, hour=hour, day=(TODAY + dt.timedelta(days=1)).isoformat())
    assert 'name="override_reason"' in caller.focus


@pytest.mark.parametrize(
    "typed", [{"hour": "25:99"}, {"day": ""}, {"day": "0001-01-01"}, {"site": "x"}, {"hour": "\x00"}]
)
def test_what_cannot_be_read_is_said_beside_it(caller, cast, typed):
    answer = ask(caller, cast, **typed)
    assert answer.status_code == 200
    assert 'name="override"' not in caller.html
    assert caller.fields()["person"] == str(cast.lucette.uid)
