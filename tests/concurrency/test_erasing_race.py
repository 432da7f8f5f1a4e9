"""A file is erased while somebody books or notes a contact: one of both happens, never half of each."""

import datetime as dt
import os

import pytest

from directory.models import Beneficiary, BeneficiaryLink
from directory.services import erase_old_files, link
from helpdesk.enums import Cause
from helpdesk.models import HelpRequest
from helpdesk.selectors import Need, first_slots
from helpdesk.services import ask_for_help, book
from mediation.accounts.actor import Actor
from tests.cast import TODAY
from tests.concurrency.writers import all_at_once

pytestmark = [pytest.mark.race, pytest.mark.django_db(transaction=True)]

REPEATS = 20 if os.environ.get("FULL") else 3
LONG_AGO = TODAY - dt.timedelta(days=900)


@pytest.mark.parametrize("repeat", range(REPEATS))
def test_whoever_comes_back_that_night_is_kept_or_refused(cast, now, repeat):
    by = Actor.at_desk(cast.claire)
    people = [Beneficiary.objects.create(first_name=f"Personne {number}") for number in range(4)]
    Beneficiary.objects.filter(pk__in=[one.pk for one in people]).update(created_at="2020-01-01T00:00Z")
    for one in people:
        link(beneficiary=one, organisation=cast.mairie, on=LONG_AGO)
    slots = first_slots(Need(reason=cast.admin_help, mediator=cast.amina_mediator), limit=2)
    books = [
        lambda one=one, slot=slot: book(slot=slot, people=[one], by=by)
        for one, slot in zip(people[:2], slots, strict=True)
    ]
    asks = [
        # The first is known here; the other is new to this organisation.
        lambda: ask_for_help(beneficiary=people[2], organisation=cast.mairie, cause=Cause.CALL_BACK, by=by),
        lambda: ask_for_help(beneficiary=people[3], organisation=cast.partner, cause=Cause.CALL_BACK, by=by),
    ]
    outcomes = all_at_once([*books, *asks, erase_old_files])
    assert len(outcomes) == 5
    refused = [one for one in outcomes if isinstance(one, Exception)]
    assert {getattr(one, "code", one) for one in refused} <= {"erased"}
    erased = Beneficiary.objects.filter(erased_at__isnull=False)
    assert erased.count() == len(refused)
    assert not BeneficiaryLink.objects.filter(beneficiary__in=erased).exists()
    assert not erased.filter(attendances__isnull=False).exists()
    assert not HelpRequest.objects.filter(beneficiary__in=erased).exists()
