"""Two times to choose from by 3 and 4, and what the choice does: book, move, or say which appointment is meant.

Nothing is kept meanwhile: whoever texts is nobody we know, and ten numbers would hold a mediator's day.
"""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import replace
from functools import partial
from typing import Any, cast

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext as _

from helpdesk.models import Appointment
from helpdesk.selectors import Slot, slot_from_token
from helpdesk.selectors.alternatives import needs_to_move
from helpdesk.services import SlotTaken, move, why_not_moved_alone
from mediation.accounts.actor import Actor
from mediation.channels.attempts import BOOKINGS_FOR, MOVES_OF
from mediation.channels.own import give_back_for, held_by_number, of_number
from mediation.channels.services import book_for_resident
from mediation.channels.sms.saying import refuse
from mediation.channels.sms.times import times_near, two_of, two_times
from mediation.channels.web.holdings import Held
from mediation.kernel import formats
from mediation.kernel.limits import Limit
from mediation.messaging import services as messaging
from mediation.messaging.asked import Asker
from mediation.messaging.enums import Meaning, MessageKind, QuestionKind
from mediation.messaging.models import Message
from mediation.messaging.querysets import MessageQuerySet
from mediation.messaging.services.saying import ANSWER_WITHIN
from mediation.messaging.wording import Words
from sites.geography import Point

BOOK, MOVE, CHANGE, CANCEL = "book", "move", "change", "cancel"
# How many of one's own are said again.
TOLD = 4


class Choices:
    """Answers for "asked:<uid>", what the door proposed to a number. Of each wish the last proposal stands."""

    def versions(self, uids: Collection[str]) -> Mapping[str, int]:
        """Return the number of the last proposal of each wish."""
        rows = Message.objects.filter(occasion__in=[f"asked:{uid}" for uid in uids]).order_by()
        last = rows.values("occasion").annotate(last=Max("version")).values_list("occasion", "last")
        return {occasion.partition(":")[2]: version for occasion, version in last}

    def answer(self, *, uid: str, message: Message, meaning: Meaning, by: Actor) -> str:
        """Do what was chosen: 3 is the first, 4 the second. What cannot be is said in one text."""
        asker, index = _asker(message, by), int(meaning == Meaning.SECOND)
        if index >= len(message.options):
            messaging.answer(asker=asker, kind=MessageKind.HELP)
            return _("Cette réponse n’était pas proposée : mode d’emploi envoyé.")
        option = message.options[index]
        try:
            with transaction.atomic():
                outcome = DOES[option["do"]](asker, option)
        except SlotTaken as taken:
            return propose(asker, two_of(taken.next_slots), **_about(option), is_again=True)
        except ValidationError as refusal:
            outcome = refuse(asker, refusal)
        # Refused as well: the same words would not be written twice, and the next key would have no answer.
        _close(message)
        return outcome


CHOICES = Choices()


def propose(
    asker: Asker,
    slots: Sequence[Slot],
    *,
    moves: str = "",
    near: Point | None = None,
    seen: Sequence[str] = (),
    is_again: bool = False,
) -> str:
    """Let a number choose between two times, for a new appointment ``near`` a point or for the one that ``moves``.

    ``is_again`` where the time that was chosen is lost; ``seen`` were said before. What was proposed before is not
    open any more.
    """
    _open_to(asker.number).update(closed_at=timezone.now())
    if not slots:
        messaging.answer(asker=asker, kind=MessageKind.NO_TIME)
        return _("Aucun horaire libre : dit par SMS.")
    kind = MessageKind.OTHER_TIMES if is_again else MessageKind.TIMES
    about = {
        "do": MOVE if moves else BOOK,
        "held": moves,
        "near": near,
        "seen": [*seen, *(slot.token for slot in slots)],
    }
    options = [about | {"slot": slot.token} for slot in slots]
    messaging.answer(
        asker=asker,
        kind=kind if len(slots) > 1 else MessageKind.ONE_TIME,
        words=_words([(slot.starts_at, slot.site.place_in_messages) for slot in slots]),
        question=messaging.Question(QuestionKind.TIMES, tuple(options)),
        useless_after=min(timezone.now() + ANSWER_WITHIN, *(slot.starts_at for slot in slots)),
    )
    times = " ; ".join(formats.moment(slot.starts_at) for slot in slots)
    return _("Horaires proposés : %(times)s.") % {"times": times}


