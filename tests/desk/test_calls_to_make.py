"""Who waits for a call, at the desk and on a mediator's day."""

from django.urls import reverse

from directory.enums import Channel
from directory.services import link
from helpdesk.enums import Cause
from helpdesk.models import Appointment
from helpdesk.selectors import Slot
from helpdesk.services import ask_for_help, book, mark_no_show
from mediation.accounts.actor import Actor
from tests.cast import TODAY, at


def test_it_says_how_many_wait_for_a_call_and_leads_to_them(cast, now, sign_in):
    by = Actor.at_desk(cast.claire)
    ask_for_help(beneficiary=cast.lucette, organisation=cast.mairie, cause=Cause.CALL_BACK, by=by)
    ask_for_help(beneficiary=cast.hassan, organisation=cast.partner, cause=Cause.CALL_BACK, by=by)
    html = sign_in(cast.claire).get(reverse("desk:front_desk")).content.decode()
    assert "1 personne à rappeler" in html
    assert "1 personne à rappeler" in sign_in(cast.amina).get(reverse("desk:today")).content.decode()


def test_the_list_of_calls_leads_here_with_who_and_what(cast, now, sign_in):
    query = {"personne": cast.lucette.uid, "motif": cast.admin_help.uid}
    page = sign_in(cast.claire).get(reverse("desk:front_desk"), query)
    assert "Lucette Fabré" in page.content.decode()
    assert page.context["call"].need_form["reason"].value() == str(cast.admin_help.uid)


def missed_twice(cast, now) -> Appointment:
    """Lucette did not come this morning, twice; return the second appointment."""
    by = Actor.at_desk(cast.claire)
    for hour in (9, 10):
        slot = Slot(at(hour, 30), at(hour + 1), cast.amina_mediator, cast.empalot, cast.admin_help)
        booked = book(slot=slot, people=[cast.lucette], by=by)
        now.move_to(at(hour, 50))
        mark_no_show(attendee=booked.attendees.get(), by=by)
    return booked


def test_whoever_misses_often_is_called_from_now_on(cast, now, sign_in):
    booked = missed_twice(cast, now)
    client, address = sign_in(cast.claire), f"{reverse('desk:front_desk')}?personne={cast.lucette.uid}"
    assert "2 rendez-vous manqués en un an : appelez" in client.get(address).content.decode()
    answer = client.post(reverse("helpdesk:prefer_call", args=[cast.lucette.uid]), {"next": address})
    assert answer.url == address
    assert "manqués" not in client.get(address).content.decode()
    sheet = sign_in(cast.amina).get(reverse("helpdesk:appointment", args=[booked.uid])).content.decode()
    assert "2 rendez-vous manqués en un an" in sheet


def test_the_persons_page_suggests_to_call_and_comes_back_here(cast, now, sign_in):
    address = reverse("desk:person", args=[cast.lucette.uid])
    assert "manqué" not in sign_in(cast.claire).get(address).content.decode()
    missed_twice(cast, now)
    for who in (cast.claire, cast.amina):
        html = sign_in(who).get(address).content.decode()
        assert "2 rendez-vous manqués en un an" in html
        assert "appelez plutôt que d’envoyer un SMS" in html
    client = sign_in(cast.claire)
    answer = client.post(reverse("helpdesk:prefer_call", args=[cast.lucette.uid]), {"next": address})
    assert answer.url == address
    html = client.get(address).content.decode()
    assert "nous l’appelons déjà" in html
    assert reverse("helpdesk:prefer_call", args=[cast.lucette.uid]) not in html


def test_what_was_missed_elsewhere_is_not_told(cast, now, sign_in):
    missed_twice(cast, now)
    link(beneficiary=cast.lucette, organisation=cast.partner, on=TODAY)
    html = sign_in(cast.paul).get(reverse("desk:person", args=[cast.lucette.uid])).content.decode()
    assert "Lucette Fabré" in html
    assert "manqué" not in html


def test_nobody_is_called_who_wants_no_message(cast, now, sign_in):
    missed_twice(cast, now)
    cast.lucette.preferred_channel = Channel.NONE
    cast.lucette.save()
    html = sign_in(cast.claire).get(reverse("desk:person", args=[cast.lucette.uid])).content.decode()
    assert "2 rendez-vous manqués en un an" in html
    assert "à sa prochaine visite" in html
    assert "appelez plutôt" not in html
    assert reverse("helpdesk:prefer_call", args=[cast.lucette.uid]) not in html
