"""Whose agenda goes out, and which one comes in."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from directory.models import Mediator
from helpdesk.selectors import mediators_with_hours_set_by
from helpdesk.services.external_calendars import LARGEST_BYTES, PROBLEMS
from mediation.calendars.selectors import Subjects
from sites.models import Site


class FeedForm(forms.Form):
    """The mediator or the place whose agenda is wanted; nothing to choose where there is only one."""

    subject = forms.ChoiceField(label=_("L’agenda de"))

    def __init__(self, *args: Any, subjects: Subjects, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.found: dict[str, Mediator | Site] = {f"m-{one.uid}": one for one in subjects.mediators}
        places = {f"s-{one.uid}": one for one in subjects.sites}
        groups = ((_("Médiateurs"), self.found), (_("Lieux"), places))
        field = self.fields["subject"]
        choices = [(label, [(key, str(one)) for key, one in rows.items()]) for label, rows in groups if rows]
        field.choices = [("", _("Choisissez")), *choices]
        self.found = self.found | places
        self.is_about_one = len(self.found) == 1
        if self.is_about_one:
            field.initial, field.widget = next(iter(self.found)), forms.HiddenInput()

    def clean_subject(self) -> Mediator | Site:
        """Return the row that was chosen."""
        return self.found[self.cleaned_data["subject"]]


class CalendarForm(forms.Form):
    """Whose calendar, and what to call it."""

    title: Any = ""
    mediator = forms.ModelChoiceField(Mediator.objects.none(), label=_("Médiateur"))
    label = forms.CharField(
        label=_("Nom"),
        max_length=80,
        required=False,
        help_text=_("Pour le reconnaître, par exemple « Google » ou « Congés »."),
    )

    def __init__(self, *args: Any, user: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        mediators = mediators_with_hours_set_by(user)
        field = self.fields["mediator"]
        field.queryset, field.initial = mediators, mediators.filter(user=user).first()
        if len(mediators) == 1:
            field.initial, field.widget = mediators[0], forms.HiddenInput()

    def answers(self) -> dict[str, Any]:
        """Return what the service is called with."""
        return dict(self.cleaned_data)


class AddressForm(CalendarForm):
    """A calendar that goes on changing, at its address."""

    title = _("Lire un agenda à son adresse")
    url = forms.CharField(
        label=_("Adresse secrète de l’agenda, au format iCal"),
        max_length=500,
        widget=forms.URLInput({"autocomplete": "off", "spellcheck": "false"}),
        help_text=_("Elle commence par https:// et finit souvent par .ics. Nous ne la montrerons à personne."),
    )
    field_order = ("mediator", "url", "label")


class FileForm(CalendarForm):
    """A calendar as it is today, in a file."""

    title = _("Donner un fichier d’agenda")
    file = forms.FileField(
        label=_("Fichier .ics"),
        widget=forms.ClearableFileInput({"accept": ".ics,text/calendar"}),
        help_text=_("Lu une fois, pour l’année qui vient. S’il change, donnez-le à nouveau."),
    )
    field_order = ("mediator", "file", "label")

    def clean_file(self) -> Any:
        """Refuse what is too large before reading it."""
        file = self.cleaned_data["file"]
        if file.size > LARGEST_BYTES:
            raise ValidationError(PROBLEMS["large"])
        return file

    def answers(self) -> dict[str, Any]:
        """Return what the service is called with."""
        answers = super().answers()
        file = answers.pop("file")
        return answers | {"data": file.read()}
