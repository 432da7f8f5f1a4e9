"""A tag that tells search engines what a page is about."""

import json
from typing import Any

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

register = template.Library()
# What people wrote may hold "</script>": in JSON these signs have another spelling.
SPELT = str.maketrans({">": "\\u003E", "<": "\\u003C", "&": "\\u0026"})


@register.simple_tag
def structured_data(data: dict[str, Any] | list[dict[str, Any]]) -> SafeString:
    """Write schema.org data (JSON-LD). A block of data is no script: the content policy lets it be."""
    spelt = json.dumps(data, ensure_ascii=False).translate(SPELT)
    return format_html('<script type="application/ld+json">{}</script>', mark_safe(spelt))  # noqa: S308 — spelt above
