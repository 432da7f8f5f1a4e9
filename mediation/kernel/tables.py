"""Lists: the table every app subclasses, and the columns it is made of."""

import datetime as dt
from collections.abc import Callable
from typing import Any

import django_tables2 as tables
from django.template.loader import render_to_string
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from mediation.kernel import formats

NUMBER_ATTRS = {"th": {"class": "number"}, "td": {"class": "number"}}
WHEN_ATTRS = {"td": {"class": "when"}}


class Table(tables.Table):
    """A list in ui/table.html. ``caption`` names it for screen readers; the empty_* words say what to do next.

    A view with something to propose sets ``table.empty_action_label`` and ``table.empty_action_url``.
    """

    caption: Any = ""
    empty_title: Any = _("Rien ici pour l’instant")
    empty_text: Any = _("Aucune ligne ne correspond. Essayez avec moins de filtres.")
    empty_action_label: Any = ""
    empty_action_url = ""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.empty_text is None:
            # django-tables2 reads this word in Meta or as an argument only; ours stand in the class with the others.
            self.empty_text = type(self).empty_text


class SheetColumn(tables.Column):
    """The name of a row, leading to its sheet (``get_absolute_url``, or ``url`` called with the row)."""

    def __init__(self, *args: Any, url: Callable[[Any], str] | None = None, **kwargs: Any) -> None:
        super().__init__(*args, linkify=url or True, **kwargs)


class _WhenColumn(tables.Column):
    """A date or an instant, never cut over two lines on a desktop."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **{"attrs": WHEN_ATTRS, **kwargs})


class DayColumn(_WhenColumn):
    """A date: "mar. 3 déc.", with the year when it is not this one. Files get the date itself."""

    def render(self, value: dt.date) -> str:
        """Return the date as the page writes it."""
        day = formats.local(value)
        text = formats.short_day(value)
        return text if day.year == dt.date.today().year else f"{text} {day.year}"  # noqa: DTZ011 — the reader's year

    def value(self, value: dt.date) -> dt.date:
        """Return the date for a file."""
        return formats.local(value)


class MomentColumn(_WhenColumn):
    """An instant: "mar. 3 déc., 14 h 30". Files get Paris time."""

    def render(self, value: dt.datetime) -> str:
        """Return the instant as the page writes it."""
        return formats.moment(value)

    def value(self, value: dt.datetime) -> dt.datetime:
        """Return the instant for a file."""
        return formats.local(value)


class NumberColumn(tables.Column):
    """A number, aligned to the right with its thousands apart. Files get the number itself."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **{"attrs": NUMBER_ATTRS, **kwargs})

    def render(self, value: float) -> str:
        """Return the number as the page writes it."""
        return formats.number(value)

    def value(self, value: float) -> float:
        """Return the number for a file."""
        return value


class DurationColumn(NumberColumn):
    """Minutes: "1 h 30". Files get the minutes."""

    def render(self, value: float) -> str:
        """Return the duration as the page writes it."""
        return formats.duration(int(value))


class PhoneColumn(tables.Column):
    """A telephone number in pairs, to dial with one touch."""

    def render(self, value: Any) -> SafeString:
        """Return the number as a link."""
        return format_html('<a href="tel:{}">{}</a>', value, formats.phone(str(value)))

    def value(self, value: Any) -> str:
        """Return the number for a file."""
        return formats.phone(str(value))


class BadgeColumn(tables.Column):
    """A state, as a word with its shape: ``tones`` gives the tone of each stored value."""

    def __init__(self, *args: Any, tones: dict[str, str], labels: dict[str, Any], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.tones = tones
        self.labels = labels

    def render(self, record: Any, bound_column: Any) -> str:
        """Return the badge of the stored value."""
        stored = bound_column.accessor.resolve(record)
        label = self.labels.get(stored, stored)
        return render_to_string("ui/badge.html", {"label": label, "tone": self.tones.get(stored, "plain")})

    def value(self, record: Any, bound_column: Any) -> str:
        """Return the word for a file."""
        stored = bound_column.accessor.resolve(record)
        return str(self.labels.get(stored, stored))
