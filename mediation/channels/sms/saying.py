"""What the door writes when it cannot do what it is asked."""

from django.core.exceptions import ValidationError
from django.utils import translation
from django.utils.translation import gettext

from mediation.messaging import services as messaging
from mediation.messaging.asked import Asker
from mediation.messaging.enums import MessageKind
from mediation.messaging.wording import Words
from mediation.messaging.wording.rendering import written_language


def refuse(asker: Asker, refusal: ValidationError) -> str:
    """Say in one text why it is refused; return the same, in French, for agents."""
    explanation = in_language(refusal, asker.language)
    messaging.answer(asker=asker, kind=MessageKind.REFUSED, words=Words(explanation=explanation))
    return " ".join(refusal.messages)


def in_language(refusal: ValidationError, language: str) -> str:
    """Return what a service raised, in French as its source says it, in another language."""
    with translation.override(written_language(language)):
        return " ".join(gettext(str(one.message)) % (one.params or {}) for one in refusal.error_list)
