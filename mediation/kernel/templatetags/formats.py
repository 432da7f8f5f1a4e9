"""Template filters over mediation.kernel.formats, available in every template without a load tag."""

import re
from collections.abc import Callable
from typing import Any

from django import template
from django.utils.html import conditional_escape, format_html
from django.utils.safestring import SafeData, mark_safe
from django.utils.translation import get_language_bidi

from mediation.kernel import formats

register = template.Library()

# An hour, hours from one to another, a telephone number: figures and what stands between them.
FIGURES = re.compile(r"(\d(?:[\d:.,\u00a0\u202f ]*\d)?)")


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


@register.filter
def isolated(text: Any) -> str:
    """Return a text whose figures, "14:30" or "05 36 49 00 00", keep their order where one reads from right to left.

    What is marked up already stays as it is.
    """
    if not text or isinstance(text, SafeData) or not get_language_bidi():
        return text
    parts = FIGURES.split(str(text))
    marked = (
        format_html("<bdi>{}</bdi>", part) if at % 2 else conditional_escape(part) for at, part in enumerate(parts)
    )
    return mark_safe("".join(marked))  # noqa: S308 — each part is escaped above
