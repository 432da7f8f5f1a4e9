"""Write the journal of accesses."""

from collections.abc import Iterable

from mediation.accounts.actor import Actor
from mediation.kernel.models import Identified
from mediation.privacy.models import JournalEntry


def record(*, action: JournalEntry.Action, subject: Identified, by: Actor) -> None:
    """Note that ``by`` read or changed ``subject``."""
    record_many(action=action, subjects=[subject], by=by)


def record_many(*, action: JournalEntry.Action, subjects: Iterable[Identified], by: Actor) -> None:
    """Note that ``by`` read, exported or changed each of ``subjects``: a person asks about themselves, not a list."""
    JournalEntry.objects.bulk_create(
        JournalEntry(
            user_uid=by.user.uid if by.user else None,
            door=by.door,
            action=action,
            subject_kind=subject._meta.model_name,
            subject_uid=subject.uid,
        )
        for subject in subjects
    )
