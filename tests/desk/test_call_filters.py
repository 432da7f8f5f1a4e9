"""What narrows the first slots besides the reason: how far from where, until when, and how one is received."""

import datetime as dt
import re
from urllib.parse import parse_qs, urlsplit

import pytest

from helpdesk.enums import Mode
from helpdesk.selectors import Need, first_slots
from tests.cast import TODAY
from tests.desk.robot import ACCUEIL, Desk
from tests.desk.steps import booked

FILTERS = ("near", "within_km", "first_day", "last_day")


@pytest.fixture
def both(cast) -> None:
    """Paul receives at Bellefontaine, nearly 4 km from Empalot, for what Amina receives for."""
    cast.partner_opening.reasons.add(cast.any_need)


def sites(desk) -> set[str]:
    return {slot.split(".")[1] for slot in desk.slots}


def days(desk) -> set[dt.date]:
    return {dt.datetime.fromtimestamp(int(slot.split(".")[3]), tz=dt.UTC).date() for slot in desk.slots}


def beside(desk, name: str) -> str:
    """Return what is said beside a field."""
    field = desk.html[: desk.html.index(f'name="{name}"')].rpartition('<div class="field')[2]
    return field if "field-invalid" in field[:20] else ""


# --- How far ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("kilometres", "found"), [("", 2), ("1", 1), ("2", 1), ("5", 2)])
def test_slots_are_within_so_many_kilometres_of_a_place(desk, cast, both, kilometres, found):
    desk.press("do", "slots", near=f"lieu-{cast.empalot.uid}", within_km=kilometres)
    far = Need(reason=cast.any_need, sites=[cast.bellefontaine])
    assert first_slots(far, limit=1)
    if found == 1:
        assert sites(desk) == {cast.empalot.uid.hex}
    assert "0\xa0km" in desk.html


def test_the_same_place_seen_from_the_other_side(desk, cast, both):
    desk.press("do", "slots", near=f"lieu-{cast.bellefontaine.uid}", within_km="1")
    assert sites(desk) == {cast.bellefontaine.uid.hex}


def test_slots_are_near_a_quartier(desk, cast, both):
    desk.press("do", "slots", near=f"quartier-{cast.empalot_quartier.pk}", within_km="2")
    assert sites(desk) == {cast.empalot.uid.hex}


def test_without_saying_near_what_it_is_the_quartier_of_the_person(desk, cast, both):
    desk.press(q="fabre")
    desk.press("choose", cast.lucette.uid)
    desk.press("do", "slots", within_km="2")
    assert sites(desk) == {cast.empalot.uid.hex}
    assert not beside(desk, "near")


def test_a_distance_from_nowhere_asks_from_where_and_hides_no_slot(desk):
    desk.press("do", "slots", within_km="2")
    assert "choisissez un quartier ou un lieu" in beside(desk, "near")
    assert desk.slots


@pytest.mark.parametrize("near", ["lieu-", "lieu-abc", "quartier-0", "quartier-99999999999999999999", "\x00", "x-1"])
def test_a_point_that_nobody_was_offered_leaves_the_search_wide(desk, near):
    desk.press("do", "slots", near=near, within_km="1")
    assert desk.slots


# --- Until when -------------------------------------------------------------------------------------------------------


def test_slots_stand_between_two_days(desk, cast):
    wanted = TODAY + dt.timedelta(days=7)
    desk.press("do", "slots", first_day=wanted.isoformat(), last_day=wanted.isoformat())
    assert days(desk) == {wanted}


@pytest.mark.parametrize(
    ("first_day", "last_day", "field", "words"),
    [
        ("2026-12-10", "2026-12-09", "last_day", "avant le premier"),
        ("2026-11-30", "", "first_day", "est passé"),
        ("", "2026-11-30", "last_day", "est passé"),
        ("", "0001-01-01", "last_day", "Vérifiez l’année"),
    ],
)
def test_days_that_cannot_be_are_said_beside_the_field_and_hide_no_slot(desk, first_day, last_day, field, words):
    desk.press("do", "slots", first_day=first_day, last_day=last_day)
    assert words in beside(desk, field)
    assert '<details class="desk-more" open>' in desk.html
    assert desk.slots


