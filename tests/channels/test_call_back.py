"""« Rappelez-moi »: asked without account and without JavaScript, acknowledged honestly, found again by its number."""

import re
import uuid

import pytest
from django.urls import reverse

from directory.models import Beneficiary, Membership
from helpdesk import services
from helpdesk.enums import CallResult, Cause, DayPart, Outcome
from helpdesk.models import HelpRequest
from mediation.accounts.actor import Actor, Door
from mediation.channels import attempts
from mediation.messaging.models import Message
from tests.cast import at

PERSON = {"phone": "06 39 98 00 88", "first_name": "Odette", "note": "Un courrier de la CAF"}


@pytest.fixture
def ask(client, cast, now):
    """Return a function that sends the last form; it is 11:00, the library of the front desk is open."""
    now.move_to(at(11))

    def _ask(query: str = "", **changes):
        return client.post(reverse("web:call_back_who") + query, {**PERSON, **changes}, follow=True)

    return _ask


def answers(page) -> list[str]:
    html = page.content.decode()
    return [link.replace("&amp;", "&") for link in re.findall(r'<a class="answer"\s+href="([^"]+)"', html)]


def test_asked_step_by_step(client, cast, now):
    now.move_to(at(11))
    assert reverse("web:call_back") in client.get(reverse("web:home")).content.decode()
    page = client.get(reverse("web:call_back"))
    page = client.get(next(link for link in answers(page) if str(cast.admin_help.uid) in link))
    page = client.get(next(link for link in answers(page) if "morning" in link))
    address = re.search(r'action="(/rappelez-moi/[^"]+)"', page.content.decode()).group(1).replace("&amp;", "&")
    key = re.search(r'name="key" value="([^"]+)"', page.content.decode()).group(1)
    assert not client.cookies

    text = client.post(address, {**PERSON, "key": key}, follow=True).content.decode()

    request = HelpRequest.objects.get()
    assert (request.cause, request.reason, request.best_time) == (Cause.CALL_BACK, cast.admin_help, DayPart.MORNING)
    assert (request.organisation, request.asked_through) == (cast.mairie, Door.WEB)
    assert (request.note, str(request.beneficiary)) == ("Un courrier de la CAF", "Odette")
    assert request.spoken_reference in text
    assert request.code in text
    assert "Au plus tard le jeudi 3 décembre" in text
    assert Message.objects.filter(beneficiary=request.beneficiary).exists()


@pytest.mark.parametrize(
    ("hour", "query", "cause"),
    [
        (11, "", Cause.CALL_BACK),
        (22, "", Cause.OUT_OF_HOURS),
        (11, "?no_slot=1", Cause.NO_SLOT),
        (22, "?no_slot=1", Cause.NO_SLOT),
    ],
)
def test_why_is_known_from_where_and_when(ask, now, hour, query, cause):
    now.move_to(at(hour))
    ask(query)
    assert HelpRequest.objects.get().cause == cause


def test_office_hours_stand_in_for_unknown_hours(ask, cast, now):
    cast.empalot.opening_hours = ""
    cast.empalot.save()
    ask()
    now.move_to(at(11, days=5))  # a Sunday
    ask(phone="06 39 98 00 89")
    assert list(HelpRequest.objects.order_by("pk").values_list("cause", flat=True)) == ["call_back", "out_of_hours"]


def test_the_same_form_sent_twice_asks_once(ask):
    key = str(uuid.uuid4())
    ask(key=key)
    ask(key=key)
    assert HelpRequest.objects.count() == 1
    assert Beneficiary.objects.filter(first_name="Odette").count() == 1


