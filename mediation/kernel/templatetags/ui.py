"""Tags behind the components of templates/ui/: what a template cannot compute by itself."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from typing import Any

from django import template
from django.utils.safestring import SafeString, mark_safe

from mediation.kernel.assets import VENDOR_DIR

register = template.Library()

STATE_ICONS = {"ok": "circle-check", "warn": "triangle-alert", "stop": "octagon-x", "info": "info"}


@cache
def _drawing(name: str) -> str:
    """Return the shapes of a vendored icon, without its frame and licence comment."""
    source = (VENDOR_DIR / "lucide" / f"{name}.svg").read_text(encoding="utf-8")
    return re.sub(r"\s+", " ", re.search(r"<svg[^>]*>(.*)</svg>", source, re.DOTALL).group(1)).strip()  # type: ignore[union-attr]


@register.simple_tag
def icon(name: str) -> SafeString:
    """Draw a vendored icon in the colour of the text; it says nothing to a screen reader, the word beside it does."""
    frame = 'viewBox="0 0 24 24" fill="none" stroke="currentColor" stroke-width="2" stroke-linecap="round"'
    return mark_safe(  # noqa: S308 — the drawing is a file of ours, the name one of the template's words
        f'<svg class="icon icon-{name}" {frame} stroke-linejoin="round" aria-hidden="true" focusable="false">'
        f"{_drawing(name)}</svg>"
    )


@register.filter
def state_icon(tone: str) -> str:
    """Return the icon that gives a tone its shape: state is never colour alone."""
    return STATE_ICONS.get(tone, "circle")


@register.filter
def message_tone(level_tag: str) -> str:
    """Return the tone of one of Django's messages."""
    return {"success": "ok", "warning": "warn", "error": "stop"}.get(level_tag, "info")


@dataclass(frozen=True)
class Bar:
    """One line of a bar chart; ``value`` is None where it must not be shown."""

    label: str
    value: float | None
    width: float


@register.inclusion_tag("ui/bar_chart.html")
def bar_chart(
    bars: Iterable[tuple[str, float | None]], *, title: str, value_label: Any = "", label_heading: Any = ""
) -> dict[str, Any]:
    """Draw ``bars`` (label, value) as a table whose last column is the bar: the chart and its table are one thing."""
    pairs = list(bars)
    longest = max((value for _label, value in pairs if value), default=0)
    lines = [Bar(label, value, round(100 * value / longest, 2) if value and longest else 0) for label, value in pairs]
    return {"bars": lines, "title": title, "value_label": value_label, "label_heading": label_heading}
