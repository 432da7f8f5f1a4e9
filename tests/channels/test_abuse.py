"""Programs and the curious: limits with a way out by telephone, and answers that tell nobody what is known."""

import re

import pytest
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from directory.models import Beneficiary
from helpdesk.models import Appointment, HelpRequest
from mediation.accounts.actor import Actor
from mediation.channels import attempts
from mediation.channels.kiosk import limits
from mediation.channels.kiosk.services import add_device
from mediation.kernel.limits import Limit
from sites.models import ErrorReport
from tests.cast import Cast
from tests.channels.strangers import (
    FIRST,
    HERE,
    PERSON,
    PHONE,
    PHONE_DIGITS,
    a_workshop,
    booked,
    find,
    slot_of,
    use_up,
    writes,
)
from workshops.models import Registration, Workshop

pytestmark = pytest.mark.usefixtures("now")

ELSEWHERE = "203.0.113.9"


@pytest.fixture
def workshop(cast) -> Workshop:
    return a_workshop(cast)


# --- Limits, each with a way out ------------------------------------------------------------------------------------


def written() -> int:
    return sum(model.objects.count() for model in (Appointment, Registration, HelpRequest, ErrorReport, Beneficiary))


def assert_sent_to_the_telephone(answer, limit: Limit) -> None:
    text = answer.content.decode()
    assert answer.status_code == 429
    assert 0 < int(answer["Retry-After"]) <= limit.seconds
    assert "Appelez-nous pour la suite" in text
    assert 'href="tel:' in text.partition("<main")[2]
    assert "no-store" in answer["Cache-Control"]
    assert not answer.cookies


@pytest.mark.parametrize(
    ("door", "limit"),
    [
        ("appointment", attempts.BOOKINGS_FROM),
        ("workshop", attempts.BOOKINGS_FROM),
        ("call_back", attempts.BOOKINGS_FROM),
        ("error_report", attempts.ERROR_REPORTS_FROM),
    ],
)
def test_an_address_that_sends_again_and_again_is_sent_to_the_telephone(client, cast, workshop, door, limit):
    url, said = writes(cast, workshop)[door]
    use_up(limit)
    before = written()
    assert_sent_to_the_telephone(client.post(url, said), limit)
    # What a visitor says of where they come from changes nothing.
    assert client.post(url, said, headers={"X-Forwarded-For": ELSEWHERE}).status_code == 429
    assert written() == before
    assert client.post(url, said, REMOTE_ADDR=ELSEWHERE).status_code == 302


@pytest.mark.parametrize("door", ["appointment", "workshop", "call_back"])
def test_a_number_is_not_written_to_again_and_again_whoever_asks_and_however_it_is_typed(client, cast, workshop, door):
    url, said = writes(cast, workshop)[door]
    use_up(attempts.BOOKINGS_FOR, f"+33{PHONE_DIGITS}")
    typed = {**said, "phone": f"+33 {PHONE_DIGITS}"}
    assert_sent_to_the_telephone(client.post(url, typed, REMOTE_ADDR=ELSEWHERE), attempts.BOOKINGS_FOR)


@pytest.mark.parametrize("door", ["appointment", "workshop", "call_back", "error_report"])
def test_a_program_that_fills_in_everything_writes_nothing(client, cast, workshop, door):
    url, said = writes(cast, workshop)[door]
    page = client.get(url, {"slot": said["slot"]} if "slot" in said else {}).content.decode()
    assert 'name="website"' in page
    before = written()
    answer = client.post(url, {**said, "website": "https://example.org"})
    assert (answer.status_code, written()) == (429, before)
    assert 'href="tel:' in answer.content.decode().partition("<main")[2]


def searches(cast: Cast) -> list[str]:
    need = f"?need={cast.admin_help.uid}"
    return [
        reverse("web:places"),
        reverse("web:map_places"),
        reverse("web:workshops"),
        reverse("web:demarche", args=[cast.caf.slug]),
        reverse("web:place", args=[cast.empalot.uid]),
        f"{reverse('web:book_place')}{need}",
        f"{reverse('web:book_time')}{need}",
    ]


def test_a_reading_room_searches_all_day_and_a_program_that_copies_everything_does_not(client, cast, now):
    limit = attempts.SEARCHES
    for _time in range(limit.most - len(searches(cast))):
        limit.count(HERE)
    assert {client.get(url).status_code for url in searches(cast)} == {200}
    assert {client.get(url).status_code for url in searches(cast)} == {429}
    assert_sent_to_the_telephone(client.get(searches(cast)[0]), limit)
    said = client.get(reverse("web:map_places"))
    assert (said["Content-Type"], said.json()) == ("application/json", {"wait_seconds": int(said["Retry-After"])})
    assert client.get(searches(cast)[0], REMOTE_ADDR=ELSEWHERE).status_code == 200
    assert client.get(reverse("web:home")).status_code == 200
    now.shift(limit.seconds + 1)
    assert client.get(searches(cast)[0]).status_code == 200


