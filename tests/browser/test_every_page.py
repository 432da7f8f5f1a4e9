"""Every page, listed from the URL configuration: opened by every role, read by axe in every state of it."""

import logging
import re
from collections.abc import Iterable
from itertools import islice

import pytest
from django.contrib.auth.models import AnonymousUser
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import resolve

from directory.models import Beneficiary
from helpdesk.models import OpeningPeriod, Reason
from mediation.activity.models import Demarche
from mediation.kernel.access import AccessMiddleware
from mediation.kernel.views import failed, too_often
from mediation.territory.models import Quartier
from sites.models import Site
from tests.browser.conftest import DESKTOP, KIOSK, PHONE
from tests.browser.pages import Page, bare_pages, pages
from tests.browser.reader import Reader, client_with
from tests.browser.world import ROLES, VISITORS, cookies_of_roles, make_world
from tests.cast import Cast, make_cast

HTML = "text/html"
# Addresses that show nothing of their own: they lead to another page.
LEADS_ELSEWHERE = {
    "account_set_password",  # for an account without password; none has
    "desk:start",
    "favicon",
    "web:appointment_leave",
    "web:call_back_leave",
}
# allauth asks for these names; there is no page behind them.
NOT_OFFERED = {
    "account_confirm_email",
    "account_confirm_login_code",
    "account_email",
    "account_email_verification_sent",
    "account_signup",
}
# No worker runs here, no message has been sent, nobody recorded the voice: the first says 503, the others 404.
NEEDS_MORE = {"messaging:worker_health", "messaging:log", "voice:recording"}
# Words and marks that a French page shows only where something was forgotten.
LEFTOVERS = re.compile(
    r"\b(None|True|False|NaN|undefined|Submit|Sign (?:in|out|up|In|Out|Up)|Password|Search|Save|Delete|Cancel|Log out"
    r"|This field|required|Please|Unknown|No results|Previous|Next|Django|object \(\d+\))\b|\{\{|\{%|%\(\w+\)[sd]"
)
# In parts, so that each core reads some: it is the longest test of all.
PARTS = 4


@pytest.fixture(autouse=True)
def no_memory(settings, tmp_path, caplog) -> None:
    """Count no attempts from one page to the next, and log no refusal: they are what is tested."""
    caplog.set_level(logging.CRITICAL, logger="django.request")
    settings.CACHES = {"default": {"BACKEND": "django.core.cache.backends.dummy.DummyCache"}}
    settings.MESSAGES_LOG = tmp_path / "messages.log"
    # Pages say the most where the city has named its relay service.
    settings.NETWORK_RELAY_URL = "https://relais.example.org/toulouse/"


def open_as(cookies: dict[str, str], page: Page) -> HttpResponse:
    """Return what somebody with these cookies gets; an exception is what the page shows then: an error."""
    return client_with(cookies).get(page.url, follow=page.follows)


def may_open(visitor: str, cast: Cast, page: Page) -> bool:
    """Say whether the page is declared open to this role."""
    view = resolve(page.url.partition("?")[0]).func
    if view.__module__.startswith(AccessMiddleware.OPEN_MODULES):
        return True
    user = getattr(cast, visitor, None)
    return any(rule(user) for rule in view.open_to if user or rule.__name__ == "anyone")


def is_turned_away(response: HttpResponse) -> bool:
    """Say whether it is the page that says no, or the one that asks to sign in."""
    return response.status_code == 403 or (response.status_code == 302 and "/compte/login/" in response.url)


def problems_of_answer(name: str, response: HttpResponse) -> Iterable[str]:
    """Yield what is wrong with one answer, whoever asked."""
    if response.status_code >= 500 and name not in NEEDS_MORE:
        yield f"error {response.status_code}"
    if response.status_code == 200 and response["Content-Type"].startswith(HTML):
        text = re.sub(r"<(script|style)\b.*?</\1>|<[^>]*>", " ", response.content.decode(), flags=re.DOTALL)
        if leftover := LEFTOVERS.search(text):
            start = max(0, leftover.start() - 40)
            yield f"says “{' '.join(text[start : leftover.end() + 40].split())}”"


