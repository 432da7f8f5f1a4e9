"""Which time, and is that right: for a new appointment, or for one that moves."""

from django.core.exceptions import ValidationError

from helpdesk.models import Appointment
from helpdesk.selectors import Slot, slot_from_token
from helpdesk.selectors.alternatives import other_times
from helpdesk.services import SlotTaken
from mediation.channels.models import Call
from mediation.channels.voice import limits, sayings
from mediation.channels.voice.acts import book_for, move_to
from mediation.channels.voice.answers import Go, Outcome, Said, ToPerson
from mediation.channels.voice.prompts import Prompt, say
from mediation.channels.voice.selectors import free_times, nearest_first
from mediation.channels.voice.steps.base import Step
from mediation.channels.web.holdings import held_appointment, held_by_name
from mediation.channels.web.selectors import any_need

SAID_AT_ONCE = 2


class Times(Step):
    """A few times to choose from, then others."""

    def ask(self, call: Call) -> tuple[Said, ...]:
        """Say each time and its key."""
        said: list[Said] = []
        for number, token in enumerate(call.memory["choice"], start=1):
            slot = slot_from_token(token)
            said += [*sayings.time_and_place(slot.starts_at, slot.site), say(Prompt.TAKE, key=number)]
        if call.memory["has_more"]:
            said.append(say(Prompt.OTHERS, key=len(call.memory["choice"]) + 1))
        return tuple(said)

    def answer(self, call: Call, keys: str) -> Outcome | None:
        """Keep the time that was chosen in mind, or say others."""
        choice = call.memory["choice"]
        chosen = {str(number): token for number, token in enumerate(choice, start=1)}
        if keys in chosen:
            call.memory["chosen"] = chosen[keys]
            return Go("confirm")
        if call.memory["has_more"] and keys == str(len(choice) + 1):
            return offer(call)
        return None


class Confirm(Step):
    """The time once more, then one key: before it nothing is booked, and nothing moves."""

    def ask(self, call: Call) -> tuple[Said, ...]:
        """Say when and where."""
        slot = slot_from_token(call.memory["chosen"])
        when = sayings.time_and_place(slot.starts_at, slot.site)
        if _moving(call):
            return (say(Prompt.INSTEAD), *when, *map(say, (Prompt.CONFIRM, Prompt.KEEP_OLD, Prompt.OTHER_TIME)))
        return (*when, *map(say, (Prompt.CONFIRM, Prompt.OTHER_TIME)))

    def answer(self, call: Call, keys: str) -> Outcome | None:
        """Take it, say others, or leave all as it was."""
        if keys == "1":
            return _take(call, slot_from_token(call.memory["chosen"]))
        if keys == "2" and _moving(call):
            return Go("own")
        if keys == "3":
            # Where there are no others, those that were said are still to be had.
            return offer(call) if call.memory["has_more"] else Go("times")
        return None


def offer(call: Call) -> Outcome:
    """Say the next two times, for whoever just asked for them: earliest first of all, the nearer of both first."""
    seen = call.memory.setdefault("seen", [])
    slots = _free(call, seen)
    if slots is None:
        return ToPerson((say(Prompt.NOT_ALONE),))
    if not slots:
        return ToPerson((say(Prompt.NO_OTHER_SLOT if seen else Prompt.NO_SLOT),), no_slot=True)
    shown, has_more = slots[:SAID_AT_ONCE], len(slots) > SAID_AT_ONCE
    near = call.memory.get("near")
    return _choose(call, nearest_first(shown, (near[0], near[1])) if near else shown, has_more=has_more)


def _free(call: Call, seen: list[str]) -> list[Slot] | None:
    """Return one time more than is said at once, to know whether there are others; None where nothing can be booked."""
    if appointment := _moving(call):
        return other_times(appointment, limit=SAID_AT_ONCE + 1, besides=seen)
    reason = any_need()
    if reason is None:
        return None
    latitude, longitude = call.memory["near"]
    return free_times(reason, (latitude, longitude), limit=SAID_AT_ONCE + 1, besides=seen)


def _choose(call: Call, slots: list[Slot], *, has_more: bool, said: tuple[Said, ...] = ()) -> Outcome:
    tokens = [slot.token for slot in slots]
    call.memory["choice"], call.memory["has_more"] = tokens, has_more
    call.memory["seen"] = [*call.memory["seen"], *(token for token in tokens if token not in call.memory["seen"])]
    return Go("times", said)


def _take(call: Call, slot: Slot) -> Outcome:
    moving = _moving(call)
    counter = limits.moves(moving.reference) if moving else limits.bookings(call)
    if counter.is_reached():
        return ToPerson((say(Prompt.TOO_MANY if moving is None else Prompt.NOT_ALONE),))
    try:
        appointment = move_to(call, moving, slot) if moving else book_for(call, slot)
    except SlotTaken as taken:
        return _instead(call, taken)
    except ValidationError as refused:
        return ToPerson((say(Prompt.TOO_MANY if refused.code == "too_many" else Prompt.NOT_ALONE),))
    call.memory = {"done": Prompt.MOVED if moving else Prompt.BOOKED, "held": [held_appointment(appointment).name]}
    return Go("done")


def _instead(call: Call, taken: SlotTaken) -> Outcome:
    """Say the next three times, or look anew where nothing follows at that place."""
    if taken.next_slots:
        return _choose(call, taken.next_slots, has_more=True, said=(say(Prompt.SLOT_TAKEN),))
    return ToPerson((say(Prompt.NO_OTHER_SLOT),), no_slot=True)


def _moving(call: Call) -> Appointment | None:
    """Return the appointment that moves, None where a new one is booked."""
    name = call.memory.get("moving")
    held = held_by_name(name) if name else None
    return held.row if held and isinstance(held.row, Appointment) else None
