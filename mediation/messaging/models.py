"""The ledger: every message, and every attempt to deliver it."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from directory.enums import Language
from directory.models import Beneficiary, Organisation
from mediation.kernel.models import Identified
from mediation.messaging.enums import TERMINAL, AttemptState, Medium, MessageKind
from mediation.messaging.querysets import AttemptQuerySet, MessageQuerySet


class Message(Identified):
    """What is said once to one recipient about one state of one thing.

    ``occasion`` and ``version`` name that thing and its state ("appointment:<uid>", 2); with the kind and the
    recipient they are unique, so that no code path can produce the same message twice. Written in the transaction
    of its cause. ``voided_at`` says that its cause is gone: nothing of it goes out any more.
    """

    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="messages", verbose_name=_("structure"))
    beneficiary = models.ForeignKey(
        Beneficiary,
        models.SET_NULL,
        null=True,
        related_name="messages",
        verbose_name=_("bénéficiaire"),
    )
    occasion = models.CharField(_("occasion"), max_length=60)
    version = models.PositiveIntegerField(_("version"))
    kind = models.CharField(_("nature"), max_length=16, choices=MessageKind.choices)
    recipient = models.CharField(_("destinataire"), max_length=254)
    medium = models.CharField(_("moyen"), max_length=10, choices=Medium.choices)
    language = models.CharField(_("langue"), max_length=4, choices=Language.choices, default=Language.FR)
    body = models.TextField(_("texte"))
    # Goes with an e-mail as it stands: whoever plans the message knows what it is about, the ledger does not.
    calendar = models.TextField(_("invitation de calendrier"), blank=True, default="", editable=False)
    due_at = models.DateTimeField(_("à envoyer le"))
    useless_after = models.DateTimeField(_("inutile après"))
    created_at = models.DateTimeField(_("écrit le"), auto_now_add=True)
    voided_at = models.DateTimeField(_("sans objet depuis"), null=True, blank=True)

    objects = MessageQuerySet.as_manager()

    class Meta:
        verbose_name = _("message")
        verbose_name_plural = _("messages")
        ordering = ["-due_at", "-pk"]
        constraints = [
            models.UniqueConstraint(fields=["occasion", "version", "kind", "recipient"], name="message_said_once"),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} → {self.recipient}"


class Attempt(models.Model):
    """One try to deliver a message. At most one of a message is not terminal."""

    message = models.ForeignKey(Message, models.CASCADE, related_name="attempts", verbose_name=_("message"))
    number = models.PositiveSmallIntegerField(_("essai"), default=1)
    medium = models.CharField(_("moyen"), max_length=10, choices=Medium.choices)
    gateway = models.CharField(_("passerelle"), max_length=40, blank=True)
    state = models.CharField(
        _("état"), max_length=12, choices=AttemptState.choices, default=AttemptState.WAITING, db_index=True
    )
    state_at = models.DateTimeField(_("état depuis"))
    # After a temporary refusal the next attempt waits a little.
    not_before = models.DateTimeField(_("pas avant"), null=True, blank=True)
    claimed_until = models.DateTimeField(_("pris en charge jusqu’à"), null=True, blank=True)
    provider_id = models.CharField(_("identifiant de l’opérateur"), max_length=64, blank=True)
    parts = models.PositiveSmallIntegerField(_("nombre de SMS"), default=0)
    problem = models.CharField(_("problème"), max_length=200, blank=True)

    objects = AttemptQuerySet.as_manager()

    class Meta:
        verbose_name = _("essai d’envoi")
        verbose_name_plural = _("essais d’envoi")
        ordering = ["message", "number"]
        constraints = [
            models.UniqueConstraint(fields=["message", "number"], name="attempt_number_unique"),
            models.UniqueConstraint(
                fields=["message"], condition=~Q(state__in=TERMINAL), name="attempt_one_open_per_message"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.message} · {self.get_state_display()}"


class OptOut(models.Model):
    """A number that wants no more messages. It belongs to the number: a family shares it."""

    recipient = models.CharField(_("numéro"), max_length=254, unique=True)
    since = models.DateTimeField(_("depuis le"), auto_now_add=True)

    class Meta:
        verbose_name = _("refus des messages")
        verbose_name_plural = _("refus des messages")
        ordering = ["-since"]

    def __str__(self) -> str:
        return self.recipient


class WorkerBeat(models.Model):
    """When a worker last said that it is alive."""

    name = models.CharField(_("processus"), max_length=80, unique=True)
    at = models.DateTimeField(_("vu à"))

    class Meta:
        verbose_name = _("signe de vie")
        verbose_name_plural = _("signes de vie")
        ordering = ["-at"]

    def __str__(self) -> str:
        return self.name
