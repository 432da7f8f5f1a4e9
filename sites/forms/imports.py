"""A file of places."""

from django import forms
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.core.validators import RegexValidator
from django.utils.translation import gettext_lazy as _

from sites.enums import FileFormat
from sites.imports.reading import LARGEST_FILE


class ImportForm(forms.Form):
    """Which file, in which format; nothing is written before its dry run has been read."""

    file_format = forms.TypedChoiceField(
        label=_("Format"), choices=FileFormat.choices, coerce=FileFormat, widget=forms.RadioSelect, initial="national"
    )
    file = forms.FileField(label=_("Fichier"))
    insee_prefix = forms.CharField(
        label=_("Garder seulement ces communes"),
        required=False,
        max_length=5,
        validators=[
            RegexValidator(r"^\d[\dABab]?\d{0,3}$", _("Écrivez 31 pour un département, 31555 pour une commune."))
        ],
        help_text=_("Début du code INSEE : 31 pour la Haute-Garonne, 31555 pour Toulouse. Vide : tout le fichier."),
    )

    def clean_file(self) -> UploadedFile:
        """Refuse a file out of all proportion before reading it."""
        file = self.cleaned_data["file"]
        if file.size > LARGEST_FILE:
            raise ValidationError(_("Ce fichier dépasse 20 Mo : ce n’est sans doute pas une liste de lieux."))
        return file
