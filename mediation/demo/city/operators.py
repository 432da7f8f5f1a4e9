"""What operators, people and the post made of messages, and what people answered."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass, field
from decimal import Decimal

from directory.models import Organisation
from helpdesk.models import Attendee
from mediation.demo.city.dice import Dice
from mediation.messaging.enums import AttemptState, Meaning, Medium, Trouble
from mediation.messaging.models import Attempt, Message, Reply
from mediation.messaging.services import follow_failure

STATE = AttemptState
# An operator that exists for the demonstration only: the worker gives up what it cannot ask it about.
OPERATOR = "demonstration"
PRICES = {Medium.SMS: Decimal("0.0450"), Medium.VOICE: Decimal("0.0600")}
ENDS = {
    Medium.SMS: {STATE.DELIVERED: 94, STATE.UNDELIVERED: 3, STATE.FAILED: 2, STATE.UNKNOWN: 1},
    Medium.VOICE: {STATE.DELIVERED: 82, STATE.UNDELIVERED: 18},
    Medium.EMAIL: {STATE.SENT: 97, STATE.FAILED: 3},
    Medium.CALL_LIST: {STATE.DELIVERED: 90, STATE.UNDELIVERED: 10},
}
TROUBLES = {
    (Medium.SMS, STATE.UNDELIVERED): (Trouble.OUT_OF_REACH, "30003 Unreachable destination handset"),
    (Medium.SMS, STATE.FAILED): (Trouble.NOT_MOBILE, "30006 Landline or unreachable carrier"),
    (Medium.VOICE, STATE.UNDELIVERED): (Trouble.NO_ANSWER, "no-answer"),
    (Medium.EMAIL, STATE.FAILED): (Trouble.WRONG_ADDRESS, "550 5.1.1 mailbox unavailable"),
}
TIMED = ["claimed_at", "sending_at", "accepted_at", "sent_at", "ended_at"]
COLUMNS = [*TIMED, "state", "state_at", "gateway", "parts", "cost", "trouble", "problem"]
CONFIRMED = "A confirmé sa venue."
# What people write, what was understood, and whether an agent has to read it.
REPLIES = (
    *(("1", Meaning.YES, CONFIRMED, False), ("Oui merci", Meaning.YES, CONFIRMED, False)) * 4,
    ("J’aurai un quart d’heure de retard", Meaning.OTHER, "", True),
    ("C’est à quel étage ?", Meaning.OTHER, "", True),
    ("Est-ce que ma fille peut venir avec moi ?", Meaning.OTHER, "", True),
)


@dataclass
class Carrying:
    """Ends attempts as operators would have, and remembers what failed."""

    dice: Dice
    now: dt.datetime
    failed: list[Attempt] = field(default_factory=list)
    delivered: list[Attempt] = field(default_factory=list)

    def carry(self, attempts: Iterable[Attempt]) -> None:
        """End these attempts, each at its hour."""
        rows = list(attempts)
        for row in rows:
            self._end(row)
        Attempt.objects.bulk_update(rows, COLUMNS, batch_size=200)

    def write_failures(self) -> None:
        """Let what follows a failure follow it, where the appointment is still ahead: another way, or a call."""
        for attempt in self.failed:
            follow_failure(attempt=attempt)

    def write_replies(self, organisation: Organisation) -> None:
        """Let some people answer the last messages of an organisation; a few words need somebody."""
        open_to_answers = [one for one in self.delivered if one.message.asks and one.message.useless_after > self.now]
        asked = [one for one in open_to_answers if one.message.organisation_id == organisation.pk]
        asked.sort(key=lambda one: (one.state_at, one.pk))
        for number, (attempt, said) in enumerate(zip(asked[-len(REPLIES) * 3 :: 3], REPLIES, strict=False)):
            self._reply(number, attempt, *said)

    def _end(self, attempt: Attempt) -> None:
        medium, at = Medium(attempt.medium), min(attempt.message.due_at, self.now)
        attempt.state = state = self.dice.pick(ENDS[medium])
        if medium != Medium.CALL_LIST:
            attempt.gateway = OPERATOR
            attempt.claimed_at = at
            attempt.sending_at = at + dt.timedelta(seconds=1)
        if state in {STATE.DELIVERED, STATE.UNDELIVERED, STATE.SENT} and medium in PRICES:
            attempt.accepted_at = at + dt.timedelta(seconds=2)
            attempt.parts = 1 if medium == Medium.SMS else 0
            attempt.cost = PRICES[medium]
        attempt.state_at = min(at + dt.timedelta(seconds=self.dice.randint(3, 90)), self.now)
        if state == STATE.SENT:
            attempt.sent_at = attempt.state_at
        elif state != STATE.UNKNOWN:
            attempt.ended_at = attempt.state_at
        attempt.trouble, attempt.problem = TROUBLES.get((medium, state), ("", ""))
        if attempt.trouble and attempt.message.useless_after > self.now:
            self.failed.append(attempt)
        if state == STATE.DELIVERED and medium == Medium.SMS:
            self.delivered.append(attempt)

    def _reply(self, number: int, attempt: Attempt, body: str, meaning: Meaning, outcome: str, is_for_us: bool) -> None:
        message = attempt.message
        at = min(attempt.state_at + dt.timedelta(minutes=self.dice.randint(2, 50)), self.now)
        Reply.objects.create(
            uid=self.dice.uid(),
            gateway=OPERATOR,
            provider_id=f"demo-{number}",
            sender=message.recipient,
            body=body,
            received_at=at,
            meaning=meaning,
            message=message,
            organisation_id=message.organisation_id,
            outcome=outcome,
            needs_somebody=is_for_us,
        )
        if meaning == Meaning.YES:
            Message.objects.filter(pk=message.pk).update(closed_at=at)
            name, _colon, uid = message.occasion.partition(":")
            expected = Attendee.objects.filter(appointment__uid=uid, beneficiary=message.beneficiary_id)
            if name == "appointment":
                expected.update(confirmed_at=at)
