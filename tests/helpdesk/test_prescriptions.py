"""The list of what one booked elsewhere: what comes first, what can be asked of it, and what stays unsaid."""

import datetime as dt

import pytest
from django.urls import reverse

from directory.models import Beneficiary
from directory.services import link
from helpdesk import services
from helpdesk.models import Appointment, OpeningPeriod
from helpdesk.selectors import Slot
from mediation.accounts.actor import Actor
from mediation.privacy.models import JournalEntry
from sites.models import Site
from tests.cast import TODAY, at

pytestmark = pytest.mark.usefixtures("now")
LIST = reverse("helpdesk:prescriptions")


def at_partner(cast, start: dt.datetime, *people: Beneficiary) -> Appointment:
    slot = Slot(start, start + dt.timedelta(minutes=30), cast.paul_mediator, cast.bellefontaine, cast.admin_help)
    return services.book(slot=slot, people=people or [cast.lucette], by=Actor.at_desk(cast.claire))


@pytest.fixture(autouse=True)
def every_day(cast) -> None:
    """Paul receives every afternoon of the week."""
    for days in (2, 3, 4, 5, 6):
        day = TODAY + dt.timedelta(days=days)
        period = OpeningPeriod.objects.create(
            mediator=cast.paul_mediator,
            site=cast.bellefontaine,
            first_day=day,
            start_time=dt.time(14),
            end_time=dt.time(17),
        )
        period.reasons.set([cast.admin_help])


@pytest.fixture
def followed(cast, now) -> dict[str, Appointment]:
    """One to come, one received, one missed, one past of which nothing is known, one cancelled."""
    by = Actor.at_desk(cast.paul)
    found = {}
    for days, name in enumerate(("seen", "noshow", "past", "coming", "later", "cancelled"), start=1):
        found[name] = at_partner(cast, at(14, days=days))
    services.cancel(appointment=found["cancelled"], by=by, asked_by_person=True)
    now.move_to(at(15, days=3))
    services.mark_seen(attendee=found["seen"].attendees.get(), by=by)
    services.mark_no_show(attendee=found["noshow"].attendees.get(), by=by)
    return found


def listed(client, followed, **asked) -> list[str]:
    """Return the names of the appointments of the list, in its order."""
    page = client.get(LIST, asked).content.decode()
    places = {page.find(str(one.uid)): name for name, one in followed.items()}
    return [name for place, name in sorted(places.items()) if place >= 0]


@pytest.mark.parametrize(
    ("asked", "names"),
    [
        ({}, ["coming", "later"]),
        ({"state": "coming"}, ["coming", "later"]),
        ({"state": "all"}, ["cancelled", "later", "coming", "past", "noshow", "seen"]),
        ({"state": "seen"}, ["seen"]),
        ({"state": "noshow"}, ["noshow"]),
        ({"state": "cancelled"}, ["cancelled"]),
        ({"state": "unknown"}, ["past"]),
        ({"since": "2026-12-03", "until": "2026-12-04"}, ["past", "noshow"]),
        ({"until": "2026-12-02"}, ["seen"]),
        ({"state": "coming", "since": "2026-12-06"}, ["later"]),
        ({"state": "nonsense"}, ["coming", "later"]),
        ({"q": "luc"}, ["cancelled", "later", "coming", "past", "noshow", "seen"]),
        ({"q": "personne de ce nom"}, []),
        ({"sort": "-starts_at"}, ["later", "coming"]),
    ],
)
def test_what_comes_is_first_and_the_rest_is_found(cast, sign_in, followed, asked, names):
    assert listed(sign_in(cast.claire), followed, **asked) == names


def test_a_reference_is_found_whatever_became_of_it(cast, sign_in, followed):
    digits = followed["seen"].reference
    for typed in (digits, f"{digits[:2]} {digits[2:4]} {digits[4:6]} {digits[6:]}"):
        assert listed(sign_in(cast.claire), followed, q=typed) == ["seen"]


def test_a_period_that_runs_backwards_is_said_beside_its_field(cast, sign_in, followed):
    answer = sign_in(cast.claire).get(LIST, {"since": "2026-12-06", "until": "2026-12-01"})
    assert answer.context["filter"].form.errors["until"] == ["Ce jour vient avant le premier."]
    assert "Ce jour vient avant le premier" in answer.content.decode()


def test_places_to_choose_are_those_where_one_booked(cast, sign_in, followed):
    other = Site.objects.create(national_id="tls-x", name="Ailleurs", address="1 rue", postcode="31000")
    page = sign_in(cast.claire).get(LIST).content.decode()
    assert str(cast.bellefontaine.uid) in page
    assert "Ailleurs" not in page
    assert listed(sign_in(cast.claire), followed, site=str(cast.bellefontaine.uid)) == ["coming", "later"]
    assert other.name not in page


def test_a_name_that_is_not_ours_to_read_finds_nothing(cast, sign_in):
    hidden = {"hidden": at_partner(cast, at(14, days=1), cast.hassan)}
    client = sign_in(cast.claire)
    assert listed(client, hidden) == ["hidden"]
    assert listed(client, hidden, q="hassan") == []
    assert "Hassan" not in client.get(LIST, {"export": "csv"}).content.decode("utf-8-sig")


def test_a_file_says_what_the_page_says_and_the_journal_keeps_whose(cast, sign_in, followed):
    answer = sign_in(cast.claire).get(LIST, {"state": "all", "export": "csv"})
    lines = answer.content.decode("utf-8-sig").splitlines()
    assert len(lines) == 1 + len(followed)
    assert "Lucette Fabré" in lines[1]
    assert any("Pas venu" in line and "Centre social Bellefontaine" in line for line in lines)
    assert [entry.subject_uid for entry in JournalEntry.objects.filter(action="export")] == [cast.lucette.uid]


@pytest.mark.parametrize("rows", [1, 20])
def test_the_list_costs_the_same_for_one_row_or_twenty(cast, sign_in, rows, django_assert_num_queries):
    for number in range(rows):
        person = Beneficiary.objects.create(first_name=f"Personne {number}")
        link(beneficiary=person, organisation=cast.mairie, on=TODAY)
        at_partner(cast, at(14, days=1 + number // 6) + dt.timedelta(minutes=30 * (number % 6)), person)
    client = sign_in(cast.claire)
    with django_assert_num_queries(9):
        assert client.get(LIST).content.decode().count("Personne ") == rows


def test_a_long_list_has_pages(cast, sign_in):
    for number in range(26):
        at_partner(cast, at(14, days=1 + number // 6) + dt.timedelta(minutes=30 * (number % 6)))
    client = sign_in(cast.claire)
    assert len(client.get(LIST).context["table"].page.object_list) == 25
    assert len(client.get(LIST, {"page": 2}).context["table"].page.object_list) == 1
