"""What somebody says is wrong on the page of a place."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from mediation.kernel.forms import DecoyForm
from mediation.privacy.validators import refuse_nir
from sites.enums import ErrorSubject
from sites.models.error_report import TEXT_LENGTH


class ErrorReportForm(DecoyForm):
    """What is wrong, and how it should be. Nobody is asked who they are."""

    subject = forms.ChoiceField(
        label=_("Qu’est-ce qui est faux ?"),
        choices=ErrorSubject.choices,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choisissez ce qui est faux.")},
    )
    text = forms.CharField(
        label=_("Que faut-il écrire à la place ?"),
        max_length=TEXT_LENGTH,
        required=False,
        validators=[refuse_nir],
        widget=forms.Textarea({"rows": 3}),
        help_text=_("Quelques mots suffisent. N’écrivez ni votre nom, ni votre numéro."),
    )

    def what(self) -> dict[str, Any]:
        """Return what ``report_error`` takes."""
        return {name: self.cleaned_data[name] for name in ("subject", "text")}
