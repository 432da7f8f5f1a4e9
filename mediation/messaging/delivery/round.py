"""One pass over what is due: a thread that owns the database, and senders that only speak to gateways."""

import logging
import os
import secrets
import socket
import time
from collections import Counter, deque
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from dataclasses import dataclass
from functools import cached_property
from queue import Empty, SimpleQueue
from typing import Any

from django.conf import settings
from django.utils import timezone

from mediation.messaging import gateways
from mediation.messaging.delivery import claiming, ending, reconciling
from mediation.messaging.delivery.breaker import Breaker
from mediation.messaging.delivery.pace import Pace
from mediation.messaging.delivery.sifting import sift
from mediation.messaging.enums import BY_PEOPLE, Medium, MessageKind, Trouble
from mediation.messaging.gateways import Down, Gateway, Outgoing, Receipt, Refused
from mediation.messaging.models import Attempt
from mediation.messaging.wording import subject

logger = logging.getLogger(__name__)

BATCH = 50
MEDIA = [medium for medium in Medium.values if medium not in BY_PEOPLE]
# Answers that come within this time are written together; it is also how soon a stop is noticed.
GATHER_SECONDS = 0.03
# While the last calls are under way there is time to look for more, not at every turn.
LOOK_SECONDS = 0.5


@dataclass(frozen=True)
class Call:
    """A call under way: ``outcome`` is what the gateway answered, or the exception it raised."""

    attempt: Attempt
    gateway: Gateway
    is_question: bool = False
    outcome: Any = None


def deliver_due(*, should_stop: Callable[[], bool] = lambda: False) -> int:
    """Send everything that is due; return how many attempts were made.

    Asked to stop, it finishes the calls under way and gives the rest back.
    """
    return Round(should_stop).run()