def propose_others(asker: Asker) -> str | None:
    """Propose the next two to a number that still has some to choose from; None to any other.

    Where there are no other times, those that were said are still to be had.
    """
    asked = _open_to(asker.number).filter(asks=QuestionKind.TIMES, useless_after__gt=timezone.now())
    proposed = asked.order_by("pk").last()
    if proposed is None or "seen" not in proposed.options[0]:
        return None
    option = proposed.options[0]
    if "slot" not in option:
        return ask_which(asker, meant(asker.number, option["do"]), option["do"], seen=option["seen"])
    found = _others(asker, option)
    if not found:
        raise ValidationError(_("Il n’y a pas d’autre horaire libre : les précédents restent à prendre."), code="none")
    return propose(asker, found, **_about(option))


def tell_own(asker: Asker, own: Sequence[Held]) -> str:
    """Say when and where a number is expected next, two in a message."""
    told = [(one.starts_at, one.site.place_in_messages) for one in own[:TOLD]]
    for version, first in enumerate(range(0, len(told), 2), start=asker.version):
        words = _words(told[first : first + 2], is_apart=True)
        messaging.answer(asker=replace(asker, version=version), kind=MessageKind.OWN, words=words)
    return _("Prochains rendez-vous redits par SMS.")


def meant(number: str, what: str) -> list[Held]:
    """Return what a number may mean: a seat in a workshop is changed by nobody who has an appointment."""
    own = held_by_number(number)
    return [one for one in own if what == CANCEL or one.is_appointment] or own


def ask_which(asker: Asker, own: Sequence[Held], what: str, *, seen: Collection[str] = ()) -> str:
    """Ask which of several appointments or seats is meant, by its date, two at a time; those not ``seen`` yet first.

    Raises ValidationError where dates do not tell them apart.
    """
    if len(own) < 2 or len({one.starts_at for one in own}) != len(own):
        raise ValidationError(_("Plusieurs rendez-vous sont prévus avec ce numéro : appelez-nous."), code="which")
    shown = sorted(sorted(own, key=lambda one: one.name in seen)[:2], key=lambda one: one.starts_at)
    said = {*seen, *(one.name for one in shown)}
    if said.issuperset(one.name for one in own):
        # All were said: it begins again.
        said = set()
    options = tuple({"do": what, "held": one.name, "seen": sorted(said)} for one in shown)
    _open_to(asker.number).update(closed_at=timezone.now())
    messaging.answer(
        asker=asker,
        kind=MessageKind.WHICH if len(own) == len(shown) else MessageKind.WHICH_MORE,
        words=Words(options=tuple(one.starts_at for one in shown)),
        question=messaging.Question(QuestionKind.TIMES, options),
    )
    return _("Plusieurs rendez-vous à ce numéro : demandé lequel.")


def change(asker: Asker, held: Held) -> str:
    """Propose two other times. Raises ValidationError where residents may not move it alone."""
    appointment = held.row
    if not isinstance(appointment, Appointment):
        raise ValidationError(
            _("L’horaire de ce rendez-vous se change au téléphone : appelez-nous, nous chercherons avec vous."),
            code="workshop",
        )
    if not of_number(held, asker.number)[1]:
        raise ValidationError(_("D’autres personnes viennent à ce rendez-vous : appelez-nous."), code="others")
    if problem := why_not_moved_alone(appointment):
        raise ValidationError(problem, code="too_near")
    return propose(asker, two_times(needs_to_move(appointment)), moves=held.name)


