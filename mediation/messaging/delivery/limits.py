"""Which attempts go past a limit: parts of an organisation's month, parts of a day, messages of a number's day."""

import datetime as dt
from collections import Counter
from collections.abc import Sequence

from django.conf import settings
from django.db.models import Count
from django.utils import timezone

from directory.models import Organisation
from mediation.messaging.enums import ANSWERS, TAKEN, Medium, MessageKind
from mediation.messaging.models import Attempt, Reply
from mediation.messaging.schedule import at_local
from mediation.messaging.selectors import parts_sent, parts_today


def over_the_month(attempts: Sequence[Attempt]) -> list[Attempt]:
    """Return the text messages that their organisation cannot pay any more this month.

    Two workers that read the same sum at the same moment may each go past the limit by one batch.
    """
    texts = [attempt for attempt in attempts if attempt.medium == Medium.SMS]
    payers = {attempt.message.organisation_id for attempt in texts}
    limited = Organisation.objects.filter(pk__in=payers, sms_parts_per_month__isnull=False) if payers else []
    left = {one.pk: one.sms_parts_per_month for one in limited}
    if not left:
        return []
    for organisation, parts in parts_sent(left, timezone.localdate()).items():
        left[organisation] -= parts
    over = []
    for attempt in texts:
        payer = attempt.message.organisation_id
        if payer in left and left[payer] < attempt.parts:
            over.append(attempt)
        elif payer in left:
            left[payer] -= attempt.parts
    return over


def over_the_day(attempts: Sequence[Attempt]) -> list[Attempt]:
    """Return the text messages that today's limits hold back: what answers strangers first, then anything.

    That somebody gets no more messages is always said. Workers may go past a limit by a batch, as by the month's.
    """
    texts = [one for one in attempts if one.medium == Medium.SMS and one.message.kind != MessageKind.STOPPED]
    if not texts or not (settings.SMS_PARTS_PER_DAY or settings.SMS_PARTS_TO_STRANGERS_PER_DAY):
        return []
    today, over = parts_today(timezone.now()), []
    left, for_strangers = today.limit - today.parts, today.limit_to_strangers - today.to_strangers
    for attempt in texts:
        answers_stranger = attempt.message.kind in ANSWERS and attempt.message.beneficiary_id is None
        is_too_strange = bool(today.limit_to_strangers) and answers_stranger and for_strangers < attempt.parts
        if is_too_strange or (today.limit and left < attempt.parts):
            over.append(attempt)
            continue
        left -= attempt.parts
        for_strangers -= attempt.parts if answers_stranger else 0
    return over


def too_many_to_one(attempts: Sequence[Attempt]) -> list[Attempt]:
    """Return what a number or an address would get beyond what anybody should in a day.

    Whoever writes to us is answered: each reply earns one message more, up to three times the limit.
    """
    recipients = {attempt.said_to for attempt in attempts}
    said, heard = _said_today(recipients), _heard_today(recipients)
    limit, over = settings.MESSAGES_PER_NUMBER_AND_DAY, []
    for attempt in attempts:
        said[attempt.said_to] += 1
        if said[attempt.said_to] > limit + min(heard[attempt.said_to], 2 * limit):
            over.append(attempt)
    return over


def _heard_today(recipients: set[str]) -> Counter[str]:
    heard = Reply.objects.filter(sender__in=recipients, received_at__gte=_midnight()).order_by()
    return Counter(dict(heard.values_list("sender").annotate(Count("pk"))))


def _midnight() -> dt.datetime:
    return at_local(timezone.localdate(), dt.time.min)


def _said_today(recipients: set[str]) -> Counter[str]:
    taken = Attempt.objects.filter(state__in=TAKEN, sending_at__gte=_midnight()).order_by()
    # Two questions: no index helps one that looks into both tables.
    first_way = taken.filter(recipient="", message__recipient__in=recipients)
    other_ways = taken.filter(recipient__in=recipients - {""})
    said = Counter(dict(first_way.values_list("message__recipient").annotate(Count("pk"))))
    said.update(dict(other_ways.values_list("recipient").annotate(Count("pk"))))
    return said
