"""Every view says who may open it; a view that says nothing is closed."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.utils.cache import patch_cache_control

Rule = Callable[[Any], bool]


def anyone(user: Any) -> bool:
    """Residents without account, and everybody else."""
    return True


def signed_in(user: Any) -> bool:
    """Anybody with an account, whatever their role."""
    return bool(user.is_authenticated)


def open_to(*rules: Rule) -> Callable[[Callable[..., HttpResponse]], Callable[..., HttpResponse]]:
    """Declare who may open a view: whoever satisfies one of ``rules`` (predicates over the user).

    Others are sent to sign in, or get the 403 page where they are signed in already.
    """

    def declare(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
        @wraps(view)
        def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            return view(request, *args, **kwargs)

        guarded.open_to = rules  # type: ignore[attr-defined]
        return guarded

    return declare


class AccessMiddleware:
    """Check each view's declaration before it runs; refuse views without one."""

    # Views of libraries cannot carry our decorator: sign-in pages and static files.
    OPEN_MODULES = ("allauth.account.", "django.contrib.staticfiles.", "django.views.static")

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Keep what only agents see out of every cache: the next one at this computer finds nothing by going back."""
        response = self.get_response(request)
        if getattr(request, "is_for_agents", False):
            patch_cache_control(response, private=True, no_store=True)
        return response

    def process_view(
        self, request: HttpRequest, view: Callable[..., HttpResponse], args: Any, kwargs: Any
    ) -> HttpResponse | None:
        if view.__module__.startswith(self.OPEN_MODULES):
            return None
        rules = getattr(view, "open_to", ())
        if anyone in rules:
            return None
        request.is_for_agents = True  # type: ignore[attr-defined]
        if not request.user.is_authenticated:
            return redirect_to_login(request.get_full_path())
        if any(rule(request.user) for rule in rules):
            return None
        raise PermissionDenied
