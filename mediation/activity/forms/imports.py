"""Send a file of La Coop."""

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from directory.models import Organisation


class ImportForm(forms.Form):
    """The file, and whose activity it is."""

    organisation = forms.ModelChoiceField(
        label=_("Structure"),
        queryset=Organisation.objects.none(),
        to_field_name="uid",
        empty_label=_("Choisir une structure"),
    )
    file = forms.FileField(
        label=_("Fichier de La Coop"),
        widget=forms.ClearableFileInput({"accept": ".xlsx"}),
        help_text=_("Dans La Coop : Mes statistiques, Exporter, Activités. Le fichier finit par .xlsx."),
    )
    dry_run = forms.BooleanField(label=_("Seulement vérifier, sans rien enregistrer"), required=False)

    def __init__(self, *args: Any, organisations: QuerySet[Organisation], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["organisation"].queryset = organisations
        if organisations.count() == 1:
            self.fields["organisation"].empty_label = None
