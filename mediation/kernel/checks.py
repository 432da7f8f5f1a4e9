"""What would go wrong silently later stops at start-up."""

from typing import Any

from django.apps import apps
from django.core.checks import CheckMessage, Error, register


@register
def sites_label_is_ours(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    """Refuse django.contrib.sites: its label is the one of our places."""
    if apps.is_installed("django.contrib.sites"):
        return [Error("django.contrib.sites cannot be installed: our app of places has its label.", id="kernel.E001")]
    return []
