"""People who come without an appointment: the day's queue at a site, and their tickets."""

import datetime as dt

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from directory.models import Beneficiary, Mediator
from helpdesk.enums import TicketState
from helpdesk.models.reason import Reason
from helpdesk.querysets import DropInQuerySet, TicketQuerySet
from mediation.accounts.actor import Door
from mediation.activity.models import Activity
from mediation.kernel.models import Identified
from sites.models import Site

RECEIVED = (TicketState.CALLED, TicketState.SERVED)


class DropIn(Identified):
    """One day's queue at one site (permanence sans rendez-vous): it opens with the first ticket.

    ``closed_at`` says that an agent gives no more tickets. Whether those who wait already fill the time left is
    computed each time it is asked (selectors.queue), for it changes with each person who leaves.
    """

    site = models.ForeignKey(Site, models.PROTECT, related_name="drop_ins", verbose_name=_("lieu"))
    day = models.DateField(_("jour"))
    closed_at = models.DateTimeField(_("file fermée à"), null=True, blank=True)
    closed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+", verbose_name=_("fermée par")
    )
    turned_away = models.PositiveIntegerField(_("personnes qui n’ont pas pu être reçues"), default=0)

    objects = DropInQuerySet.as_manager()

    class Meta:
        verbose_name = _("permanence sans rendez-vous")
        verbose_name_plural = _("permanences sans rendez-vous")
        ordering = ["-day", "site"]
        constraints = [
            models.UniqueConstraint(fields=["site", "day"], name="drop_in_once_a_day"),
        ]

    def __str__(self) -> str:
        return f"{self.site}, {self.day}"


class Ticket(Identified):
    """A place in the queue. The number is what is shown and called; no name is.

    ``is_priority`` asks for no reason and no proof (CMI "priorité" or "invalidité", CASF art. L241-3). Waiting with a
    ``mediator``: sent on by a colleague, for that one only. Received without ``ended_at``: still in conversation.
    """

    drop_in = models.ForeignKey(
        DropIn, models.CASCADE, related_name="tickets", verbose_name=_("permanence sans rendez-vous")
    )
    number = models.PositiveSmallIntegerField(_("numéro"))
    is_priority = models.BooleanField(_("prioritaire"), default=False)
    state = models.CharField(_("état"), max_length=10, choices=TicketState.choices, default=TicketState.WAITING)
    taken_at = models.DateTimeField(_("pris à"), default=timezone.now)
    taken_through = models.CharField(_("pris par"), max_length=10, choices=Door.choices)
    called_at = models.DateTimeField(_("appelé à"), null=True, blank=True)
    ended_at = models.DateTimeField(_("terminé à"), null=True, blank=True)
    # Nobody answered the first call: from then on two others go first. The second time the ticket is over.
    returned_at = models.DateTimeField(_("remis dans la file à"), null=True, blank=True)
    # What the last gesture changed, as it was before, so that it can be taken back.
    before = models.JSONField(_("avant le dernier geste"), null=True, editable=False)
    mediator = models.ForeignKey(
        Mediator, models.PROTECT, null=True, blank=True, related_name="tickets", verbose_name=_("médiateur")
    )
    reason = models.ForeignKey(
        Reason, models.SET_NULL, null=True, blank=True, related_name="tickets", verbose_name=_("motif")
    )
    beneficiary = models.ForeignKey(
        Beneficiary, models.SET_NULL, null=True, blank=True, related_name="tickets", verbose_name=_("bénéficiaire")
    )
    # Given by the form: the same one sent twice takes one number.
    request_key = models.UUIDField(null=True, unique=True, editable=False)
    activity = models.OneToOneField(
        Activity, models.SET_NULL, null=True, editable=False, related_name="ticket", verbose_name=_("compte rendu")
    )

    objects = TicketQuerySet.as_manager()

    class Meta:
        verbose_name = _("ticket")
        verbose_name_plural = _("tickets")
        ordering = ["drop_in", "number"]
        constraints = [
            models.UniqueConstraint(fields=["drop_in", "number"], name="ticket_number_unique"),
            models.UniqueConstraint(
                fields=["drop_in", "mediator"],
                condition=Q(state__in=RECEIVED, ended_at__isnull=True),
                name="ticket_one_at_a_time",
                violation_error_message=_("Ce médiateur reçoit déjà quelqu’un."),
            ),
            models.CheckConstraint(
                condition=Q(state__in=(TicketState.WAITING, TicketState.LEFT), called_at__isnull=True)
                | Q(called_at__isnull=False, mediator__isnull=False),
                name="ticket_called_by_somebody",
            ),
        ]

    def __str__(self) -> str:
        return str(self.number)

    @property
    def is_under_way(self) -> bool:
        """Whether a mediator calls or receives this person now."""
        return self.state in RECEIVED and self.ended_at is None

    @property
    def minutes(self) -> int:
        """How long the person was received, in whole minutes; a moment counts for one."""
        if self.called_at is None or self.ended_at is None:
            return 0
        return max(1, round((self.ended_at - self.called_at).total_seconds() / 60))

    @property
    def was_taken_directly(self) -> bool:
        """Whether the person was received without having taken a number: it was given as the conversation began."""
        return self.state == TicketState.SERVED and self.called_at == self.taken_at

    @property
    def waited(self) -> dt.timedelta | None:
        """How long the person waited until they were called."""
        return self.called_at - self.taken_at if self.called_at else None