@pytest.mark.parametrize(
    ("said", "answer"),
    [
        ({"phone": "06 12"}, "n’est pas complet"),
        ({"phone": ""}, "dites comment vous joindre autrement"),
        ({"note": "2 48 05 31 555 123 45"}, "sécurité sociale"),
        ({"phone": "", "otherwise": "248053155512345"}, "sécurité sociale"),
        ({"note": "x" * 161}, "160"),
    ],
)
def test_what_cannot_be_kept_is_said_and_nothing_lost(ask, said, answer):
    html = ask(**said).content.decode()
    assert answer in html
    assert 'value="Odette"' in html
    assert not HelpRequest.objects.exists()
    assert not Beneficiary.objects.filter(first_name="Odette").exists()


def test_somebody_without_telephone_says_how_to_answer(ask):
    ask(phone="", otherwise="odette@example.org")
    ask(phone="", otherwise="Ma fille Anne, 06 39 98 00 91", first_name="", note="")
    first, second = HelpRequest.objects.order_by("pk")
    assert (first.beneficiary.email, first.note) == ("odette@example.org", "Un courrier de la CAF")
    assert second.note == "Ma fille Anne, 06 39 98 00 91"


def test_nobody_changes_the_address_of_a_file_by_typing_its_name_and_number(ask, cast):
    cast.lucette.email = "lucette@example.org"
    cast.lucette.save()
    ask(first_name="Lucette Fabré", phone="06 39 98 00 01", otherwise="quelquun@example.org")
    request = HelpRequest.objects.get()
    assert request.beneficiary == cast.lucette
    assert request.beneficiary.email == "lucette@example.org"
    assert request.note == "quelquun@example.org · Un courrier de la CAF"


def test_an_address_that_no_longer_exists_is_no_answer(ask):
    ask("?need=1234&when=midi")
    request = HelpRequest.objects.get()
    assert (request.reason, request.best_time) == (None, "")


def test_a_program_and_too_many_are_sent_to_the_telephone(ask, cast):
    assert ask(website="http://example.org").status_code == 429
    assert not HelpRequest.objects.exists()
    for _number in range(attempts.BOOKINGS_PER_NUMBER):
        ask()
    page = ask()
    assert page.status_code == 429
    assert "05 36 49 00 00" in page.content.decode()
    assert HelpRequest.objects.count() == attempts.BOOKINGS_PER_NUMBER


def test_without_any_front_desk_the_telephone_remains(ask, cast):
    Membership.objects.filter(user=cast.claire).delete()
    assert "Appelez-nous" in ask().content.decode()
    assert not HelpRequest.objects.exists()


def test_nothing_that_suits_leads_here(client, cast, now):
    page = client.get(reverse("web:book_time"), {"need": cast.admin_help.uid}).content.decode()
    assert f"no_slot=1&amp;need={cast.admin_help.uid}" in page
    cast.opening.delete()
    cast.partner_opening.delete()
    page = client.get(reverse("web:book_time"), {"need": cast.admin_help.uid}).content.decode()
    assert f"no_slot=1&amp;need={cast.admin_help.uid}" in page


def test_found_again_by_its_number(ask, client, cast):
    ask()
    # The page that reads it has an address in each language.
    assert client.cookies["rappel"]["path"] == "/"
    request = HelpRequest.objects.get()
    client.get(reverse("web:call_back_leave"))
    assert client.get(reverse("web:call_back_done")).status_code == 302
    find = {"reference": request.spoken_reference, "secret": "0088"}
    by = Actor.at_desk(cast.claire)
    services.note_call(request=request, result=CallResult.NO_ANSWER, by=by, note="Absente")
    page = client.post(reverse("web:appointment"), find, follow=True).content.decode()
    assert "Nous essayons de vous joindre" in page
    assert "Absente" not in page
    services.close_request(request=request, outcome=Outcome.UNREACHABLE, by=by)
    assert client.cookies["rappel"].value
    assert "refaites une demande" in client.get(reverse("web:call_back_done")).content.decode()
    assert not client.cookies["rappel"].value, "once it is told what became of it, nothing stays"
    assert "ne trouvons pas" in client.post(reverse("web:appointment"), {**find, "secret": "9999"}).content.decode()
