"""Pages of accounts that are not allauth's."""

from django.http import Http404, HttpRequest, HttpResponse

from mediation.kernel.access import anyone, open_to


@open_to(anyone)
def not_offered(request: HttpRequest, key: str = "") -> HttpResponse:
    """Answer that there is no such page: an administrator gives accounts and changes their addresses.

    The names must exist, because allauth's own pages ask for them.
    """
    raise Http404