def test_a_window_ends_when_it_was_said_to_end_however_often_one_tries(client, cast, now):
    limit = Limit("test", most=2, seconds=600)
    limit.count(HERE)
    now.shift(500)
    limit.count(HERE)
    assert limit.wait(HERE) == 100
    now.shift(101)
    assert not limit.is_reached(HERE)


def test_a_counter_tells_nobody_whose_number_it_is(db):
    attempts.BOOKINGS_FOR.count(f"+33{PHONE_DIGITS}")
    with connection.cursor() as cursor:
        cursor.execute("SELECT cache_key, value FROM cache")
        assert PHONE_DIGITS not in str(cursor.fetchall())


def test_changing_again_and_again_is_sent_to_the_telephone(client, cast):
    appointment = booked(cast)
    client.post(reverse("web:appointment"), {"reference": appointment.reference, "secret": appointment.code})
    page = client.get(reverse("web:appointment_cancel")).content.decode()
    token = re.search(r'name="token"\s+value="([^"]+)"', page).group(1)
    use_up(attempts.CHANGES_FROM)
    for name, said in (("appointment_cancel", {}), ("appointment_earlier", {"wish": "here"})):
        answer = client.post(reverse(f"web:{name}"), {"token": token, **said})
        assert_sent_to_the_telephone(answer, attempts.CHANGES_FROM)
    assert not Appointment.objects.get().is_cancelled


def test_codes_are_not_tried_out_from_many_addresses_either(client, cast):
    appointment = booked(cast)
    wrong = "0000" if appointment.code != "0000" else "1111"
    for number in range(attempts.PER_SECRET):
        find(client, appointment.reference, wrong, REMOTE_ADDR=f"203.0.113.{number}")
    answer = find(client, appointment.reference, appointment.code, REMOTE_ADDR="203.0.113.99")
    assert answer.status_code == 429
    assert 0 < int(answer["Retry-After"]) <= attempts.WINDOW_SECONDS


def test_a_kiosk_that_is_played_with_shows_the_telephone_too(cast):
    device, code = add_device(site=cast.empalot, name="Borne", by=Actor.at_desk(cast.admin))
    kiosk = Client()
    kiosk.post(reverse("kiosk:pair"), {"code": code})
    use_up(limits.BOOKINGS_AT, str(device.pk))
    use_up(limits.TICKETS_AT, str(device.pk))
    use_up(attempts.CALL_BACKS_AT, str(device.pk))
    sent = {"book": {"slot": slot_of(cast).token, "phone": ""}, "ticket": {}, "ticket_call_back": {"phone": PHONE}}
    for name, said in sent.items():
        answer = kiosk.post(reverse(f"kiosk:{name}"), said)
        assert (answer.status_code, answer["Retry-After"]) == (429, "3600")
        assert "05 36 49 00 00" in answer.content.decode()
    assert not Appointment.objects.exists()


def test_pairing_codes_are_not_guessed(client, cast):
    for _attempt in range(attempts.PER_ADDRESS):
        client.post(reverse("kiosk:pair"), {"code": f"{_attempt:08}"})
    answer = client.post(reverse("kiosk:pair"), {"code": "99999999"})
    assert answer.status_code == 429
    assert int(answer["Retry-After"]) <= attempts.WINDOW_SECONDS


# --- Nothing tells whether a reference or a number is known -----------------------------------------------------------


def shape(queries: CaptureQueriesContext) -> list[str]:
    """Return what the database was asked, without the values."""
    return [re.sub(r"'[^']*'|\bs\d+_x\d+\b|\b\d+\b|\s+", "?", query["sql"]) for query in queries.captured_queries]


def test_whatever_is_wrong_the_answer_is_the_same_and_takes_the_same_steps(client, cast, workshop):
    appointment = booked(cast)
    client.post(reverse("web:workshop", args=[workshop.uid]), PERSON)
    client.post(reverse("web:call_back_who"), {"phone": PHONE})
    client.cookies.clear()
    codes = {row.code for model in (Appointment, Registration, HelpRequest) for row in model.objects.all()}
    wrong = next(code for code in ("9000", "9001", "9002", "9003") if code not in codes)
    references = [
        "00000001",  # nobody's
        appointment.reference,
        Registration.objects.get().reference,
        HelpRequest.objects.get().reference,
    ]
    answers, asked = [], []
    for reference in references:
        cache.clear()
        with CaptureQueriesContext(connection) as queries:
            answers.append(find(client, reference, wrong).content.decode().replace(reference, ""))
        asked.append(shape(queries))
    assert "Nous ne trouvons pas ce rendez-vous" in answers[0]
    assert len(set(answers)) == 1
    assert all(steps == asked[0] for steps in asked)
    assert sum("SELECT" in step and "reference" in step for step in asked[0]) >= 3


def test_booking_does_not_say_that_a_name_and_a_number_are_known(client, cast):
    told = []
    for index in (0, 1):
        client.cookies.clear()
        answer = client.post(reverse("web:book_who"), {"slot": slot_of(cast).token, **PERSON}, follow=True)
        told.append(re.sub(r"[\d\s]+", "", answer.content.decode().partition("<main")[2]))
        assert Beneficiary.objects.filter(first_name=FIRST).count() == 1, index
    assert told[0] == told[1]
