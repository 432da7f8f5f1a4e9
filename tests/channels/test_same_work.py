"""Booking takes as long for a number that is known as for one that is not: the database is asked the same."""

import re

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import translation

from directory.models import Beneficiary
from tests.channels.bookings import book_online, slot_of
from tests.channels.strangers import a_workshop

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("now")]

ODETTE = {"first_name": "Odette", "last_name": "Lagarde", "phone": "06 39 98 00 77"}
LUCETTE = {"first_name": "Lucette", "last_name": "Fabré", "phone": "06 39 98 00 01"}
# Nobody on file has that number; somebody has, of another name; it is Lucette herself.
WHO = {"unknown": ODETTE, "number": {**ODETTE, "phone": LUCETTE["phone"]}, "person": LUCETTE}
# Savepoints go with the work that they surround; what the counters of attempts ask depends on who came before.
TABLE = re.compile(r"^(SELECT|INSERT|UPDATE|DELETE).*?(?:FROM|INTO|UPDATE) \"(\w+)\"", re.IGNORECASE)


def work(send) -> list[tuple[str, str]]:
    """Return what was done to which tables."""
    with CaptureQueriesContext(connection) as queries:
        assert send().status_code == 302
    done = [found.groups() for query in queries if (found := TABLE.match(query["sql"]))]
    return sorted(one for one in done if one[1] != "cache")


def booking(cast, who, address=""):
    """Return what books the next free time for somebody."""
    said = {"slot": slot_of(cast).token, **who}
    return lambda: Client().post(address or reverse("web:book_who"), said)


@pytest.fixture(autouse=True)
def warm(cast):
    """What is read once for all was read."""
    book_online(Client(), slot_of(cast, 4), first_name="Marcel", last_name="", phone="06 39 98 00 55")


@pytest.mark.parametrize("who", ["number", "person"])
def test_an_appointment_is_as_much_work_for_whoever_is_known(cast, who):
    new = work(booking(cast, WHO["unknown"]))
    assert work(booking(cast, WHO[who])) == new


@pytest.mark.parametrize("who", ["number", "person"])
def test_so_are_a_seat_and_a_call(cast, who):
    workshop = a_workshop(cast)
    for address in (reverse("web:workshop", args=[workshop.uid]), reverse("web:call_back_who")):
        new = work(lambda address=address: Client().post(address, WHO["unknown"]))
        assert work(lambda address=address: Client().post(address, WHO[who])) == new


def test_in_another_language_it_is_kept_once_besides(cast):
    """The first time only, four statements more: their file says it from now on."""
    with translation.override("uk"):
        address = reverse("web:book_who")
    new = work(booking(cast, WHO["unknown"], address))
    first, again = (work(booking(cast, LUCETTE, address)) for _time in range(2))
    assert len(first) <= len(new) + 4
    assert again == new


def test_a_file_that_was_not_needed_is_not_kept(cast):
    before = Beneficiary.objects.count()
    book_online(Client(), slot_of(cast), **LUCETTE)
    assert Beneficiary.objects.count() == before
