"""What somebody has before them: hear it, cancel it, change it. Times and places, never a name."""

from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from helpdesk.models import Appointment
from helpdesk.services import why_not_moved_alone
from mediation.channels.models import Call
from mediation.channels.own import names_of_number
from mediation.channels.voice import limits, sayings
from mediation.channels.voice.acts import accept, cancel, is_all_theirs
from mediation.channels.voice.answers import Go, HangUp, Outcome, Said, ToPerson, Wrong
from mediation.channels.voice.prompts import Prompt, say
from mediation.channels.voice.steps.base import Step
from mediation.channels.voice.steps.times import offer
from mediation.channels.web.holdings import Held, find_held, held_by_name
from mediation.kernel.phones import is_mobile
from mediation.messaging.enums import QuestionKind
from mediation.messaging.wording.texts_long import KEYS
from workshops.enums import RegistrationStatus
from workshops.models import Registration


def own(call: Call) -> Outcome:
    """Go through what this number has; ask for a reference where it is hidden, or has nothing."""
    if not call.caller:
        return Go("reference")
    found = names_of_number(call.caller)
    if not found:
        return Go("reference", (say(Prompt.NOTHING_HELD),))
    return _go_through(call, found, by_number=True)


class Own(Step):
    """One after the other."""

    def ask(self, call: Call) -> tuple[Said, ...]:
        """Say when and where, and what can be done."""
        held, has_more = _current(call), bool(call.memory["held"][1:])
        if held is None:
            return (say(Prompt.NOT_FOUND),)
        count = call.memory.get("count", 1)
        text = ngettext("Vous avez %(count)s rendez-vous.", "Vous avez %(count)s rendez-vous.", count)
        return (
            *((Said(text % {"count": count}),) if count > 1 else ()),
            *((say(Prompt.WORKSHOP),) if held.is_workshop else ()),
            *sayings.held(held),
            *_choices(call, held),
            *((say(Prompt.NEXT_ONE),) if has_more else ()),
        )

    def answer(self, call: Call, keys: str) -> Outcome | None:
        """Cancel, change, or go on to the next one."""
        held = _current(call)
        following = call.memory["held"][1:]
        if held and _is_offered(held) and keys in {"1", "2"}:
            return _accept(call, held) if keys == "1" else Go("cancel")
        if keys == "1":
            return Go("cancel")
        if keys == "2" and held and _movable(call, held):
            call.memory |= {"moving": held.name, "seen": []}
            return offer(call)
        if keys == "3" and following:
            call.memory |= {"held": following, "count": 1}
            return Go("own")
        return None


class Cancel(Step):
    """Sure? One key too many cancels nothing."""

    def ask(self, call: Call) -> tuple[Said, ...]:
        """Say once more what would be cancelled."""
        held = _current(call)
        return (*(sayings.held(held) if held else ()), say(Prompt.SURE_TO_CANCEL))

    def answer(self, call: Call, keys: str) -> Outcome | None:
        """Cancel it, or leave it as it is."""
        held = _current(call)
        if keys == "2":
            return Go("own")
        if keys != "1" or held is None:
            return None
        try:
            cancel(call, held)
        except ValidationError:
            return ToPerson((say(Prompt.NOT_ALONE),))
        done = Prompt.SEAT_CANCELLED if held.is_workshop else Prompt.CANCELLED
        call.memory = {"done": done, "held": [held.name]}
        return Go("done")


class Reference(Step):
    """The number on the card."""

    keys = 8

    def ask(self, call: Call) -> tuple[Said, ...]:
        """Ask for eight keys."""
        return (say(Prompt.ASK_REFERENCE),)

    def answer(self, call: Call, keys: str) -> Outcome | None:
        """Ask for the code next, known or not: one cannot tell which of both was wrong."""
        call.memory["reference"] = keys
        return Go("code", keeps_failures=True)


class Code(Step):
    """The code on the card, or the end of the number that the appointment was made with."""

    keys = 4

    def ask(self, call: Call) -> tuple[Said, ...]:
        """Ask for four keys."""
        return (say(Prompt.ASK_CODE),)

    def answer(self, call: Call, keys: str) -> Outcome | None:
        """Find what both name; what is cancelled or over is not found either."""
        reference = call.memory["reference"]
        failures = limits.failures(call, reference)
        held = None if failures.is_reached() else find_held(reference, keys)
        if held is None or held.is_cancelled or held.ends_at <= timezone.now():
            failures.count()
            return Wrong(say(Prompt.NOT_FOUND), step="reference")
        return _go_through(call, [held.name], by_number=False)


class Done(Step):
    """What was changed, to note down. Whoever has heard enough hangs up."""

    def ask(self, call: Call) -> tuple[Said, ...]:
        """Say what is the case now."""
        held, done = _current(call), Prompt(call.memory["done"])
        return (
            say(done),
            *(sayings.held(held) if held else ()),
            *(_to_keep(call, held) if held and done in {Prompt.BOOKED, Prompt.MOVED} else ()),
            say(Prompt.HEAR_AGAIN),
            say(Prompt.BACK_TO_MENU),
        )

    def answer(self, call: Call, keys: str) -> Outcome | None:
        """Go back to the beginning."""
        return Go("menu") if keys == "1" else None

    def silence(self, call: Call) -> Outcome | None:
        """Say goodbye."""
        return HangUp((say(Prompt.GOODBYE),))


def _go_through(call: Call, names: list[str], *, by_number: bool) -> Outcome:
    call.memory = {"held": names, "count": len(names), "by_number": by_number}
    return Go("own")


def _current(call: Call) -> Held | None:
    return held_by_name(call.memory["held"][0])


def _choices(call: Call, held: Held) -> tuple[Said, ...]:
    """Return what can be done: 1 and 2 take or refuse a seat that is kept, as in the call that offers it."""
    if _is_offered(held):
        return (Said(str(KEYS[QuestionKind.SEAT])),)
    return (
        *((Said(held.waits),) if held.waits else ()),
        say(Prompt.TO_CANCEL),
        *((say(Prompt.TO_MOVE),) if _movable(call, held) else ()),
    )


def _is_offered(held: Held) -> bool:
    return isinstance(held.row, Registration) and held.row.status == RegistrationStatus.OFFERED


def _accept(call: Call, held: Held) -> Outcome:
    try:
        accept(held)
    except ValidationError:
        return ToPerson((say(Prompt.NOT_ALONE),))
    call.memory = {"done": Prompt.BOOKED, "held": [held.name]}
    return Go("done")


def _movable(call: Call, held: Held) -> bool:
    return isinstance(held.row, Appointment) and is_all_theirs(call, held) and not why_not_moved_alone(held.row)


def _to_keep(call: Call, held: Held) -> tuple[Said, ...]:
    """Return the reference; whoever hides their number is reached by nobody, and needs the code as well."""
    reference = Said(_reference_words(held, has_code=not call.caller))
    if not call.caller:
        return (reference,)
    return (reference, say(Prompt.TOLD_BY_SMS if is_mobile(call.caller) else Prompt.TOLD_BY_CALL))


def _reference_words(held: Held, *, has_code: bool) -> str:
    values = {"reference": sayings.in_pairs(held.row.reference), "code": ", ".join(held.row.code)}
    if has_code:
        return _("Notez votre référence : %(reference)s, et votre code : %(code)s.") % values
    return _("Votre référence : %(reference)s.") % values
