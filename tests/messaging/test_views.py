"""The pages about messages: scoped, in plain words, at a constant cost."""

import datetime as dt
from html import unescape

import pytest
from django.urls import reverse

from directory.models import Beneficiary
from mediation.messaging import delivery, services
from mediation.messaging.enums import AttemptState, Medium, MessageKind, Trouble
from mediation.messaging.models import Attempt, GatewayState, WorkerBeat
from mediation.privacy.models import JournalEntry
from tests.cast import NOW, at
from tests.messaging.rows import make

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("now")]


def page(client, name="messaging:list", *args, **query):
    response = client.get(reverse(name, args=args), query)
    assert response.status_code == 200
    return response.content.decode()


@pytest.mark.parametrize("rows", [1, 20])
def test_the_list_costs_the_same_for_one_row_or_twenty(cast, sign_in, rows, django_assert_num_queries):
    client = sign_in(cast.claire)
    for number in range(rows):
        person = Beneficiary.objects.create(first_name=f"Personne {number}", phone_typed="06 39 98 00 01")
        make(cast, number, beneficiary=person)
    with django_assert_num_queries(12):
        text = page(client)
    assert text.count("Attend de partir") == rows


def test_what_needs_somebody_comes_first_then_what_is_closest_to_now(cast, sign_in):
    def write(number, name, due_at, **fields):
        person = Beneficiary.objects.create(first_name=name, phone_typed="06 39 98 00 01")
        return make(cast, number, beneficiary=person, due_at=due_at, useless_after=at(14, days=30), **fields)

    write(1, "Loin", at(9, days=21))
    write(2, "Hier", at(9, days=-1), state=AttemptState.DELIVERED)
    write(3, "Tantôt", at(11))
    write(4, "Appeler", at(9, days=-3), medium=Medium.CALL_LIST)
    write(5, "Perdu", at(9, days=-2), state=AttemptState.FAILED)
    write(6, "Cherché", at(8), state=AttemptState.UNKNOWN)
    text = page(sign_in(cast.claire)).partition("<tbody")[2]
    names = ["Perdu", "Appeler", "Cherché", "Tantôt", "Hier", "Loin"]
    assert [text.index(name) for name in names] == sorted(text.index(name) for name in names)


def test_each_organisation_sees_its_own(cast, sign_in):
    mine, other = make(cast), make(cast, 2, cast.partner)
    client = sign_in(cast.claire)
    text = page(client)
    assert str(mine.uid) in text
    assert str(other.uid) not in text
    assert client.get(reverse("messaging:sheet", args=[other.uid])).status_code == 404
    assert client.post(reverse("messaging:note_call", args=[other.uid])).status_code == 404


@pytest.mark.parametrize("who", ["sofia", "admin"])
def test_who_helps_nobody_reads_no_message(cast, sign_in, who):
    assert sign_in(getattr(cast, who)).get(reverse("messaging:list")).status_code == 403


@pytest.mark.parametrize(
    ("state", "fields", "words"),
    [
        (AttemptState.WAITING, {"due_at": at(14, 30, days=1)}, "Partira le mer. 2 déc. à 14\u00a0h\u00a030"),
        (AttemptState.CLAIMED, {}, "Part dans un instant"),
        (AttemptState.SENDING, {"medium": Medium.VOICE}, "Appel en cours"),
        (AttemptState.ACCEPTED, {}, "Accepté par l’opérateur à 9\u00a0h"),
        (AttemptState.SENT, {"medium": Medium.EMAIL}, "Envoyé à 9\u00a0h"),
        (AttemptState.DELIVERED, {}, "Remis au téléphone à 9\u00a0h"),
        (AttemptState.DELIVERED, {"medium": Medium.VOICE}, "Écouté au téléphone à 9\u00a0h"),
        (AttemptState.UNDELIVERED, {"medium": Medium.VOICE}, "Appelé en vain à 9\u00a0h"),
        (AttemptState.FAILED, {}, "Refusé à 9\u00a0h"),
        (AttemptState.UNKNOWN, {}, "Sans nouvelle\u00a0: nous cherchons"),
        (AttemptState.SKIPPED, {}, "Non envoyé"),
        (AttemptState.EXPIRED, {}, "Non envoyé\u00a0: trop tard"),
        (AttemptState.WAITING, {"medium": Medium.LETTER}, "Lettre à imprimer et à poster"),
        (AttemptState.SENT, {"medium": Medium.LETTER}, "Postée à 9\u00a0h"),
        (AttemptState.WAITING, {"medium": Medium.CALL_LIST}, "À dire par téléphone"),
        (AttemptState.DELIVERED, {"medium": Medium.CALL_LIST}, "Dit au téléphone à 9\u00a0h"),
    ],
)
def test_where_it_stands_is_said_in_plain_words(cast, sign_in, state, fields, words):
    make(cast, state=state, **fields)
    assert words in page(sign_in(cast.claire))


def test_of_another_day_the_day_is_said(cast, sign_in):
    make(cast, state=AttemptState.DELIVERED).attempts.update(state_at=at(14, 32, days=-1))
    assert "Remis au téléphone le lun. 30 nov. à 14\u00a0h\u00a032" in page(sign_in(cast.claire))


def test_what_is_not_found_is_to_be_checked_with_the_person(cast, sign_in):
    make(cast, state=AttemptState.UNKNOWN).attempts.update(state_at=at(8))
    assert "Vérifiez avec la personne" in page(sign_in(cast.claire))


