"""Pages that are the same for everybody, written twice a minute rather than for each visitor."""

from collections.abc import Callable
from functools import wraps
from hashlib import sha256
from typing import Any

from django.conf import settings
from django.core.cache.backends.locmem import LocMemCache
from django.http import HttpRequest, HttpResponse

# A page may say what was remembered half a minute before (web/selectors/memory.py): nothing is older than a minute.
SECONDS = 30
# What other caches are told: browsers, and whatever stands before us.
MOST_SECONDS = 60
# In this process's own memory, some fifteen megabytes at most: the cache of the settings is a table of the database.
WRITTEN = LocMemCache("pages", {"TIMEOUT": SECONDS, "MAX_ENTRIES": 300})


def written_for_everybody(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Answer with what was written for this very address within the last half-minute.

    Whoever brings a cookie has begun something, or works here: their page is written for them. The language stands in
    the address. Nothing that is decided (a booking) reads from here.
    """

    @wraps(view)
    def kept(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if request.method != "GET" or request.COOKIES or settings.DEBUG:
            return view(request, *args, **kwargs)
        # Hashed: an address may be longer than a key, and hold what a key may not.
        key = sha256(request.build_absolute_uri().encode()).hexdigest()
        if (written := WRITTEN.get(key)) is not None:
            return HttpResponse(written)
        response = view(request, *args, **kwargs)
        if response.status_code == 200 and not response.cookies:
            WRITTEN.set(key, response.content)
        return response

    return kept
