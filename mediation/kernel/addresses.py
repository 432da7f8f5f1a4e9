"""Addresses as others need them: whole, as one copies them from paper, or to come back to."""

from django.conf import settings
from django.http import HttpRequest
from django.utils.http import url_has_allowed_host_and_scheme


def whole(request: HttpRequest, path: str) -> str:
    """Return ``path`` with the address of this service, as people outside know it."""
    return f"{settings.PUBLIC_URL or f'{request.scheme}://{request.get_host()}'}{path}"


def copied_down(url: str) -> str:
    """Return an address as people copy it from paper: "relais.example.org/toulouse"."""
    return url.partition("://")[2].rstrip("/")


def address_to_return_to(request: HttpRequest) -> str:
    """Return the page the gesture was made on (``next``), or nothing where it is not one of ours."""
    back = request.POST.get("next", "")
    # From the root: "redirect" takes a word without a slash for the name of a page.
    is_ours = back.startswith("/") and url_has_allowed_host_and_scheme(back, allowed_hosts={request.get_host()})
    return back if is_ours else ""
