"""What a call says around its message. The keys of the message's own question stand in its text."""

from django.utils import translation
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from mediation.messaging.wording.rendering import written_language

HEAR_AGAIN = _("Pour réécouter, tapez 9.")
NOTED = _("C’est noté. Merci, au revoir.")
CALLED_BACK = _("Merci. Une personne de l’accueil vous rappellera. Au revoir.")


def spoken(words: Promise, language: str) -> str:
    """Return what a call says, in the language of its message."""
    with translation.override(written_language(language)):
        return str(words)
