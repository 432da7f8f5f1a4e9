"""The journal of accesses, and what free text must not hold."""

import pytest
from django.core.exceptions import ValidationError

from mediation.accounts.actor import Actor, Door
from mediation.privacy.models import JournalEntry
from mediation.privacy.services import record, record_many
from mediation.privacy.validators import refuse_nir


def test_an_entry_holds_identifiers_and_no_name(cast):
    record(action=JournalEntry.Action.READ, subject=cast.lucette, by=Actor.at_desk(cast.claire))
    entry = JournalEntry.objects.get()
    assert (entry.user_uid, entry.subject_uid, entry.subject_kind) == (cast.claire.uid, cast.lucette.uid, "beneficiary")
    assert entry.door == Door.DESK
    assert "Lucette" not in str(entry)


def test_a_worker_has_no_account(cast):
    record(action=JournalEntry.Action.DELETE, subject=cast.lucette, by=Actor(Door.WORKER))
    assert JournalEntry.objects.get().user_uid is None


def test_many_subjects_make_one_entry_each_in_one_query(cast, django_assert_num_queries):
    with django_assert_num_queries(1):
        record_many(
            action=JournalEntry.Action.EXPORT, subjects=[cast.lucette, cast.hassan], by=Actor.at_desk(cast.claire)
        )
    assert JournalEntry.objects.count() == 2


@pytest.mark.parametrize(
    "text", ["148053155512345", "1 48 05 31 555 123 45", "n° 2.69.05.2A.588.157", "269052b588157", "sécu:1480531555123"]
)
def test_a_social_security_number_is_refused(text):
    with pytest.raises(ValidationError, match="sécurité sociale"):
        refuse_nir(text)


@pytest.mark.parametrize("text", ["06 39 98 00 01", "Réf. 48 21 07 33", "SIRET 21310555400017", "né en 1948", ""])
def test_other_numbers_pass(text):
    refuse_nir(text)
