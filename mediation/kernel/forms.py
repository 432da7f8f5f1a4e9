"""Form pieces that every app uses: our renderer, and fields whose browser widgets need a word more than Django's."""

import datetime as dt
from collections.abc import Iterator
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.forms.models import ModelChoiceIterator
from django.forms.renderers import TemplatesSetting
from django.utils.translation import gettext_lazy as _


class Renderer(TemplatesSetting):
    """Give ``{{ form }}`` and ``{{ field.as_field_group }}`` the markup of templates/ui/."""

    form_template_name = "ui/form_fields.html"
    field_template_name = "ui/field.html"


class DateInput(forms.DateInput):
    """The browser's own calendar; it wants ISO dates whatever the language of the page."""

    input_type = "date"

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__(attrs, format="%Y-%m-%d")


class DayField(forms.DateField):
    """A day that somebody may mean: the first and last ones of the calendar have no day before or after them."""

    widget = DateInput
    default_validators = (
        MinValueValidator(dt.date(1900, 1, 1), _("Vérifiez l’année.")),
        MaxValueValidator(dt.date(2199, 12, 31), _("Vérifiez l’année.")),
    )


class TimeInput(forms.TimeInput):
    """The browser's own clock."""

    input_type = "time"

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__(attrs, format="%H:%M")


class DateTimeInput(forms.DateTimeInput):
    """The browser's own calendar and clock together."""

    input_type = "datetime-local"

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__(attrs, format="%Y-%m-%dT%H:%M")


class PhoneInput(forms.TextInput):
    """A telephone number, as people write it: no mask, the numeric keypad on a phone."""

    input_type = "tel"

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__({"autocomplete": "tel", **(attrs or {})})


class SearchInput(forms.TextInput):
    """A search box that the browser does not fill with yesterday's names."""

    input_type = "search"

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__({"autocomplete": "off", "spellcheck": "false", **(attrs or {})})


class MultiChoice(forms.MultipleChoiceField):
    """Several answers among a few: check boxes, since nobody finds the Ctrl key."""

    widget = forms.CheckboxSelectMultiple


class ModelMultiChoice(forms.ModelMultipleChoiceField):
    """Several rows among a few, as check boxes."""

    widget = forms.CheckboxSelectMultiple

    def clean(self, value: Any) -> Any:
        """Refuse a number that no row can have as any other row that does not exist."""
        try:
            return super().clean(value)
        except OverflowError:
            raise ValidationError(self.error_messages["invalid_list"], code="invalid_list") from None


class RowsOnce(ModelChoiceIterator):
    """The rows of a list of choices, read once: drawing the list asks for them twice."""

    def __iter__(self) -> Iterator[Any]:
        if self.field.empty_label is not None:
            yield "", self.field.empty_label
        for row in self.queryset:
            yield self.choice(row)


class RowChoice(forms.ModelChoiceField):
    """One row among those of a short list."""

    iterator = RowsOnce


class OptionalChoice(forms.TypedChoiceField):
    """One answer among a few, or none, said as a choice like the others ("Je ne sais pas")."""

    widget = forms.RadioSelect

    def __init__(self, *, choices: Any, none_label: Any = "", **kwargs: Any) -> None:
        kwargs.setdefault("required", False)
        super().__init__(choices=[*choices, ("", none_label or _("Je ne sais pas"))], empty_value="", **kwargs)


class DecoyForm(forms.Form):
    """A form that anybody may send: it holds a box that people do not see (ui/decoy.html) and programs fill in."""

    website = forms.CharField(
        label=_("Ne remplissez pas cette case"),
        required=False,
        widget=forms.TextInput({"tabindex": "-1", "autocomplete": "off"}),
    )

    @property
    def is_by_a_program(self) -> bool:
        """Whether that box was filled in. Asked of a valid form."""
        return bool(self.cleaned_data.get("website"))


class FilterForm(forms.Form):
    """The form of a list's filters (``Meta.form`` of a FilterSet): nothing is required, ids stay apart from others'."""

    use_required_attribute = False

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("auto_id", "filter_%s")
        super().__init__(*args, **kwargs)
