"""Give an agenda an address, take it back, know it again."""

import datetime as dt
import hashlib
import secrets

from django.db import transaction
from django.utils import timezone

from directory.models import Mediator
from mediation.accounts.actor import Actor
from mediation.calendars.models import Feed
from mediation.privacy.models import JournalEntry
from mediation.privacy.services import record
from sites.models import Site

SECRET_BYTES = 32
# Telephones ask again and again; to know whether an address is still in use the quarter of an hour is enough.
READ_NOTED_EVERY = dt.timedelta(minutes=15)


@transaction.atomic
def create_feed(*, subject: Mediator | Site, by: Actor) -> tuple[Feed, str]:
    """Give the agenda of a mediator or a place an address; return it with its secret, which nobody can find again."""
    token = secrets.token_urlsafe(SECRET_BYTES)
    feed = Feed(token_hash=_hash(token), created_by=by.user)
    if isinstance(subject, Mediator):
        feed.mediator = subject
    else:
        feed.site = subject
    feed.full_clean()
    feed.save()
    record(action=JournalEntry.Action.CREATE, subject=feed, by=by)
    return feed, token


@transaction.atomic
def revoke_feed(*, feed: Feed, by: Actor) -> None:
    """Take an address back: it answers nothing any more."""
    Feed.objects.filter(pk=feed.pk, revoked_at__isnull=True).update(revoked_at=timezone.now())
    record(action=JournalEntry.Action.CHANGE, subject=feed, by=by)


def feed_of_token(token: str) -> Feed | None:
    """Return the feed at an address, and note now and then that it was read.

    Whoever left, or lost the role by which they made it, reads nothing any more.
    """
    feed = Feed.objects.active().for_pages().filter(token_hash=_hash(token)).first()
    if feed is None or feed.created_by is None or not feed.created_by.is_active:
        return None
    if not Feed.objects.managed_by(feed.created_by).filter(pk=feed.pk).exists():
        return None
    now = timezone.now()
    if feed.last_read_at is None or now - feed.last_read_at > READ_NOTED_EVERY:
        Feed.objects.filter(pk=feed.pk).update(last_read_at=now)
    return feed


def _hash(token: str) -> str:
    # Long and random: no slow hash is needed.
    return hashlib.sha256(token.encode()).hexdigest()
