"""What personal data was opened, by whom: kept apart, only ever added to."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class JournalEntry(models.Model):
    """One opening or change of personal data. It holds identifiers only, no name, and is never edited."""

    class Action(models.TextChoices):
        """What was done."""

        READ = "read", _("consultation")
        CREATE = "create", _("création")
        CHANGE = "change", _("modification")
        DELETE = "delete", _("effacement")
        EXPORT = "export", _("export")

    at = models.DateTimeField(_("date"), auto_now_add=True)
    user_uid = models.UUIDField(_("compte"), null=True)
    door = models.CharField(_("porte"), max_length=10)
    action = models.CharField(_("action"), max_length=10, choices=Action.choices)
    subject_kind = models.CharField(_("sorte de donnée"), max_length=40)
    subject_uid = models.UUIDField(_("donnée"))

    class Meta:
        verbose_name = _("entrée du journal")
        verbose_name_plural = _("journal des accès")
        ordering = ["-at", "-pk"]
        indexes = [models.Index(fields=["subject_kind", "subject_uid"], name="journal_subject")]

    def __str__(self) -> str:
        return f"{self.get_action_display()} {self.subject_kind} {self.subject_uid}"
