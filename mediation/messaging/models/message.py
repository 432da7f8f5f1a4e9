"""The ledger: every message, and every attempt to deliver it."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _

from directory.enums import Language
from directory.models import Beneficiary, Organisation
from mediation.kernel.models import Identified
from mediation.messaging.enums import TERMINAL, AttemptState, Medium, MessageKind, QuestionKind, Trouble
from mediation.messaging.querysets import AttemptQuerySet, MessageQuerySet


class Message(Identified):
    """What is said once to one recipient about one state of one thing.

    ``occasion`` and ``version`` name that thing and its state ("appointment:<uid>", 2); with the kind and the
    recipient they are unique, so that no code path can produce the same message twice. Written in the transaction
    of its cause. ``voided_at`` says that its cause is gone: nothing of it goes out any more.

    ``body`` is the text by ``medium``, the first way that was chosen; ``words`` are the values it was made of
    (``Words.to_json``), so that it can be said again by another way. ``asks`` is the question it puts, open until
    ``useless_after`` or ``closed_at`` (answered, or of a state that is over); ``options`` name what 3 and 4 choose.
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
    language = models.CharField(_("langue"), max_length=9, choices=Language.choices, default=Language.FR)
    body = models.TextField(_("texte"))
    words = models.JSONField(_("valeurs du texte"), default=dict, blank=True, editable=False)
    # Goes with an e-mail as it stands: whoever plans the message knows what it is about, the ledger does not.
    calendar = models.TextField(_("invitation de calendrier"), blank=True, default="", editable=False)
    asks = models.CharField(_("question"), max_length=10, choices=QuestionKind.choices, blank=True, default="")
    options = models.JSONField(_("choix proposés"), default=list, blank=True, editable=False)
    due_at = models.DateTimeField(_("à envoyer le"))
    useless_after = models.DateTimeField(_("inutile après"))
    created_at = models.DateTimeField(_("écrit le"), auto_now_add=True)
    voided_at = models.DateTimeField(_("sans objet depuis"), null=True, blank=True)
    closed_at = models.DateTimeField(_("question close le"), null=True, blank=True)

    objects = MessageQuerySet.as_manager()

    class Meta:
        verbose_name = _("message")
        verbose_name_plural = _("messages")
        ordering = ["-due_at", "-pk"]
        constraints = [
            models.UniqueConstraint(fields=["occasion", "version", "kind", "recipient"], name="message_said_once"),
        ]
        indexes = [
            models.Index(
                fields=["recipient"],
                name="message_open_question",
                condition=~Q(asks="") & Q(closed_at__isnull=True),
            ),
            models.Index(fields=["recipient"], name="message_by_recipient"),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} → {self.recipient}"

    @property
    def names_said(self) -> tuple[str, ...]:
        """The French names in the text, as it writes them: of places, and of the network."""
        places = (self.words.get("place", ""), *self.words.get("places", ()))
        return tuple(filter(None, (*places, settings.NETWORK_NAME)))


class Attempt(models.Model):
    """One try to deliver a message. At most one of a message is not terminal.

    Each change of state is timed in its own column. ``recipient`` and ``body`` say what went out where it was not by
    the message's first way (``said_to``, ``said``). ``cost`` is in euros, once the operator has told it.
    """

    message = models.ForeignKey(Message, models.CASCADE, related_name="attempts", verbose_name=_("message"))
    number = models.PositiveSmallIntegerField(_("essai"), default=1)
    medium = models.CharField(_("moyen"), max_length=10, choices=Medium.choices)
    recipient = models.CharField(_("destinataire"), max_length=254, blank=True, default="")
    body = models.TextField(_("texte"), blank=True, default="")
    gateway = models.CharField(_("passerelle"), max_length=40, blank=True)
    state = models.CharField(
        _("état"), max_length=12, choices=AttemptState.choices, default=AttemptState.WAITING, db_index=True
    )
    state_at = models.DateTimeField(_("état depuis"))
    # After a temporary refusal the next attempt waits a little.
    not_before = models.DateTimeField(_("pas avant"), null=True, blank=True)
    claimed_by = models.CharField(_("pris en charge par"), max_length=80, blank=True, default="")
    claimed_at = models.DateTimeField(_("pris en charge le"), null=True, blank=True)
    claimed_until = models.DateTimeField(_("pris en charge jusqu’à"), null=True, blank=True)
    sending_at = models.DateTimeField(_("remis à la passerelle le"), null=True, blank=True)
    accepted_at = models.DateTimeField(_("accepté le"), null=True, blank=True)
    sent_at = models.DateTimeField(_("envoyé le"), null=True, blank=True)
    ended_at = models.DateTimeField(_("terminé le"), null=True, blank=True)
    provider_id = models.CharField(_("identifiant de l’opérateur"), max_length=64, blank=True)
    redacted_at = models.DateTimeField(_("effacé chez l’opérateur le"), null=True, blank=True)
    parts = models.PositiveSmallIntegerField(_("nombre de SMS"), default=0)
    # The agents who chose this way, and who said or posted it; empty where the machine did.
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("demandé par"),
    )
    done_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("fait par")
    )
    cost = models.DecimalField(_("coût (€)"), max_digits=8, decimal_places=4, null=True, blank=True)
    trouble = models.CharField(_("ennui"), max_length=14, choices=Trouble.choices, blank=True, default="")
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
        indexes = [
            models.Index(fields=["provider_id"], name="attempt_by_provider_id", condition=~Q(provider_id="")),
            models.Index(fields=["recipient"], name="attempt_by_recipient", condition=~Q(recipient="")),
            # The month's figures, and what is left of its limit before anything is sent (AttemptQuerySet.in_month).
            models.Index(Coalesce("sending_at", "sent_at", "ended_at"), name="attempt_by_month"),
        ]

    def __str__(self) -> str:
        return f"{self.message} · {self.get_state_display()}"

    @property
    def said_to(self) -> str:
        """The number or address that this attempt was made to."""
        return self.recipient or self.message.recipient

    @property
    def said(self) -> str:
        """The text that this attempt carries."""
        return self.body or self.message.body
