"""Tags that say in which language a page is, and lead to the same page in another."""

from dataclasses import dataclass
from typing import Any

from django import template
from django.conf import settings
from django.http import HttpRequest
from django.template.defaultfilters import linebreaks_filter
from django.urls import translate_url
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import get_language, gettext

from mediation.kernel.addresses import whole
from mediation.kernel.languages import PLAIN_FRENCH, SOURCE, in_french, spoken

register = template.Library()


@dataclass(frozen=True)
class OtherLanguage:
    """The page in one language. ``tag`` is what browsers call it, plain French being French."""

    name: str
    code: str
    url: str
    is_current: bool

    @property
    def tag(self) -> str:
        """The language as screen readers know it."""
        return spoken(self.code)

    @property
    def hreflang(self) -> str:
        """The language as search engines tell it from the others."""
        return f"{self.tag}-x-simple" if self.code == PLAIN_FRENCH else self.tag

    @property
    def path(self) -> str:
        """The address without its question mark: what a page shows by itself."""
        return self.url.partition("?")[0]

    @property
    def direction(self) -> str:
        """Which way it is read."""
        return "rtl" if self.tag in settings.LANGUAGES_BIDI else "ltr"


@register.simple_tag
def spoken_language() -> str:
    """Return the language of the page, as screen readers know it."""
    return spoken()


@register.simple_tag(takes_context=True)
def languages(context: dict[str, Any]) -> list[OtherLanguage]:
    """Return the page in every language, each in its own name; nothing where it exists in French only."""
    request: HttpRequest | None = context.get("request")
    if request is None:
        return []
    # The head and the header of a page both ask.
    if not hasattr(request, "_languages"):
        request._languages = _in_every_language(request.get_full_path())  # type: ignore[attr-defined]
    return request._languages  # type: ignore[attr-defined]


def _in_every_language(here: str) -> list[OtherLanguage]:
    found = [
        OtherLanguage(name, code, translate_url(here, code), code == get_language())
        for code, name in settings.LANGUAGES
    ]
    return found if len({language.url for language in found}) > 1 else []


@register.simple_tag(takes_context=True)
def whole_address(context: dict[str, Any], path: str) -> str:
    """Return a page's address with the name of this service."""
    return whole(context["request"], path)


@register.filter
def translated(text: str) -> str:
    """Return a text of the data in the reader's language, where the catalogues know it: what the product ships.

    What a city writes itself is shown as it was written.
    """
    return gettext(text) if text else ""


@register.filter
def said(text: str) -> str:
    """Return a text of the data, name or sentence, as ``translated`` does; marked as French where a page is not.

    Then a voice reads it in French, and in a line from right to left "5 rue des Lois, 31000" keeps its order.
    """
    words = translated(text)
    return format_html('<bdi lang="{}">{}</bdi>', SOURCE, words) if _stays_french(text) else words


@register.filter
def said_lines(text: str) -> SafeString:
    """Return a text of several lines as paragraphs, marked as ``said`` does."""
    lines = linebreaks_filter(translated(text))
    return format_html('<div lang="{}" dir="ltr">{}</div>', SOURCE, lines) if _stays_french(text) else lines


def _stays_french(text: str) -> bool:
    return bool(text) and not in_french() and translated(text) == text