@pytest.mark.thorough
def test_every_page_answers_every_role_as_declared(db, now):
    """Who may not open a page is turned away; who may gets it, or a word about the one row that is not theirs."""
    world = make_world(make_cast())
    problems = []
    for page in pages(world):
        # The link of a message signs out whoever else is signed in.
        visitors = ("nobody",) if page.follows else VISITORS
        answers = {visitor: open_as(world.cookies[visitor], page) for visitor in visitors}
        for visitor, answer in answers.items():
            problems += [f"{page.name}, {visitor}: {problem}" for problem in problems_of_answer(page.name, answer)]
            if visitor in ROLES and not may_open(visitor, world.cast, page) and not is_turned_away(answer):
                problems.append(f"{page.name}, {visitor}: not turned away, but {answer.status_code}")
        name = page.name.split()[0]
        shown = any(answer.status_code == 200 for answer in answers.values())
        if not shown and name not in LEADS_ELSEWHERE | NOT_OFFERED | NEEDS_MORE:
            problems.append(f"{page.name}: shown to nobody, { ({v: a.status_code for v, a in answers.items()}) }")
    assert not problems, "\n".join(problems)


@pytest.mark.thorough
def test_pages_without_rows_answer_in_an_empty_city(db, now):
    """On the first day there are accounts and organisations, and every list says what to do next."""
    cast = make_cast()
    make_empty()
    problems = []
    for visitor, cookies in cookies_of_roles(cast).items():
        for page in bare_pages():
            answer = open_as(cookies, page)
            problems += [f"{page.name}, {visitor}: {problem}" for problem in problems_of_answer(page.name, answer)]
    assert not problems, "\n".join(problems)


def make_empty() -> None:
    """Leave accounts, organisations and mediators only."""
    OpeningPeriod.objects.all().delete()
    for model in (Reason, Site, Demarche, Beneficiary, Quartier):
        model.objects.all().delete()


@pytest.fixture
def reader(browser, live_server):
    """Chromium in front of the application."""
    reader = Reader(browser, live_server.url)
    yield reader
    reader.close()


def first_who_sees(page: Page, cookies: dict[str, dict[str, str]], *, holding: bytes = b"<html") -> str | None:
    """Return the first visitor who is shown this page, where it is a whole one that holds these marks."""
    for visitor in cookies:
        answer = open_as(cookies[visitor], page)
        if answer.status_code == 200:
            return visitor if answer["Content-Type"].startswith(HTML) and holding in answer.content else None
    return None


@pytest.mark.django_db(transaction=True)
@pytest.mark.thorough
@pytest.mark.drawn
@pytest.mark.parametrize("part", range(PARTS))
def test_every_page_reads_well_on_a_desktop_and_a_phone(reader, now, part):
    """Axe finds nothing, nothing sticks out of the screen, and every page has a title and one heading.

    Everything is unfolded, in the dark, with larger text, and after a form was sent empty, too.
    """
    world = make_world(make_cast())
    problems = []
    for page in islice(pages(world), part, None, PARTS):
        if visitor := first_who_sees(page, world.cookies):
            cookies = world.cookies[visitor]
            sizes = (KIOSK,) if visitor.startswith("kiosk") else (DESKTOP, PHONE)
            tab = reader.tab(visitor, cookies)
            found = [*reader.read(tab, page.url, sizes), *reader.read_mistakes(tab, cookies, sizes[-1])]
            problems += [f"{page.name}, {visitor}: {problem}" for problem in found]
    assert not problems, "\n".join(problems)


@pytest.mark.django_db(transaction=True)
@pytest.mark.thorough
@pytest.mark.drawn
def test_empty_pages_read_well_on_a_phone(reader, now):
    """The same where nothing has been written yet, and a page says what to do next."""
    cast = make_cast()
    make_empty()
    cookies = cookies_of_roles(cast)
    problems = []
    for page in bare_pages():
        if visitor := first_who_sees(page, cookies, holding=b'class="empty-state'):
            tab = reader.tab(visitor, cookies[visitor])
            problems += [f"{page.name}, {visitor}: {problem}" for problem in reader.read(tab, page.url, (PHONE,))]
    assert not problems, "\n".join(problems)


@pytest.mark.django_db(transaction=True)
@pytest.mark.thorough
@pytest.mark.drawn
def test_pages_that_say_no_read_well_on_a_phone(reader, now, rf):
    """What stands there instead of a page: not found, not yours, not understood, too often, failed."""
    request = rf.get("/")
    request.user = AnonymousUser()
    answers = [failed(request), too_often(request, wait=120)]
    answers += [render(request, f"{status}.html", status=status) for status in (400, 403, 404)]
    tab = reader.tab("nobody", {})
    tab.goto("/")
    problems = [f"{a.status_code}: {problem}" for a in answers for problem in reader.read_answer(tab, a, PHONE)]
    assert not problems, "\n".join(problems)
