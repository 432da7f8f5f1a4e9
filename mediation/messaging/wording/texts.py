"""Every text by what it is: which message, in which form, for whom."""

from dataclasses import dataclass, replace
from string import Formatter

from django.utils.functional import Promise

from mediation.messaging.enums import ANSWERS, MessageKind
from mediation.messaging.models import OwnWording
from mediation.messaging.wording import texts_answers, texts_long, texts_short

Form = OwnWording.Form


@dataclass(frozen=True)
class TextKey:
    """One text. ``is_answered`` where it says how to reply to it, or, of two answers, the one that knows more."""

    kind: MessageKind
    form: str
    is_workshop: bool = False
    is_answered: bool = False

    @property
    def slug(self) -> str:
        """The name of the text in addresses."""
        twin = [word for word, said in (("atelier", self.is_workshop), ("reponse", self.is_answered)) if said]
        return "-".join([self.kind, self.form, *twin])


_SOURCES = (
    (texts_short.APPOINTMENT, Form.SHORT, False, False),
    (texts_short.APPOINTMENT_ANSWERED, Form.SHORT, False, True),
    (texts_long.APPOINTMENT, Form.LONG, False, False),
    (texts_short.WORKSHOP, Form.SHORT, True, False),
    (texts_short.WORKSHOP_ANSWERED, Form.SHORT, True, True),
    (texts_long.WORKSHOP, Form.LONG, True, False),
    (texts_answers.REPLIES, Form.SHORT, False, False),
    (texts_answers.ANSWERED, Form.SHORT, False, True),
    (texts_long.REPLIES, Form.LONG, False, False),
)
TEXTS: dict[TextKey, Promise] = {
    TextKey(kind, form, is_workshop, is_answered): text
    for texts, form, is_workshop, is_answered in _SOURCES
    for kind, text in texts.items()
}


def candidates(kind: MessageKind, form: str, *, is_workshop: bool, can_answer: bool) -> list[TextKey]:
    """Return the texts that may say this, the best first; what a workshop does not say its own way is said as any."""
    wanted = [
        TextKey(kind, form, workshop, answered)
        for workshop in ((True, False) if is_workshop else (False,))
        for answered in ((True, False) if can_answer else (False,))
    ]
    return [key for key in wanted if key in TEXTS]


def in_use(*, can_answer: bool) -> list[TextKey]:
    """Return the texts that may be said today: of two twins the one that fits the sender.

    A twin that needs a value more ("before 18h") leaves its place to the other where that value is missing.
    """
    return [key for key in TEXTS if _is_said(key, can_answer=can_answer or key.kind in ANSWERS)]


def _is_said(key: TextKey, *, can_answer: bool) -> bool:
    return can_answer if key.is_answered else not (can_answer and _gives_way(key))


def _gives_way(key: TextKey) -> bool:
    twin = replace(key, is_answered=True)
    return twin in TEXTS and not (placeholders(str(TEXTS[twin])) - placeholders(str(TEXTS[key])))


def placeholders(text: str) -> set[str]:
    """Return the names between braces. Raises ValueError where braces do not match."""
    return {name for _literal, name, _spec, _conversion in Formatter().parse(text) if name is not None}
