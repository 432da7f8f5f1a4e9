"""Addresses as others need them: whole, or as one copies them from paper."""

from django.conf import settings
from django.http import HttpRequest


def whole(request: HttpRequest, path: str) -> str:
    """Return ``path`` with the address of this service, as people outside know it."""
    return f"{settings.PUBLIC_URL or f'{request.scheme}://{request.get_host()}'}{path}"


def copied_down(url: str) -> str:
    """Return an address as people copy it from paper: "relais.example.org/toulouse"."""
    return url.partition("://")[2].rstrip("/")
