"""Tags that tell search engines what a page is about."""

import html
import json
from typing import Any

from django import template
from django.conf import settings
from django.template import Context
from django.template.loader_tags import BLOCK_CONTEXT_KEY
from django.urls import reverse
from django.utils.html import format_html, strip_tags
from django.utils.safestring import SafeString, mark_safe

from mediation.kernel.addresses import whole
from mediation.kernel.languages import spoken

register = template.Library()
# What people wrote may hold "</script>": in JSON these signs have another spelling.
SPELT = str.maketrans({">": "\\u003E", "<": "\\u003C", "&": "\\u0026"})


@register.simple_tag
def structured_data(data: dict[str, Any] | list[dict[str, Any]]) -> SafeString:
    """Write schema.org data (JSON-LD). A block of data is no script: the content policy lets it be."""
    spelt = json.dumps(data, ensure_ascii=False).translate(SPELT)
    return format_html('<script type="application/ld+json">{}</script>', mark_safe(spelt))  # noqa: S308 — spelt above


@register.simple_tag(takes_context=True)
def page_data(context: Context, kind: str) -> str:
    """Write what a page says of itself in its head as schema.org data: ``kind`` is WebPage or CollectionPage.

    Title and description are read from their blocks, so that no page says them twice. Nothing where a page is nothing
    to search for, or is drawn for nobody's request. In the page itself only, not in what it includes.
    """
    request = context.get("request")
    if request is None or _block(context, "robots") == "noindex":
        return ""
    site = {"@type": "WebSite", "name": settings.NETWORK_NAME, "url": whole(request, reverse("web:home"))}
    return structured_data(
        {
            "@context": "https://schema.org",
            "@type": kind,
            "name": _block(context, "title"),
            "description": _block(context, "description"),
            "url": whole(request, request.path),
            "inLanguage": spoken(),
            "isPartOf": site,
        }
    )


def _block(context: Context, name: str) -> str:
    """Return what a block of the page says, as plain text on one line."""
    said = context.render_context[BLOCK_CONTEXT_KEY].get_block(name).render(context)
    return " ".join(html.unescape(strip_tags(said)).split())
