"""What appointments are for."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from directory import rules
from directory.enums import Language, Role
from directory.models import Organisation
from helpdesk.enums import Mode
from helpdesk.models import Reason
from mediation.activity.enums import DemarcheTheme, Theme
from mediation.kernel.forms import MultiChoice

LIMITS = {
    "duration_minutes": _("Écrivez une durée entre 5 et 480 minutes (8 heures)."),
    "buffer_minutes": _("Écrivez un nombre de minutes entre 0 et 120 (2 heures)."),
    "notice_hours": _("Écrivez un nombre d’heures entre 0 et 720 (30 jours)."),
    "window_days": _("Écrivez un nombre de jours entre 1 et 90."),
}


class ReasonForm(forms.ModelForm):
    """A reason; an organisation's administrator writes its own, the network's administrator everybody's."""

    modes = MultiChoice(label=_("Où se passe le rendez-vous"), choices=Mode.choices)
    languages = MultiChoice(
        label=_("Langues"),
        choices=Language.choices,
        required=False,
        help_text=_("Rien de coché : toutes celles du médiateur."),
    )
    themes = MultiChoice(
        label=_("Thèmes, repris dans le compte rendu"),
        choices=[*Theme.choices, *DemarcheTheme.choices],
        required=False,
    )

    class Meta:
        model = Reason
        fields = [
            "label",
            "organisation",
            "description",
            "what_to_bring",
            "duration_minutes",
            "buffer_minutes",
            "modes",
            "languages",
            "themes",
            "who_books",
            "notice_hours",
            "window_days",
            "is_any_need",
            "is_active",
        ]
        widgets = {"who_books": forms.RadioSelect}
        labels = {
            "notice_hours": _("En ligne et à la borne, au plus tard combien d’heures avant ?"),
            "window_days": _("En ligne et à la borne, combien de jours à l’avance au plus ?"),
        }
        error_messages = {
            name: dict.fromkeys(("invalid", "min_value", "max_value"), text) for name, text in LIMITS.items()
        }
        help_texts = {
            "buffer_minutes": _("Gardé libre après chaque rendez-vous, pour écrire le compte rendu et souffler."),
            "is_any_need": _("Pour les portes qui ne demandent pas le besoin : « je ne sais pas »."),
        }

    def __init__(self, *args: Any, user: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["organisation"]
        field.queryset = Organisation.objects.of(user, Role.ADMINISTRATOR)
        if rules.is_network_administrator(user):
            field.queryset, field.empty_label = Organisation.objects.all(), _("Tout le réseau")
            field.help_text = ""
        else:
            field.required, field.empty_label, field.help_text = True, None, ""
        # Shown only where everybody may book; left out, they stay as they are.
        for name in ("buffer_minutes", "notice_hours", "window_days"):
            self.fields[name].required = False

    def clean(self) -> dict[str, Any]:
        """Keep what was left empty as it was."""
        said = super().clean() or self.cleaned_data
        for name in ("buffer_minutes", "notice_hours", "window_days"):
            if name in said and said[name] is None:
                said[name] = getattr(self.instance, name)
        return said
