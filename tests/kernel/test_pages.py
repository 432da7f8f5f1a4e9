"""Pages written twice a minute: for everybody who brings nothing, and for nobody else."""

from itertools import count

import pytest
from django.http import HttpResponse

from mediation.kernel.pages import written_for_everybody


@pytest.fixture
def ask(rf, now):
    """Ask a view that counts how often it writes."""
    numbers = count(1)

    @written_for_everybody
    def view(request):
        status = 404 if "absent" in request.path else 200
        response = HttpResponse(f"{next(numbers)}", status=status)
        if "cookie" in request.path:
            response.set_cookie("a", "b")
        return response

    def asked(path="/lieux/", *, method="get", cookie="", **headers):
        request = getattr(rf, method)(path, headers=headers)
        request.COOKIES = {"sessionid": cookie} if cookie else {}
        return int(view(request).content)

    return asked


def test_an_address_is_written_twice_a_minute(ask, now):
    assert [ask(), ask()] == [1, 1]
    now.shift(29)
    assert ask() == 1
    now.shift(2)
    assert ask() == 2


def test_each_address_is_its_own_page(ask):
    assert [ask("/lieux/"), ask("/ar/lieux/"), ask("/lieux/?page=2"), ask("/lieux/", host="localhost")] == [1, 2, 3, 4]


def test_whoever_brings_a_cookie_gets_their_own(ask):
    assert [ask(), ask(cookie="x"), ask(cookie="x"), ask()] == [1, 2, 3, 1]


def test_what_is_sent_is_answered_each_time(ask):
    assert [ask(method="post"), ask(method="post")] == [1, 2]


@pytest.mark.parametrize("path", ["/absent/", "/cookie/"])
def test_what_is_no_page_for_everybody_is_not_kept(ask, path):
    assert [ask(path), ask(path)] == [1, 2]


def test_developers_see_what_they_write(ask, settings):
    settings.DEBUG = True
    assert [ask(), ask()] == [1, 2]