class Round:
    """``ready`` was claimed and may leave, ``flying`` are calls under way by their attempt."""

    pace: Pace | None = None  # what this process has sent counts from one round to the next

    def __init__(self, should_stop: Callable[[], bool]) -> None:
        self.should_stop = should_stop
        self.worker = f"{socket.gethostname()[:50]}-{os.getpid()}-{secrets.token_hex(4)}"
        self.breaker = Breaker()
        self.ready: deque[Attempt] = deque()
        self.flying: dict[int, Gateway] = {}
        self.landed: SimpleQueue[Call] = SimpleQueue()
        self.made, self.look_at, self.may_find_more = 0, 0.0, False
        Round.pace = Round.pace or Pace()

    def run(self) -> int:
        """Go on until nothing is due, nothing may be called, or somebody asks to stop."""
        try:
            while True:
                if self.should_stop():
                    self.give_back()
                else:
                    self.refill()
                    self.launch()
                if not (self.flying or self.ready or self.may_find_more):
                    return self.made
                self.settle()
        finally:
            # After an error: what was claimed is free at once, what was being sent is looked for later.
            with ExitStack() as stack:
                stack.callback(self.give_back)
                if "senders" in self.__dict__:
                    stack.callback(self.senders.shutdown)

    @cached_property
    def senders(self) -> ThreadPoolExecutor:
        """The threads that speak to gateways, started when there is something to say."""
        return ThreadPoolExecutor(settings.SENDERS_PER_WORKER, thread_name_prefix="sender")

    @property
    def room(self) -> int:
        """How many calls may start."""
        return settings.SENDERS_PER_WORKER - len(self.flying)

    def refill(self) -> None:
        """Claim the next batch, while the one before is still leaving."""
        is_idle = not self.flying and not self.ready
        if len(self.ready) >= settings.SENDERS_PER_WORKER or not (
            self.room and (is_idle or time.monotonic() >= self.look_at)
        ):
            return
        self.breaker.read()
        for attempt in claiming.claim_unknown(worker=self.worker, limit=self.room):
            self.ask(attempt)
        open_media = [medium for medium in MEDIA if self.choose(medium)]
        batch = claiming.claim(worker=self.worker, media=open_media, limit=BATCH) if open_media else []
        self.ready.extend(sift(worker=self.worker, batch=batch))
        # Of a batch nothing may be left, or what is to leave by another way.
        self.may_find_more = bool(batch)
        self.look_at = time.monotonic() + (0 if len(batch) == BATCH else LOOK_SECONDS)

    def give_back(self) -> None:
        """Let other workers take what was claimed."""
        claiming.give_back(worker=self.worker, attempts=self.ready)
        self.ready.clear()
        self.may_find_more = False

    def launch(self) -> None:
        """Send as many as there are senders and the pace allows; give back what no gateway takes now."""
        groups: dict[str, tuple[Gateway, list[Attempt]]] = {}
        stranded = []
        for _number in range(min(self.room, self.pace.room(), len(self.ready))):
            attempt = self.ready.popleft()
            planned = Counter({name: len(attempts) for name, (_gateway, attempts) in groups.items()})
            gateway = self.choose(attempt.medium, planned)
            if gateway is None or attempt.message.useless_after <= timezone.now():
                stranded.append(attempt)
            else:
                groups.setdefault(gateway.name, (gateway, []))[1].append(attempt)
        claiming.give_back(worker=self.worker, attempts=stranded)
        for gateway, attempts in groups.values():
            for attempt in claiming.start(worker=self.worker, attempts=attempts, gateway=gateway.name):
                self.send(gateway, attempt)

    def choose(self, medium: str, planned: Counter[str] | None = None) -> Gateway | None:
        """Return who carries this medium now."""
        flying = Counter(gateway.name for gateway in self.flying.values())
        return self.breaker.choose(medium, flying + (planned or Counter()))

    def send(self, gateway: Gateway, attempt: Attempt) -> None:
        """Have a sender hand it over."""
        outgoing = _outgoing(attempt)
        self.made += 1
        self.pace.spend(1)
        self._call(Call(attempt, gateway), lambda: gateway.send(outgoing))

    def ask(self, attempt: Attempt) -> None:
        """Have a sender ask the gateway whether it took what nobody knows about."""
        outgoing, moment = _outgoing(attempt), attempt.sending_at
        try:
            gateway = gateways.named(attempt.gateway)
        except LookupError:
            # A gateway that was taken out of the settings since.
            reconciling.unsaid(attempt)
        else:
            self._call(Call(attempt, gateway, is_question=True), lambda: gateway.find(outgoing, moment))

    def settle(self) -> None:
        """Wait for answers, and write down those that came."""
        if not self.flying:
            time.sleep(GATHER_SECONDS)
            return
        calls = _drain(self.landed)
        for call in calls:
            del self.flying[call.attempt.pk]
        self._settle_questions([call for call in calls if call.is_question])
        self._settle_sent([call for call in calls if not call.is_question])

    def _settle_sent(self, calls: Sequence[Call]) -> None:
        taken = [call for call in calls if isinstance(call.outcome, Receipt)]
        ending.accept(self.worker, [(call.attempt, call.outcome) for call in taken])
        for name in {call.gateway.name for call in taken}:
            self.breaker.answered(name)
        lost = [call for call in calls if not isinstance(call.outcome, Receipt | Refused)]
        ending.lose(self.worker, [(call.attempt, call.outcome) for call in lost])
        for call in lost:
            logger.warning("Attempt %s: nobody knows whether it arrived: %s", call.attempt.pk, call.outcome)
            self.breaker.unanswered(call.gateway.name, str(call.outcome))
        for call in calls:
            if isinstance(call.outcome, Refused):
                self._settle_refused(call)

    def _settle_refused(self, call: Call) -> None:
        refusal, name = call.outcome, call.gateway.name
        if isinstance(refusal, Down):
            self.breaker.is_down(name, refusal.problem)
            claiming.take_back(worker=self.worker, attempts=[call.attempt])
            self.ready.appendleft(call.attempt)
        elif refusal.trouble == Trouble.SLOW_DOWN:
            self.pace.slow_down()
            later = self.breaker.slow_down(name, refusal.retry_after)
            claiming.give_back(worker=self.worker, attempts=[call.attempt], not_before=later)
        else:
            # One refusal about the account may be about one country; on end, they are about everybody.
            is_account = refusal.trouble == Trouble.ACCOUNT
            self.breaker.unanswered(name, refusal.problem) if is_account else self.breaker.answered(name)
            ending.refuse(self.worker, call.attempt, refusal)

    def _settle_questions(self, calls: Sequence[Call]) -> None:
        for call in calls:
            if isinstance(call.outcome, Exception):
                reconciling.unsaid(call.attempt)
            elif call.outcome is None:
                reconciling.absent(call.attempt, is_well=self.breaker.may_be_tried(call.gateway.name))
            else:
                reconciling.found(call.attempt, call.outcome)

    def _call(self, call: Call, speak: Callable[[], Any]) -> None:
        self.flying[call.attempt.pk] = call.gateway
        self.senders.submit(_speak, call, speak, self.landed)


def _speak(call: Call, speak: Callable[[], Any], landed: SimpleQueue[Call]) -> None:
    """Call a gateway in a sender's thread; whatever happens is told to the thread that owns the database."""
    try:
        outcome = speak()
    except Exception as error:  # noqa: BLE001
        outcome = error
    landed.put(Call(call.attempt, call.gateway, call.is_question, outcome))


def _drain(landed: SimpleQueue[Call]) -> list[Call]:
    """Return the answers that have come: none, or those of a short while together."""
    try:
        calls = [landed.get(timeout=GATHER_SECONDS)]
    except Empty:
        return []
    time.sleep(GATHER_SECONDS / 2)
    while True:
        try:
            calls.append(landed.get_nowait())
        except Empty:
            return calls


def _outgoing(attempt: Attempt) -> Outgoing:
    message = attempt.message
    return Outgoing(
        reference=f"{message.uid}-{attempt.number}",
        medium=attempt.medium,
        recipient=attempt.said_to,
        subject=subject(MessageKind(message.kind), message.language) if attempt.medium == Medium.EMAIL else "",
        body=attempt.said,
        calendar=message.calendar if attempt.medium == Medium.EMAIL else "",
        language=message.language,
        valid_for=message.useless_after - timezone.now(),
        asks=message.asks,
        names=message.names_said,
    )
