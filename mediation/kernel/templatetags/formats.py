"""Template filters over mediation.kernel.formats, available in every template without a load tag."""

from collections.abc import Callable
from typing import Any

from django import template

from mediation.kernel import formats

register = template.Library()


def _or_empty(format_value: Callable[[Any], str]) -> Callable[[Any], str]:
    """Return a filter that shows nothing where there is nothing to format."""

    def filtered(value: Any) -> str:
        return "" if value in (None, "") else format_value(value)

    return filtered


for name in ("long_day", "hour", "duration", "number", "phone", "reference", "listed", "introduced", "unbroken"):
    register.filter(name, _or_empty(getattr(formats, name)))

# A page may show any day; a message, which is short, only near ones.
register.filter("short_day", _or_empty(formats.dated_day))
register.filter("moment", _or_empty(formats.dated_moment))
register.simple_tag(formats.comma)


@register.filter
def hours(start: Any, end: Any) -> str:
    """Return "9 h – 9 h 30", in one piece."""
    return formats.hours(start, end)


@register.filter
def long_day_year(value: Any) -> str:
    """Return "mardi 3 décembre 2026"."""
    return formats.long_day(value, year=True) if value else ""
