"""Say a message otherwise than the product does, or as it does again."""

import logging
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from mediation.accounts.actor import Actor
from mediation.messaging.models import OwnWording
from mediation.messaging.places import PLACES
from mediation.messaging.sampling import faults
from mediation.messaging.wording import own
from mediation.messaging.wording.texts import Form, TextKey

logger = logging.getLogger(__name__)


@transaction.atomic
def save_wording(*, key: TextKey, language: str, text: str, by: Actor) -> OwnWording:
    """Keep the city's own text: the next messages say it, here at once, in other processes within seconds.

    Raises ValidationError where it is not well formed, leaves out what must be said, says what must not be, or where
    its French does not fit one text message with the longest real values.
    """
    clean = text.strip() if key.form == Form.LONG else " ".join(text.split())
    if not clean:
        raise ValidationError(_("Écrivez le texte, ou revenez au texte d’origine."), code="empty")
    if found := faults(key, language, clean, PLACES.longest()):
        raise ValidationError(found)
    row, _is_new = OwnWording.objects.update_or_create(
        **_which(key, language), defaults={"text": clean, "changed_by": by.user}
    )
    transaction.on_commit(own.forget)
    return row


@transaction.atomic
def restore_wording(*, key: TextKey, language: str, by: Actor) -> None:
    """Say the product's text again."""
    OwnWording.objects.filter(**_which(key, language)).delete()
    logger.info("%s gave back the text %s (%s)", by.user, key.slug, language)
    transaction.on_commit(own.forget)


def _which(key: TextKey, language: str) -> dict[str, Any]:
    return {
        "kind": key.kind,
        "form": key.form,
        "is_workshop": key.is_workshop,
        "is_answered": key.is_answered,
        "language": language,
    }
