"""Forms about messages."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from directory.enums import Language
from mediation.kernel.forms import FilterForm
from mediation.messaging.models import OwnWording
from mediation.messaging.selectors import OtherWay
from mediation.messaging.selectors.wordings import Wording, wordings
from mediation.messaging.wording.rendering import LANGUAGES

LONGEST_TEXT = 1000
# One text message of plain characters; with what stands after it, two.
LONGEST_ANSWER = 160


class WordingForm(forms.Form):
    """What a message says; the service tells what is wrong with it."""

    text = forms.CharField(
        label=_("Votre texte"),
        max_length=LONGEST_TEXT,
        required=False,
        help_text=_("Les mots entre accolades sont remplacés dans chaque message."),
        widget=forms.Textarea(attrs={"rows": 5, "spellcheck": "true"}),
    )
    use_required_attribute = False


class WordingChoiceForm(FilterForm):
    """Which texts to read, one language and form at a time: French text messages where nobody chose."""

    langue = forms.TypedChoiceField(
        label=_("Langue"),
        choices=[(language.value, language.label) for language in LANGUAGES],
        coerce=Language,
        empty_value=Language.FR,
        required=False,
    )
    forme = forms.ChoiceField(label=_("Forme"), choices=OwnWording.Form.choices, required=False)

    def found(self) -> list[Wording]:
        """Return the texts that were asked for; what the address spells wrong counts as not said."""
        self.full_clean()
        language, form = (self.cleaned_data.get(name) for name in ("langue", "forme"))
        every = wordings(language or Language.FR)
        return [wording for wording in every if wording.key.form == (form or OwnWording.Form.SHORT)]


class WriteBackForm(forms.Form):
    """What an agent answers by text message."""

    text = forms.CharField(
        label=_("Votre réponse"),
        max_length=LONGEST_ANSWER,
        help_text=_(
            "160 caractères au plus. Le nom du service et son numéro s’ajoutent à la fin. Un téléphone se partage : "
            "n’écrivez ni le nom de la personne, ni sa démarche."
        ),
        error_messages={"required": _("Écrivez votre réponse.")},
        widget=forms.Textarea(attrs={"rows": 3, "spellcheck": "true"}),
    )
    use_required_attribute = False


class OtherWayForm(forms.Form):
    """By which of the ways that somebody has a message is said again."""

    medium = forms.ChoiceField(
        label=_("Par quel moyen ?"),
        widget=forms.RadioSelect,
        error_messages={
            "required": _("Choisissez un moyen."),
            "invalid_choice": _("Ce moyen n’est pas possible pour ce message."),
        },
    )
    use_required_attribute = False

    def __init__(self, *args: Any, ways: Sequence[OtherWay], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["medium"].choices = [(way.medium.value, f"{way.label}. {way.says}") for way in ways]