def test_what_is_rarely_asked_is_folded_until_it_is_in_use(desk, cast):
    assert '<details class="desk-more">' in desk.html
    folded = desk.html[desk.html.index('<details class="desk-more"') :]
    folded = folded[: folded.index("</details>")]
    assert all(f'name="{name}"' in folded for name in FILTERS)
    desk.press("do", "slots", near=f"lieu-{cast.empalot.uid}")
    assert '<details class="desk-more" open>' in desk.html


# --- In the address ---------------------------------------------------------------------------------------------------


def test_filters_live_in_the_address_and_nobody_s_name_does(cast, now, sign_in, both):
    desk = Desk(sign_in(cast.claire), **{"HX-Request": "true"})
    desk.press(q="fabre")
    answer = desk.press("do", "slots", near=f"lieu-{cast.bellefontaine.uid}", within_km="1", last_day="2026-12-20")
    address = answer["HX-Replace-Url"]
    assert parse_qs(urlsplit(address).query) == {
        "motif": [str(cast.any_need.uid)],
        "pres": [f"lieu-{cast.bellefontaine.uid}"],
        "moins": ["1"],
        "au": ["2026-12-20"],
    }
    again = Desk(sign_in(cast.claire))
    again.html = again.client.get(address).content.decode()
    assert sites(again) == {cast.bellefontaine.uid.hex}
    assert again.fields()["last_day"] == "2026-12-20"


def test_the_person_of_the_address_stays_in_it(cast, now, sign_in):
    here = f"http://testserver{ACCUEIL}?personne={cast.lucette.uid}"
    desk = Desk(sign_in(cast.claire), **{"HX-Request": "true", "HX-Current-URL": here})
    desk.press(q="fabre")
    desk.press("choose", cast.lucette.uid)
    assert f"personne={cast.lucette.uid}" in desk.press("do", "slots", step_free="on")["HX-Replace-Url"]
    desk.press("choose", "")
    assert "personne" not in desk.press("do", "slots", step_free="on")["HX-Replace-Url"]


@pytest.mark.parametrize("typed", ["abc", "\x00", "9" * 4000, "2026-02-30"])
@pytest.mark.parametrize(
    "name", ["motif", "lieu", "quartier", "pres", "moins", "du", "au", "langue", "mediateur", "mode"]
)
def test_an_address_that_nobody_made_opens_the_page(cast, now, sign_in, name, typed):
    assert sign_in(cast.claire).get(ACCUEIL, {name: typed}).status_code == 200


# --- How one is received ----------------------------------------------------------------------------------------------


def rows(desk) -> list[str]:
    return re.findall(r'<button class="desk-slot".*?</button>', desk.html, re.DOTALL)


def test_a_slot_says_how_one_is_received_where_it_is_not_plain(desk, cast):
    assert not any("lieu d’accueil" in row for row in rows(desk))
    cast.any_need.modes = [Mode.SITE, Mode.PHONE]
    cast.any_need.save()
    desk.press("do", "slots")
    assert all("Au lieu d’accueil" in row for row in rows(desk))
    desk.press("do", "slots", mode=Mode.PHONE)
    assert all("Par téléphone" in row for row in rows(desk))
    cast.any_need.modes = [Mode.PHONE]
    cast.any_need.save()
    desk.press("do", "slots")
    assert 'name="mode"' not in desk.html
    assert all("Par téléphone" in row for row in rows(desk))


def test_what_is_moved_stays_as_it_was_agreed_and_no_other_way_is_offered(desk, cast):
    cast.any_need.modes = [Mode.SITE, Mode.PHONE]
    cast.any_need.save()
    appointment = booked(cast)
    appointment.mode = Mode.PHONE
    appointment.save()
    desk.press(q="fabre")
    desk.press("choose", cast.lucette.uid)
    desk.press("move", appointment.uid)
    assert 'name="mode"' not in desk.html
    assert all("Par téléphone" in row for row in rows(desk))
    desk.press("slot", desk.slots[5])
    appointment.refresh_from_db()
    assert (appointment.mode, appointment.version) == (Mode.PHONE, 2)
