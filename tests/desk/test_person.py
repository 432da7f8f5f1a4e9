"""The person's page: who opens it, what each role reads, what the journal keeps."""

import pytest
from django.urls import reverse

from directory.models import BeneficiaryLink
from directory.services import link
from helpdesk.selectors import Need, Slot, first_slots
from helpdesk.services import book, cancel
from mediation.accounts.actor import Actor
from mediation.activity.enums import Obstacle, Theme
from mediation.activity.services import Person, log_individual
from mediation.messaging.enums import MessageKind
from mediation.messaging.models import Message
from mediation.privacy.models import JournalEntry
from tests.cast import TODAY, at


def page(client, person) -> str:
    return client.get(reverse("desk:person", args=[person.uid])).content.decode()


@pytest.fixture
def helped(cast, now):
    """Amina helped Lucette with the CAF, and wrote a note about it."""
    return log_individual(
        mediator=cast.amina_mediator,
        day=TODAY,
        duration_minutes=30,
        people=[Person(beneficiary=cast.lucette)],
        themes=[Theme.ADMIN],
        demarches=[cast.caf],
        obstacles=[Obstacle.values[0]],
        site=cast.empalot,
        notes="Revient avec son avis d’impôt",
        by=Actor.at_desk(cast.amina),
    )


@pytest.mark.parametrize("who", ["claire", "amina"])
def test_every_opening_is_journaled(cast, sign_in, who):
    user = getattr(cast, who)
    client = sign_in(user)
    page(client, cast.lucette)
    page(client, cast.lucette)
    entries = JournalEntry.objects.filter(action="read", subject_uid=cast.lucette.uid, user_uid=user.uid)
    assert entries.count() == 2


@pytest.mark.parametrize("who", ["claire", "amina", "sofia", "admin"])
def test_a_partners_person_stays_theirs(cast, sign_in, who):
    answer = sign_in(getattr(cast, who)).get(reverse("desk:person", args=[cast.hassan.uid]))
    assert answer.status_code == (403 if who in ("sofia", "admin") else 404)
    assert not JournalEntry.objects.exists()


def test_the_front_desk_never_reads_notes_or_what_was_done(cast, helped, sign_in):
    html = page(sign_in(cast.claire), cast.lucette)
    for secret in ("avis d’impôt", "Ce qui a été fait", "Aide aux démarches", "CAF", str(Obstacle.labels[0])):
        assert secret not in html
    html = page(sign_in(cast.amina), cast.lucette)
    for known in ("Ce qui a été fait", "Aide aux démarches"):
        assert known in html


def test_history_crosses_to_another_organisation_with_consent_only(cast, helped, sign_in):
    link(beneficiary=cast.lucette, organisation=cast.partner, on=TODAY)
    assert "Aide aux démarches" not in page(sign_in(cast.paul), cast.lucette)
    bond = BeneficiaryLink.objects.get(beneficiary=cast.lucette, organisation=cast.mairie)
    address = reverse("desk:share_history", args=[cast.lucette.uid])
    # Neither the partner nor the front desk decides for the Mairie's history.
    for user, status in ((cast.paul, 404), (cast.claire, 403)):
        assert sign_in(user).post(address, {"link": bond.pk, "agreed": "yes"}).status_code == status
    sign_in(cast.amina).post(address, {"link": bond.pk, "agreed": "yes"})
    assert "Aide aux démarches" in page(sign_in(cast.paul), cast.lucette)
    sign_in(cast.amina).post(address, {"link": bond.pk, "agreed": "no"})
    assert "Aide aux démarches" not in page(sign_in(cast.paul), cast.lucette)


def test_appointments_elsewhere_show_only_where_one_booked_them(cast, now, sign_in):
    link(beneficiary=cast.lucette, organisation=cast.partner, on=TODAY)
    slot = Slot(at(9, 30), at(10), cast.amina_mediator, cast.empalot, cast.admin_help)
    book(slot=slot, people=[cast.lucette], by=Actor.at_desk(cast.amina))
    assert "Médiathèque Empalot" in page(sign_in(cast.claire), cast.lucette)
    html = page(sign_in(cast.paul), cast.lucette)
    assert "Médiathèque Empalot" not in html
    # That the Mairie follows Lucette is hers to tell.
    assert "Mairie" not in html


def test_messages_about_what_one_booked_elsewhere_are_read_and_no_others(cast, now, sign_in):
    assert "Aucun message de votre structure." in page(sign_in(cast.claire), cast.lucette)
    [slot] = first_slots(Need(reason=cast.admin_help, mediator=cast.paul_mediator), limit=1)
    booked = book(slot=slot, people=[cast.lucette], by=Actor.at_desk(cast.claire), booked_for=cast.mairie)
    html = page(sign_in(cast.claire), cast.lucette)
    [confirmation] = Message.objects.filter(beneficiary=cast.lucette, kind=MessageKind.BOOKED)
    assert confirmation.organisation == cast.partner
    assert booked.reference[:2] in html
    assert "Aucun message" not in html
    assert html.count('class="desk-message"') == Message.objects.filter(beneficiary=cast.lucette).count()
    # What the partner booked itself is nobody else's.
    cancel(appointment=booked, by=Actor.at_desk(cast.paul), asked_by_person=True)
    Message.objects.all().delete()
    later = first_slots(Need(reason=cast.admin_help, mediator=cast.paul_mediator), limit=2)[1]
    book(slot=later, people=[cast.lucette], by=Actor.at_desk(cast.paul))
    assert Message.objects.filter(beneficiary=cast.lucette).exists()
    assert "Aucun message de votre structure." in page(sign_in(cast.claire), cast.lucette)


@pytest.mark.parametrize("rows", [1, 6])
def test_a_long_file_costs_the_same_as_a_short_one(cast, now, sign_in, django_assert_num_queries, rows):
    # The very first begins now, and nobody is sent a message about it.
    for slot in first_slots(Need(reason=cast.admin_help, mediator=cast.amina_mediator), limit=rows + 1)[1:]:
        book(slot=slot, people=[cast.lucette], by=Actor.at_desk(cast.amina))
    client = sign_in(cast.amina)
    with django_assert_num_queries(17):
        assert page(client, cast.lucette)


@pytest.mark.parametrize("link", ["", "abc", "\x00", "9" * 30, "-1"])
def test_an_agreement_about_nothing_known_is_not_found(cast, sign_in, link):
    answer = sign_in(cast.amina).post(reverse("desk:share_history", args=[cast.lucette.uid]), {"link": link})
    assert answer.status_code == 404
