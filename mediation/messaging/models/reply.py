"""What people send back."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from directory.models import Organisation
from mediation.kernel.models import Identified
from mediation.messaging.enums import Meaning, Medium
from mediation.messaging.models.message import Message
from mediation.messaging.querysets import ReplyQuerySet


class Reply(Identified):
    """One text message (or key pressed in a call) that came in. An operator that delivers it twice adds nothing.

    ``message`` is the question it answered, ``organisation`` whose message it followed: empty where the number was
    never written to, and then every front desk sees it. ``needs_somebody`` until an agent has ``handled`` it.
    """

    gateway = models.CharField(_("passerelle"), max_length=40)
    provider_id = models.CharField(_("identifiant de l’opérateur"), max_length=64)
    medium = models.CharField(_("moyen"), max_length=10, choices=Medium.choices, default=Medium.SMS)
    sender = models.CharField(_("de"), max_length=40, db_index=True)
    body = models.TextField(_("texte"))
    received_at = models.DateTimeField(_("reçu le"))
    meaning = models.CharField(_("compris"), max_length=8, choices=Meaning.choices, default=Meaning.OTHER)
    message = models.ForeignKey(
        Message, models.SET_NULL, null=True, blank=True, related_name="replies", verbose_name=_("répond à")
    )
    organisation = models.ForeignKey(
        Organisation, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("structure")
    )
    outcome = models.CharField(_("ce qui a été fait"), max_length=200, blank=True)
    needs_somebody = models.BooleanField(_("à traiter par quelqu’un"), default=False)
    handled_at = models.DateTimeField(_("traité le"), null=True, blank=True)
    handled_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("traité par")
    )

    objects = ReplyQuerySet.as_manager()

    class Meta:
        verbose_name = _("réponse")
        verbose_name_plural = _("réponses")
        ordering = ["-received_at", "-pk"]
        constraints = [
            models.UniqueConstraint(fields=["gateway", "provider_id"], name="reply_once"),
        ]

    def __str__(self) -> str:
        return f"{self.sender} · {self.get_meaning_display()}"
