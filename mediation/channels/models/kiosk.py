"""Devices that residents use without account."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from mediation.channels.enums import CallReason
from mediation.channels.querysets import CallForHelpQuerySet, KioskDeviceQuerySet
from mediation.kernel.models import Identified
from sites.models import Site


class KioskDevice(Identified):
    """A kiosk: it belongs to one site and opens nothing but its own pages.

    Only hashes are kept: of the token that lives in the kiosk's cookie, and of the code that pairs it, which works
    once and for a short while. Until a kiosk is paired nobody knows a token for it.
    """

    site = models.ForeignKey(Site, models.CASCADE, related_name="kiosks", verbose_name=_("lieu"))
    name = models.CharField(_("nom"), max_length=80)
    token_hash = models.CharField(max_length=64, unique=True, editable=False)
    code_hash = models.CharField(max_length=64, blank=True, editable=False)
    code_until = models.DateTimeField(_("code valable jusqu’à"), null=True, blank=True, editable=False)
    paired_at = models.DateTimeField(_("associée le"), null=True, blank=True, editable=False)
    revoked_at = models.DateTimeField(_("retirée le"), null=True, blank=True)
    last_seen_at = models.DateTimeField(_("vue à"), null=True, blank=True, editable=False)

    objects = KioskDeviceQuerySet.as_manager()

    class Meta:
        verbose_name = _("borne")
        verbose_name_plural = _("bornes")
        ordering = ["site", "name"]
        constraints = [
            models.UniqueConstraint(fields=["code_hash"], condition=~Q(code_hash=""), name="kiosk_code_unique"),
        ]

    def __str__(self) -> str:
        return f"{self.name}, {self.site}"


class CallForHelp(models.Model):
    """Somebody at a kiosk wants the desk to come, or to know that they are there; seen until somebody goes.

    ``expected_at`` is for when they say they are expected. Who they are is not known.
    """

    device = models.ForeignKey(KioskDevice, models.CASCADE, related_name="calls", verbose_name=_("borne"))
    reason = models.CharField(_("raison"), max_length=10, choices=CallReason.choices, default=CallReason.HELP)
    expected_at = models.DateTimeField(_("attendu à"), null=True, blank=True)
    asked_at = models.DateTimeField(_("demandé à"), auto_now_add=True)
    answered_at = models.DateTimeField(_("répondu à"), null=True, blank=True)

    objects = CallForHelpQuerySet.as_manager()

    class Meta:
        verbose_name = _("appel à la borne")
        verbose_name_plural = _("appels aux bornes")
        ordering = ["-asked_at"]

    def __str__(self) -> str:
        return f"{self.device}, {self.asked_at:%H:%M}"
