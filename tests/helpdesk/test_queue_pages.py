"""The queue's pages: the desk's, the mediator's, the waiting room's, the ticket."""

import datetime as dt
import re

import pytest
from django.urls import reverse

from directory.enums import Source
from directory.models import Mediator
from helpdesk.enums import TicketState
from helpdesk.models import DropIn, OpeningPeriod, Ticket
from helpdesk.selectors import Slot
from helpdesk.services import book, queue
from mediation.accounts.actor import Actor
from mediation.activity.enums import Theme
from mediation.activity.models import Activity, DeclaredSource
from tests.cast import TODAY, at

pytestmark = pytest.mark.usefixtures("now")
HTMX = {"HX-Request": "true"}


@pytest.fixture
def site(cast):
    """Tuesday 9:00: Amina receives at Empalot until noon, with and without appointment."""
    cast.opening.takes_tickets = True
    cast.opening.save()
    return cast.empalot


@pytest.fixture
def ticket(cast, site) -> Ticket:
    return queue.take_ticket(site=site, by=Actor.at_desk(cast.claire))


def page_of(site) -> str:
    return reverse("helpdesk:queue", args=[site.uid])


def give(client, site, kind="plain", **said):
    return client.post(reverse("helpdesk:queue_give", args=[site.uid]), {"kind": kind, "page": "queue", **said})


def step(client, ticket, name, page="today", **kwargs):
    return client.post(reverse("helpdesk:ticket_step", args=[ticket.uid, name]), {"page": page}, **kwargs)


def call(client, site, mediator, **said):
    address = reverse("helpdesk:queue_call", args=[site.uid])
    return client.post(address, {"mediator": str(mediator.uid), "page": "today", **said})


def test_the_desk_gives_a_ticket_in_one_gesture_and_reads_the_number(cast, site, sign_in):
    client = sign_in(cast.claire)
    html = client.get(give(client, site).url).content.decode()
    assert re.search(r"Donnez le numéro\s*<strong>1</strong>", html)
    assert Ticket.objects.get().is_priority is False
    html = client.get(give(client, site, "priority").url).content.decode()
    assert "prioritaire" in html
    assert reverse("helpdesk:ticket", args=[Ticket.objects.get(number=2).uid]) in html


def test_htmx_gets_the_queue_alone_with_the_ticket_kept_by_the_next_refresh(cast, site, sign_in):
    client = sign_in(cast.claire)
    address = reverse("helpdesk:queue_give", args=[site.uid])
    html = client.post(address, {"kind": "plain", "page": "queue"}, headers=HTMX).content.decode()
    assert "<html" not in html
    assert f"?donne={Ticket.objects.get().uid}" in html
    again = client.get(f"{page_of(site)}?donne={Ticket.objects.get().uid}", headers=HTMX).content.decode()
    assert "Donnez le numéro" in again


def test_whoever_has_one_place_goes_there_at_once_and_nobody_else_s(cast, site, sign_in):
    assert sign_in(cast.claire).get(reverse("helpdesk:queues")).url == page_of(site)
    client = sign_in(cast.paul)
    assert "Aucun de vos lieux" in client.get(reverse("helpdesk:queues")).content.decode()
    assert client.get(page_of(site)).status_code == 404
    assert give(client, site).status_code == 404
    assert call(client, site, cast.paul_mediator).status_code == 404


def test_another_organisation_touches_no_ticket(cast, ticket, sign_in):
    client = sign_in(cast.paul)
    assert step(client, ticket, "parti").status_code == 404
    assert client.get(reverse("helpdesk:ticket", args=[ticket.uid])).status_code == 404
    assert client.get(reverse("helpdesk:ticket_report", args=[ticket.uid])).status_code == 404


def test_nobody_calls_for_a_mediator_of_another_organisation(cast, ticket, site, sign_in):
    assert call(sign_in(cast.claire), site, cast.paul_mediator).status_code == 404
    address = reverse("helpdesk:queue_call", args=[site.uid])
    assert sign_in(cast.claire).post(address, {"mediator": "personne"}).status_code == 404


