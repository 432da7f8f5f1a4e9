"""Template filters over mediation.kernel.formats, available in every template without a load tag."""

from typing import Any

from django import template

from mediation.kernel import formats

register = template.Library()

for name in ("short_day", "long_day", "hour", "moment", "duration", "number", "phone", "reference"):

    def _or_empty(value: Any, format_value: Any = getattr(formats, name)) -> str:
        return "" if value in (None, "") else format_value(value)

    register.filter(name, _or_empty)


@register.filter
def long_day_year(value: Any) -> str:
    """Return "mardi 3 décembre 2026"."""
    return formats.long_day(value, year=True) if value else ""
