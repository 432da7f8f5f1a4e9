"""How the ways out and the processes that use them are doing."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class GatewayState(models.Model):
    """How one gateway is doing, for every process: a worker that finds it down spares the others the wait."""

    name = models.CharField(_("passerelle"), max_length=40, unique=True)
    # Since when every call failed; empty where the last one was answered.
    down_since = models.DateTimeField(_("ne répond plus depuis le"), null=True, blank=True)
    # Nobody calls it before: after a failure, or because it asked to slow down.
    not_before = models.DateTimeField(_("pas avant"), null=True, blank=True)
    last_answer_at = models.DateTimeField(_("dernière réponse le"), null=True, blank=True)
    problem = models.CharField(_("problème"), max_length=200, blank=True)

    class Meta:
        verbose_name = _("état d’une passerelle")
        verbose_name_plural = _("états des passerelles")
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name


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