def test_closed_and_full_queues_say_so_and_count_who_leaves(cast, site, sign_in, now):
    client = sign_in(cast.claire)
    client.post(reverse("helpdesk:queue_gate", args=[site.uid, "fermer"]))
    html = client.get(page_of(site)).content.decode()
    assert "La file est fermée" in html
    assert f'href="{reverse("helpdesk:requests")}">À rappeler</a>' in html
    assert "Personne n’a été refusé aujourd’hui." in html
    client.post(reverse("helpdesk:queue_gate", args=[site.uid, "refus"]))
    client.post(reverse("helpdesk:queue_gate", args=[site.uid, "refus"]))
    client.post(reverse("helpdesk:queue_gate", args=[site.uid, "refus-en-moins"]))
    assert DropIn.objects.get().turned_away == 1
    client.post(reverse("helpdesk:queue_gate", args=[site.uid, "rouvrir"]))
    now.move_to(at(11, 50))
    assert "Ticket quand même" in client.get(page_of(site)).content.decode()
    give(client, site, although_full="1")
    assert Ticket.objects.count() == 1


@pytest.mark.parametrize(("name", "kind"), [("queue_gate", "brûler"), ("ticket_step", "effacer")])
def test_unknown_gestures_and_reads_change_nothing(cast, ticket, site, sign_in, name, kind):
    client = sign_in(cast.claire)
    uid = ticket.uid if name == "ticket_step" else site.uid
    address = reverse(f"helpdesk:{name}", args=[uid, kind])
    assert client.post(address).status_code == 404
    assert client.get(address).status_code == 405


def test_from_call_to_report_in_two_taps(cast, ticket, site, sign_in, now):
    client = sign_in(cast.amina)
    today = reverse("desk:today")
    assert "Appeler le suivant" in client.get(today).content.decode()
    assert call(client, site, cast.amina_mediator).url == today
    assert "Est venu" in client.get(today).content.decode()
    step(client, ticket, "venu")
    now.shift(dt.timedelta(minutes=25))
    report = step(client, ticket, "terminer").url
    assert report == reverse("helpdesk:ticket_report", args=[ticket.uid])
    form = client.get(report).content.decode()
    assert 'value="25"' in form
    assert "Médiathèque Empalot" in form
    sent = {"themes": Theme.ADMIN, "duration": "other", "duration_other": "25", "day": TODAY.isoformat()}
    place = re.search(r'name="place" value="(site[^"]*)"', form).group(1)
    assert client.post(report, {**sent, "place": place}).url == today
    ticket.refresh_from_db()
    assert ticket.activity == Activity.objects.get()
    assert ticket.activity.duration_minutes == 25
    assert client.get(report).url == today


def test_what_it_is_for_shows_in_the_queue_and_is_ticked_in_the_report(cast, site, sign_in):
    client = sign_in(cast.claire)
    give(client, site, reason=str(cast.admin_help.uid))
    assert "Faire une démarche avec quelqu’un ·" in client.get(page_of(site)).content.decode()
    ticket, client = Ticket.objects.get(), sign_in(cast.amina)
    call(client, site, cast.amina_mediator)
    form = client.get(step(client, ticket, "terminer").url).content.decode()
    assert re.search(r'name="themes" value="admin"[^>]*checked', form)


@pytest.mark.parametrize("reason", ["n’importe quoi", "00000000-0000-4000-8000-000000000000"])
def test_a_reason_that_is_none_costs_nobody_their_ticket(cast, site, sign_in, reason):
    give(sign_in(cast.claire), site, reason=reason)
    assert Ticket.objects.get().reason is None


def test_where_the_mediator_reports_in_la_coop_nothing_more_is_asked(cast, ticket, site, sign_in):
    DeclaredSource.objects.create(mediator=cast.amina_mediator, source=Source.COOP, starts_on=TODAY)
    client = sign_in(cast.amina)
    call(client, site, cast.amina_mediator)
    assert step(client, ticket, "terminer").url == reverse("desk:today")
    assert "à compléter" not in client.get(reverse("desk:today")).content.decode()


def test_what_was_put_off_waits_on_today(cast, ticket, site, sign_in):
    client = sign_in(cast.amina)
    call(client, site, cast.amina_mediator)
    step(client, ticket, "terminer")
    assert reverse("helpdesk:ticket_report", args=[ticket.uid]) in client.get(reverse("desk:today")).content.decode()


