"""What an administrator says otherwise than the product does."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from directory.enums import Language
from mediation.messaging.enums import MessageKind


class OwnWording(models.Model):
    """A city's own text for one message, in one form and language. Without it, the product's text stands.

    ``is_answered`` tells the text that says how to reply from the one of a sender who receives nothing.
    """

    class Form(models.TextChoices):
        """Which twin of the message."""

        SHORT = "short", _("SMS")
        LONG = "long", _("e-mail, appel et lettre")

    kind = models.CharField(_("nature"), max_length=16, choices=MessageKind.choices)
    is_workshop = models.BooleanField(_("d’un atelier"), default=False)
    is_answered = models.BooleanField(_("dit comment répondre"), default=False)
    form = models.CharField(_("forme"), max_length=5, choices=Form.choices)
    language = models.CharField(_("langue"), max_length=9, choices=Language.choices, default=Language.FR)
    text = models.TextField(_("texte"))
    changed_at = models.DateTimeField(_("modifié le"), auto_now=True)
    changed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+", verbose_name=_("par")
    )

    class Meta:
        verbose_name = _("texte de message")
        verbose_name_plural = _("textes de messages")
        ordering = ["kind", "is_workshop", "form", "language"]
        constraints = [
            models.UniqueConstraint(
                fields=["kind", "is_workshop", "is_answered", "form", "language"], name="own_wording_unique"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} · {self.get_form_display()} · {self.language}"
