"""« Bilan » of the queues: how many came without an appointment, how long they waited, and whom nobody received."""

import datetime as dt
import re

import pytest
from django.urls import reverse
from django.utils import timezone

from helpdesk.models import Ticket
from helpdesk.selectors import Slot
from helpdesk.services import book, queue, report
from mediation.accounts.actor import Actor
from mediation.activity.enums import PlaceKind, Theme
from mediation.activity.services import Person, log_individual
from tests.cast import at

pytestmark = pytest.mark.usefixtures("now")


@pytest.fixture
def site(cast):
    """Tuesday 9:00: Amina receives at Empalot until noon, with and without appointment."""
    cast.opening.takes_tickets = True
    cast.opening.save()
    return cast.empalot


def test_the_day_s_figures(cast, site, sign_in, now):
    by = Actor.at_desk(cast.amina)
    for _number in range(4):
        queue.take_ticket(site=site, by=by)
    now.shift(dt.timedelta(minutes=10))
    first = queue.call_next(site=site, mediator=cast.amina_mediator, by=by)
    now.shift(dt.timedelta(minutes=20))
    queue.end_ticket(ticket=first, by=by)
    second = queue.call_next(site=site, mediator=cast.amina_mediator, by=by)
    queue.no_answer(ticket=second, by=by)
    queue.leave(ticket=Ticket.objects.get(number=3), by=by)
    queue.turn_away(site=site, by=by)
    for who in ("amina", "claire", "sofia"):
        html = sign_in(getattr(cast, who)).get(reverse("helpdesk:queue_counts")).content.decode()
        cells = re.findall(r"<td[^>]*>\s*<div>\s*(.*?)\s*</div>", html, re.DOTALL)
        assert cells == ["Médiathèque Empalot", "4", "1", "0", "0", "1", "1", "10\u00a0min", "20\u00a0min"]
    assert "Aucune file" in sign_in(cast.paul).get(reverse("helpdesk:queue_counts")).content.decode()


def received(cast, **what):
    """Log that Amina helped somebody at Empalot today."""
    known = {"mediator": cast.amina_mediator, "day": timezone.localdate(), "site": cast.empalot, "duration_minutes": 15}
    people, by = [Person(beneficiary=cast.lucette)], Actor.at_desk(cast.amina)
    return log_individual(**{**known, "themes": [Theme.ADMIN], "people": people, "by": by, **what})


def test_who_was_received_without_a_ticket_has_a_figure_of_their_own(cast, site, sign_in, now):
    by = Actor.at_desk(cast.amina)
    with_ticket = queue.take_ticket(site=site, by=by)
    now.shift(dt.timedelta(minutes=10))
    queue.arrive(ticket=queue.call_next(site=site, mediator=cast.amina_mediator, by=by), by=by)
    now.shift(dt.timedelta(minutes=20))
    queue.report_ticket(
        ticket=with_ticket, by=by, people=[Person(beneficiary=cast.lucette)], themes=[Theme.ADMIN], duration_minutes=20
    )
    directly = queue.take_directly(site=site, mediator=cast.amina_mediator, by=by)
    now.shift(dt.timedelta(minutes=30))
    queue.report_ticket(
        ticket=directly, by=by, people=[Person(beneficiary=cast.lucette)], themes=[Theme.ADMIN], duration_minutes=30
    )
    # Only written down: nobody touched the queue. At home, by telephone and yesterday is not here and today.
    received(cast)
    received(cast, place_kind=PlaceKind.HOME)
    received(cast, day=timezone.localdate() - dt.timedelta(days=1))
    slot = Slot(at(11), at(11, 30), cast.amina_mediator, site, cast.admin_help)
    booked = book(slot=slot, people=[cast.lucette], by=by)
    report(appointment=booked, by=by)
    html = sign_in(cast.claire).get(reverse("helpdesk:queue_counts")).content.decode()
    cells = re.findall(r"<td[^>]*>\s*<div>\s*(.*?)\s*</div>", html, re.DOTALL)
    assert cells == ["Médiathèque Empalot", "1", "1", "2", "0", "0", "0", "10\u00a0min", "25\u00a0min"]
    assert "Sans ticket" in html


def test_the_month_s_figures_begin_on_the_first(cast, site, sign_in, now):
    now.move_to(at(9, days=7))
    queue.take_ticket(site=site, by=Actor.at_desk(cast.claire))
    now.move_to(at(9, days=14))
    html = sign_in(cast.claire).get(f"{reverse('helpdesk:queue_counts')}?periode=mois").content.decode()
    assert "<div>1</div>" in html
