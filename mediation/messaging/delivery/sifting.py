"""What of a batch may leave: its occasion stands, its hour is polite, its person is still reached so, all in limits."""

import datetime as dt
from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from mediation.messaging.delivery.claiming import give_back
from mediation.messaging.delivery.limits import over_the_day, over_the_month, too_many_to_one
from mediation.messaging.enums import REMINDERS, AttemptState, Trouble
from mediation.messaging.models import Attempt, Message
from mediation.messaging.occasions import OCCASIONS
from mediation.messaging.schedule import leaves_at
from mediation.messaging.selectors import Way, ways_to_reach
from mediation.messaging.services.failing import by_another_way, call_instead, hold, is_urgent

LIMITS = (
    (too_many_to_one, Trouble.TOO_MANY),
    (over_the_month, Trouble.SPENT),
    (over_the_day, Trouble.DAY_SPENT),
)


def sift(*, worker: str, batch: Sequence[Attempt]) -> list[Attempt]:
    """Return what may leave; close the rest, in words, and open another way where one is better."""
    fallen = _fallen(batch)
    skip(worker, fallen, _("Sans objet : la situation a changé."))
    left = _without(batch, fallen)
    left = _without(left, _put_off(worker, left))
    left = _without(left, _follow_people(worker, left))
    for limit, trouble in LIMITS:
        over = limit(left)
        _stop(worker, over, trouble)
        left = _without(left, over)
    return left


def skip(worker: str, attempts: Collection[Attempt], words: str, trouble: str = "") -> int:
    """Close attempts that this worker claimed and shall not send; return how many nobody had called back."""
    held = Attempt.objects.filter(pk__in=[attempt.pk for attempt in attempts], claimed_by=worker)
    held = held.filter(state=AttemptState.CLAIMED)
    return held.become(AttemptState.SKIPPED, timezone.now(), problem=words, trouble=trouble) if attempts else 0


def _fallen(batch: Sequence[Attempt]) -> list[Attempt]:
    """Return what speaks of a state that is no more, with one question for each kind of occasion."""
    groups: dict[str, list[Attempt]] = defaultdict(list)
    for attempt in batch:
        groups[attempt.message.occasion.partition(":")[0]].append(attempt)
    fallen = []
    for attempts in groups.values():
        occasions = [OCCASIONS.of(attempt.message.occasion) for attempt in attempts]
        answers = occasions[0][0]
        if answers is None:
            continue
        versions = answers.versions({uid for _answers, uid in occasions})
        standing = {attempt: versions.get(uid) for attempt, (_a, uid) in zip(attempts, occasions, strict=True)}
        fallen += _still_older(standing)
    return fallen


def _still_older(standing: Mapping[Attempt, int | None]) -> list[Attempt]:
    """Return those of a version older than the one that stands; what was carried over since the claim is read again."""
    doubtful = [attempt for attempt, version in standing.items() if attempt.message.version != version]
    if not doubtful:
        return []
    messages = Message.objects.filter(pk__in=[attempt.message_id for attempt in doubtful]).order_by()
    now = dict(messages.values_list("pk", "version"))
    return [one for one in doubtful if (version := standing[one]) is None or now.get(one.message_id, 0) < version]


def _put_off(worker: str, batch: Sequence[Attempt]) -> list[Attempt]:
    """Have what is late, and every call, wait for an hour at which people may be disturbed; return what waits."""
    now = timezone.now()
    moments: dict[dt.datetime, list[Attempt]] = defaultdict(list)
    for attempt in batch:
        message = attempt.message
        moments[leaves_at(message.due_at, now, message.useless_after, attempt.medium)].append(attempt)
    moments.pop(now, None)
    for moment, attempts in moments.items():
        give_back(worker=worker, attempts=attempts, not_before=moment)
    return [attempt for attempts in moments.values() for attempt in attempts]


def _follow_people(worker: str, batch: Sequence[Attempt]) -> list[Attempt]:
    """Stop reminders that their people refuse by now; send them to the number or by the way that is right by now.

    The machine's first choice is looked at again; a way that an agent chose, or that a failure led to, is kept.
    """
    reminders = [one for one in batch if one.message.kind in REMINDERS and one.message.beneficiary]
    ways = ways_to_reach(one.message.beneficiary for one in reminders) if reminders else {}
    changed = []
    for attempt in reminders:
        way = ways[attempt.message.beneficiary_id]
        if way.refusal:
            skip(worker, [attempt], way.refusal)
            changed.append(attempt)
        elif attempt.medium == attempt.message.medium and not _is_still(attempt, way):
            changed.append(attempt)
            _send_there(worker, attempt, way)
    return changed


def _is_still(attempt: Attempt, way: Way) -> bool:
    return (attempt.medium, attempt.said_to) == (way.medium, way.recipient)


@transaction.atomic
def _send_there(worker: str, attempt: Attempt, way: Way) -> None:
    hold(attempt.message)
    if skip(worker, [attempt], _("Les coordonnées de la personne ont changé.")):
        by_another_way(message=attempt.message, medium=way.medium)


def _stop(worker: str, over: Collection[Attempt], trouble: Trouble) -> None:
    """Close what passes a limit; what is urgent is said by somebody."""
    for attempt in over:
        with transaction.atomic():
            hold(attempt.message)
            is_ours = skip(worker, [attempt], str(trouble.label), trouble)
            if is_ours and is_urgent(attempt.message, timezone.now()):
                call_instead(message=attempt.message)


def _without(batch: Sequence[Attempt], out: Collection[Attempt]) -> list[Attempt]:
    gone = {attempt.pk for attempt in out}
    return [attempt for attempt in batch if attempt.pk not in gone]
