"""What is known of a number or an address itself, whoever uses it."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Line(models.Model):
    """A number or an e-mail address of which something was learnt. It belongs to nobody: a family shares it.

    ``refuses_since``: its people want no more messages. ``no_sms_since``: an operator said that it receives no text
    messages, so it is called. ``is_wrong_since``: it does not exist.
    """

    recipient = models.CharField(_("numéro ou adresse"), max_length=254, unique=True)
    refuses_since = models.DateTimeField(_("refuse les messages depuis le"), null=True, blank=True)
    no_sms_since = models.DateTimeField(_("ne reçoit pas de SMS, su le"), null=True, blank=True)
    is_wrong_since = models.DateTimeField(_("n’existe pas, su le"), null=True, blank=True)

    class Meta:
        verbose_name = _("ligne")
        verbose_name_plural = _("lignes")
        ordering = ["recipient"]

    def __str__(self) -> str:
        return self.recipient
