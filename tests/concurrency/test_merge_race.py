"""Two agents make the same two files one at the same moment, each keeping the other's duplicate."""

import threading

import pytest
from django.core.exceptions import ValidationError
from django.db import connection

from directory.models import Beneficiary, Merge
from directory.services import link, merge
from mediation.accounts.actor import Actor
from tests.cast import TODAY

pytestmark = [pytest.mark.race, pytest.mark.django_db(transaction=True)]

AGENTS = 8


def test_one_of_two_directions_wins_and_nobody_waits_for_ever(cast):
    other = Beneficiary.objects.create(first_name="Lucette", last_name="Fabre")
    link(beneficiary=other, organisation=cast.mairie, on=TODAY)
    start, outcomes = threading.Barrier(AGENTS), []

    def run(kept: Beneficiary, duplicate: Beneficiary) -> None:
        try:
            connection.ensure_connection()
            start.wait(timeout=30)
            merge(kept=kept, duplicate=duplicate, by=Actor.at_desk(cast.claire))
            outcomes.append("merged")
        except ValidationError as refusal:
            outcomes.append(refusal.code)
        finally:
            connection.close()

    pairs = [(cast.lucette, other), (other, cast.lucette)] * (AGENTS // 2)
    threads = [threading.Thread(target=run, args=pair) for pair in pairs]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=60)
    assert sorted(outcomes) == ["already_merged"] * (AGENTS - 1) + ["merged"]
    assert Merge.objects.count() == 1
    assert Beneficiary.objects.filter(merged_into=None).count() == 2
