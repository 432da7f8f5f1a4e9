"""What most of our rows share."""

import uuid

from django.db import models
from django.utils.translation import gettext_lazy as _


class Identified(models.Model):
    """A row that pages and files name by an unguessable identifier, never by its number."""

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)

    class Meta:
        abstract = True


class PeriodicJob(models.Model):
    """When a job that comes back was last put into the queue, by whichever worker."""

    path = models.CharField(_("fonction"), max_length=200, unique=True)
    planned_at = models.DateTimeField(_("mise en file le"))

    class Meta:
        verbose_name = _("tâche périodique")
        verbose_name_plural = _("tâches périodiques")
        ordering = ["path"]

    def __str__(self) -> str:
        return self.path