def cancel(asker: Asker, held: Held) -> str:
    """Cancel it for all of that number."""
    give_back_for(asker.number, held, by=asker.by)
    return _("A annulé : %(when)s.") % {"when": formats.moment(held.starts_at)}


def _book(asker: Asker, option: dict[str, Any]) -> str:
    count(BOOKINGS_FOR, asker.number)
    slot = slot_from_token(option["slot"])
    book_for_resident(slot=slot, by=asker.by, phone=asker.number, language=asker.language)
    return _("A pris rendez-vous : %(when)s.") % {"when": formats.moment(slot.starts_at)}


def _move(asker: Asker, option: dict[str, Any]) -> str:
    appointment, slot = cast(Appointment, _own(asker, option).row), slot_from_token(option["slot"])
    count(MOVES_OF, appointment.reference)
    move(appointment=appointment, slot=slot, by=asker.by)
    return _("A choisi un autre horaire : %(when)s.") % {"when": formats.moment(slot.starts_at)}


def _on_own(does: Callable[[Asker, Held], str], asker: Asker, option: dict[str, Any]) -> str:
    return does(asker, _own(asker, option))


def _own(asker: Asker, option: dict[str, Any]) -> Held:
    """Return what was meant. Raises ValidationError where the number does not have it any more."""
    found = next((one for one in held_by_number(asker.number) if one.name == option["held"]), None)
    if found is None:
        raise ValidationError(_("Ce rendez-vous n’est plus à venir."), code="gone")
    return found


def _others(asker: Asker, option: dict[str, Any]) -> list[Slot]:
    """Return two times that were not said yet, for what was asked then."""
    if option["do"] == MOVE:
        appointment = cast(Appointment, _own(asker, option).row)
        return two_times(needs_to_move(appointment), besides=option["seen"])
    return times_near(tuple(option["near"]), besides=option["seen"])


def _about(option: dict[str, Any]) -> dict[str, Any]:
    """Return what a choice was for, as ``propose`` takes it."""
    return {"moves": option["held"], "near": option.get("near"), "seen": option.get("seen", ())}


def _open_to(number: str) -> MessageQuerySet:
    """Return what this door asked a number and nobody has answered."""
    return Message.objects.unanswered().filter(recipient=number, occasion__startswith="asked:")


DOES: dict[str, Callable[[Asker, dict[str, Any]], str]] = {
    BOOK: _book,
    MOVE: _move,
    CHANGE: partial(_on_own, change),
    CANCEL: partial(_on_own, cancel),
}


def count(limit: Limit, who: str) -> None:
    """Count once more. Raises ValidationError for what was done too often lately."""
    if limit.is_reached(who):
        raise ValidationError(
            _("Trop de demandes en peu de temps. Réessayez dans une heure, ou appelez-nous."), code="too_often"
        )
    limit.count(who)


def _words(told: Sequence[tuple[Any, str]], *, is_apart: bool = False) -> Words:
    """Return one or two times with their places; two at one place name it once, unless they are told apart."""
    if len(told) == 1:
        ((starts_at, place),) = told
        return Words(starts_at=starts_at, place=place)
    places = tuple(place for _starts_at, place in told)
    is_one = len(set(places)) == 1 and not is_apart
    return Words(
        options=tuple(starts_at for starts_at, _place in told),
        place=places[0] if is_one else "",
        places=() if is_one else places,
    )


def _asker(message: Message, by: Actor) -> Asker:
    """Return who chooses, and under which number to say what comes of it."""
    return Asker(
        number=message.recipient,
        language=message.language,
        organisation=message.organisation,
        by=by,
        occasion=message.occasion,
        version=message.version + 1,
        beneficiary=message.beneficiary,
    )


def _close(message: Message) -> None:
    """Take no second answer."""
    Message.objects.filter(pk=message.pk).update(closed_at=timezone.now())
