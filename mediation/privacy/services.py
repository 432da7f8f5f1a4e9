"""Write the journal of accesses."""

from mediation.accounts.actor import Actor
from mediation.kernel.models import Identified
from mediation.privacy.models import JournalEntry


def record(*, action: JournalEntry.Action, subject: Identified, by: Actor) -> None:
    """Note that ``by`` read or changed ``subject``."""
    JournalEntry.objects.create(
        user_uid=by.user.uid if by.user else None,
        door=by.door,
        action=action,
        subject_kind=subject._meta.model_name,
        subject_uid=subject.uid,
    )