@pytest.mark.parametrize("trouble", Trouble.values)
def test_a_trouble_is_said_in_words_and_its_code_is_kept_for_support(cast, sign_in, trouble):
    message = make(cast, state=AttemptState.FAILED)
    message.attempts.update(trouble=trouble, problem="Twilio 30006: landline")
    client = sign_in(cast.claire)
    assert str(Trouble(trouble).label) in unescape(page(client))
    assert "30006" not in page(client)
    before, detail = page(client, "messaging:sheet", message.uid).split("Détail pour l’assistance")
    assert "30006" not in before
    assert "30006" in detail


@pytest.mark.parametrize(("gateway", "state"), [("file", AttemptState.DELIVERED), ("console", AttemptState.SENT)])
def test_what_only_a_log_got_is_not_said_to_have_arrived(cast, sign_in, gateway, state):
    message = make(cast, state=state)
    message.attempts.update(gateway=gateway)
    client = sign_in(cast.claire)
    for text in (page(client), page(client, "messaging:sheet", message.uid)):
        assert "Écrit dans le journal à 9" in text
        assert "Aucun opérateur n’est branché" in text
        assert "Remis au" not in text
        assert "Envoyé par" not in text


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ({"q": "fabre"}, 1),
        ({"q": "06 39 98 00 01"}, 1),
        ({"q": "personne d'autre"}, 0),
        ({"situation": "gone"}, 1),
        ({"situation": "waiting"}, 0),
        ({"situation": "delivered"}, 1),
        ({"situation": "check"}, 0),
        ({"medium": "email"}, 0),
        ({"since": "2026-12-01", "until": "2026-12-01"}, 1),
        ({"since": "2026-12-02"}, 0),
    ],
)
def test_filters(cast, sign_in, query, found):
    message = make(cast, state=AttemptState.DELIVERED)
    assert page(sign_in(cast.claire), **query).count(str(message.uid)) == found


def test_the_list_goes_to_a_spreadsheet(cast, sign_in):
    make(cast, state=AttemptState.DELIVERED)
    response = sign_in(cast.claire).get(reverse("messaging:list"), {"export": "csv"})
    assert "SMS 06 39 98 00 01;Remis au téléphone à 9" in response.content.decode("utf-8-sig")
    assert JournalEntry.objects.get(action=JournalEntry.Action.EXPORT).subject_uid == cast.lucette.uid


def test_a_sheet_shows_the_text_the_attempts_and_the_rest_of_the_story(cast, sign_in):
    message = make(cast, state=AttemptState.FAILED)
    Attempt.objects.create(message=message, number=2, medium=Medium.SMS, state=AttemptState.DELIVERED, state_at=NOW)
    reminder = make(cast, kind=MessageKind.REMINDER, due_at=at(9, days=1))
    text = page(sign_in(cast.claire), "messaging:sheet", message.uid)
    assert "Bonjour" in text
    assert "Refusé à" in text
    assert str(reminder.uid) in text


def test_the_page_says_whether_messages_leave(cast, sign_in, client):
    text = page(sign_in(cast.claire))
    assert "ne partent pas" in text
    services.beat(name="w", at=NOW - dt.timedelta(seconds=10))
    assert "ne partent pas" not in page(client)
    WorkerBeat.objects.update(at=NOW - dt.timedelta(minutes=10))
    assert "ne partent pas" in page(client)


def test_supervision_needs_no_account(client, db):
    address = reverse("messaging:worker_health")
    assert client.get(address).status_code == 503
    services.beat(name="w", at=NOW)
    assert client.get(address).json()["worker"] == "ok"


def down(name="twilio", since=NOW):
    GatewayState.objects.create(name=name, down_since=since)


def test_a_gateway_that_is_down_is_said_with_what_happens_meanwhile(cast, sign_in, settings):
    settings.SMS_GATEWAYS = ("twilio",)
    down(since=at(7, 30))
    down("callr")
    text = page(sign_in(cast.claire))
    assert "L’opérateur de SMS ne répond plus depuis\u00a0: mar. 1er déc., 7\u00a0h\u00a030" in text
    assert "Les messages attendent et partiront dès qu’il répond" in text
    assert text.count("ne répond plus depuis") == 1, "what is not used any more concerns nobody"


def test_a_gateway_that_another_replaces_worries_nobody(cast, sign_in, settings, client):
    settings.SMS_GATEWAYS = ("twilio", "callr")
    down()
    assert "passent par un autre opérateur" in page(sign_in(cast.claire))
    services.beat(name="w", at=NOW)
    assert client.get(reverse("messaging:worker_health")).status_code == 200


def test_supervision_hears_of_gateways_and_of_nobody(client, db, settings):
    settings.SMS_GATEWAYS = ("twilio",)
    services.beat(name="w", at=NOW)
    down()
    answer = client.get(reverse("messaging:worker_health"))
    assert answer.status_code == 503
    assert answer.json()["gateways"]["twilio"]["state"] == "down"
    assert set(answer.json()) == {"worker", "last_seen_at", "tasks", "gateways"}
    assert answer.json()["tasks"] == {"count": 0, "since": None}


def test_the_log_is_for_the_network_s_administrators(cast, sign_in, settings, tmp_path):
    settings.MESSAGES_LOG = tmp_path / "messages.log"
    client = sign_in(cast.admin)
    assert client.get(reverse("messaging:log")).status_code == 404
    make(cast)
    delivery.deliver_due()
    assert b"Bonjour" in b"".join(client.get(reverse("messaging:log")).streaming_content)
    assert sign_in(cast.claire).get(reverse("messaging:log")).status_code == 403