def test_front_desks_never_write_what_was_done(cast, ticket, site, sign_in):
    client = sign_in(cast.claire)
    call(client, site, cast.amina_mediator)
    step(client, ticket, "terminer", page="queue")
    assert client.get(reverse("helpdesk:ticket_report", args=[ticket.uid])).status_code == 403


def test_a_refused_gesture_is_said_in_words(cast, ticket, site, sign_in):
    client = sign_in(cast.amina)
    html = step(client, ticket, "venu", headers=HTMX).content.decode()
    assert "a changé entre-temps" in html
    step(client, ticket, "venu")
    assert "a changé entre-temps" in client.get(reverse("desk:today")).content.decode()


def test_taking_back_is_one_tap(cast, ticket, site, sign_in):
    client = sign_in(cast.amina)
    call(client, site, cast.amina_mediator)
    assert "Défaire" in client.get(reverse("desk:today")).content.decode()
    step(client, ticket, "defaire")
    ticket.refresh_from_db()
    assert ticket.state == TicketState.WAITING


def test_a_mediator_sends_on_to_a_colleague(cast, ticket, site, sign_in):
    lea = Mediator.objects.create(organisation=cast.mairie, first_name="Léa", last_name="Roques")
    period = {"first_day": TODAY, "start_time": dt.time(9), "end_time": dt.time(12)}
    OpeningPeriod.objects.create(mediator=lea, site=site, takes_tickets=True, **period)
    client = sign_in(cast.amina)
    call(client, site, cast.amina_mediator)
    assert "Transmettre" in client.get(reverse("desk:today")).content.decode()
    client.post(reverse("helpdesk:ticket_transfer", args=[ticket.uid]), {"to": str(lea.uid), "page": "today"})
    ticket.refresh_from_db()
    assert (ticket.state, ticket.mediator) == (TicketState.WAITING, lea)
    assert "pour Léa" in client.get(page_of(site)).content.decode()


def test_a_mediator_with_an_appointment_soon_is_warned(cast, ticket, site, sign_in, now):
    slot = Slot(at(9, 30), at(10), cast.amina_mediator, site, cast.admin_help)
    book(slot=slot, people=[cast.lucette], by=Actor.at_desk(cast.claire))
    client = sign_in(cast.amina)
    assert "Attendu ailleurs" not in client.get(reverse("desk:today")).content.decode()
    now.move_to(at(9, 15))
    assert "Attendu ailleurs à 9" in client.get(reverse("desk:today")).content.decode()


def test_the_waiting_room_shows_numbers_and_never_who_waits(cast, site, client):
    by = Actor.at_desk(cast.claire)
    queue.take_ticket(site=site, by=by, beneficiary=cast.lucette)
    queue.take_ticket(site=site, by=by, beneficiary=cast.hassan)
    queue.call_next(site=site, mediator=cast.amina_mediator, by=by)
    response = client.get(reverse("helpdesk:queue_display", args=[site.uid]))
    html = response.content.decode()
    assert "Numéro 1, c’est à vous." in html
    assert "Amina" not in html
    assert not {"Lucette", "Fabré", "Hassan", "Benali"} & set(re.findall(r"\w+", html))
    assert "no-store" in response["Cache-Control"]


def test_the_ticket_fits_a_receipt_and_says_what_happens_next(cast, ticket, sign_in):
    html = sign_in(cast.claire).get(reverse("helpdesk:ticket", args=[ticket.uid])).content.decode()
    assert "<strong>1</strong>" in html
    assert "helpdesk/ticket" in html
    assert "on vous rappelle un peu plus tard" in html


@pytest.mark.parametrize("rows", [1, 9])
@pytest.mark.parametrize(("page", "who", "queries"), [("queue", "claire", 13), ("counts", "claire", 8)])
def test_pages_cost_the_same_for_one_or_nine_tickets(
    cast, site, sign_in, rows, page, who, queries, django_assert_max_num_queries
):
    for _number in range(rows):
        queue.take_ticket(site=site, by=Actor.at_desk(cast.claire))
    client = sign_in(getattr(cast, who))
    with django_assert_max_num_queries(queries):
        client.get(page_of(site) if page == "queue" else reverse("helpdesk:queue_counts"))
