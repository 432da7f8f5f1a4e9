"""Addresses under which somebody's telephone finds an agenda."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from directory.models import Mediator
from mediation.calendars.querysets import FeedQuerySet
from mediation.kernel.models import Identified
from sites.models import Site


class Feed(Identified):
    """The agenda of one mediator or one place, at an address that is a secret.

    Only a hash of the secret is kept: the address is shown once. It answers as long as whoever made it could make it
    today, and until it is taken back.
    """

    mediator = models.ForeignKey(
        Mediator, models.CASCADE, null=True, blank=True, related_name="feeds", verbose_name=_("médiateur")
    )
    site = models.ForeignKey(Site, models.CASCADE, null=True, blank=True, related_name="feeds", verbose_name=_("lieu"))
    token_hash = models.CharField(max_length=64, unique=True, editable=False)
    created_at = models.DateTimeField(_("créée le"), default=timezone.now, editable=False)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, editable=False, related_name="+", verbose_name=_("par")
    )
    revoked_at = models.DateTimeField(_("retirée le"), null=True, editable=False)
    last_read_at = models.DateTimeField(_("lue le"), null=True, editable=False)

    objects = FeedQuerySet.as_manager()

    class Meta:
        verbose_name = _("adresse d’agenda")
        verbose_name_plural = _("adresses d’agenda")
        ordering = ["-created_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(mediator__isnull=False, site__isnull=True) | Q(mediator__isnull=True, site__isnull=False),
                name="feed_of_one",
                violation_error_message=_("Une adresse est celle d’un médiateur ou d’un lieu."),
            ),
        ]

    def __str__(self) -> str:
        return str(self.mediator or self.site)
