"""Where operators call back. The public address is a setting: behind a proxy, requests do not tell it."""

from django.conf import settings
from django.urls import reverse


def public(name: str, *args: str) -> str:
    """Return the address of a webhook as operators know it; "" where nobody outside can reach this service."""
    return f"{settings.PUBLIC_URL}{reverse(f'webhooks:{name}', args=args)}" if settings.PUBLIC_URL else ""
