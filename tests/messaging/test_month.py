"""A month's text messages and cost, for whom they concern, and what needs somebody."""

import datetime as dt
from decimal import Decimal

import pytest
from django.urls import reverse

from directory.models import Organisation
from mediation.messaging.enums import AttemptState, Medium
from mediation.messaging.models import Reply
from tests.cast import NOW, at
from tests.messaging.rows import make

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("now")]


def sent(cast, number, state=AttemptState.DELIVERED, when=NOW, **fields):
    columns = {"sending_at": when, "parts": 2, "cost": Decimal("0.0500"), **fields.pop("attempt", {})}
    return make(cast, number, state=state, attempt=columns, **fields)


def month(client, **query):
    response = client.get(reverse("messaging:month"), query)
    assert response.status_code == 200
    return response.content.decode()


def cells(text):
    return " ".join(text.split())


def test_parts_cost_and_what_arrived(cast, sign_in):
    for number in range(3):
        sent(cast, number)
    sent(cast, 4, AttemptState.UNDELIVERED)
    sent(cast, 5, when=at(9, days=-1))
    text = cells(month(sign_in(cast.claire)))
    assert "0,20 €" in text
    assert "75 %" in text
    assert cast.partner.name not in text


def test_what_the_journal_alone_got_did_not_arrive(cast, sign_in):
    sent(cast, 1, attempt={"gateway": "file"})
    assert "Rien n’est encore parti" in month(sign_in(cast.claire))


def test_an_earlier_month_may_be_read(cast, sign_in):
    sent(cast, 1, when=at(9, days=-20))
    client = sign_in(cast.claire)
    assert "0,00" in month(client)
    assert "0,05" in month(client, mois="2026-11")
    assert "0,00" in month(client, mois="2026-99")


@pytest.mark.parametrize(("parts", "words"), [(39, ""), (40, "bientôt au plafond"), (50, "plafond atteint")])
def test_from_four_fifths_of_the_limit_on_it_says_so(cast, sign_in, parts, words):
    cast.mairie.sms_parts_per_month = 50
    cast.mairie.save()
    sent(cast, 1, attempt={"parts": parts})
    client = sign_in(cast.claire)
    text, ledger = month(client), client.get(reverse("messaging:list")).content.decode()
    assert ("plafond de SMS du mois approche" in text) == ("plafond de SMS du mois approche" in ledger) == bool(words)
    assert words in text


@pytest.mark.parametrize(
    ("limits", "seen"),
    [((40, 0), "plafond de SMS du jour approche"), ((0, 2), "Beaucoup d’inconnus écrivent"), ((0, 0), "")],
)
def test_from_four_fifths_of_the_day_s_limits_on_it_says_so(cast, sign_in, settings, limits, seen):
    settings.SMS_PARTS_PER_DAY, settings.SMS_PARTS_TO_STRANGERS_PER_DAY = limits
    sent(cast, 1, attempt={"parts": 38})
    sent(cast, 2, kind="times", beneficiary=None, attempt={"parts": 2})
    text = cells(month(sign_in(cast.claire)))
    assert "40 SMS, dont 2 en réponse à des numéros inconnus" in text
    for words in ("plafond de SMS du jour approche", "Beaucoup d’inconnus écrivent"):
        assert (words in text) == (words == seen)


@pytest.mark.parametrize(
    ("who", "seen"),
    [("claire", {"mairie"}), ("paul", {"partner"}), ("sofia", {"mairie", "partner"}), ("admin", {"mairie", "partner"})],
)
def test_everybody_reads_their_own_those_of_the_network_all(cast, sign_in, who, seen):
    text = month(sign_in(getattr(cast, who)))
    assert {name for name in ("mairie", "partner") if getattr(cast, name).name in text} == seen


def test_who_reads_no_message_has_the_month_in_the_menu(cast, sign_in):
    text = month(sign_in(cast.sofia))
    assert f'href="{reverse("messaging:month")}"' in text
    assert f'href="{reverse("messaging:list")}"' not in text


def test_the_month_goes_to_a_spreadsheet(cast, sign_in):
    sent(cast, 1)
    make(cast, 2, medium=Medium.LETTER, state=AttemptState.SENT, attempt={"sent_at": NOW})
    response = sign_in(cast.claire).get(reverse("messaging:month"), {"export": "csv"})
    heading, row = response.content.decode("utf-8-sig").splitlines()
    assert heading.startswith("Mois;Structure;SMS;Plafond;Coût (€);SMS : partis;SMS : arrivés")
    assert row == f"01/12/2026;{cast.mairie.name};2;;0,05;1;1;0;0;0;0;1;1;0;0"


@pytest.mark.parametrize("rows", [1, 20])
def test_the_month_costs_the_same_for_one_row_or_twenty(cast, sign_in, rows, django_assert_num_queries):
    client = sign_in(cast.sofia)
    for number in range(rows):
        sent(cast, number, organisation=Organisation.objects.create(name=f"Structure {number}"))
    with django_assert_num_queries(6):
        month(client)


def test_what_needs_somebody_stands_at_the_head_of_the_ledger(cast, sign_in):
    make(cast, 1, medium=Medium.CALL_LIST)
    make(cast, 2, medium=Medium.LETTER)
    make(cast, 3, state=AttemptState.FAILED)
    make(cast, 4, state=AttemptState.UNKNOWN, attempt={"state_at": NOW - dt.timedelta(hours=1)})
    make(cast, 5, state=AttemptState.UNKNOWN)
    make(cast, 6, state=AttemptState.FAILED, useless_after=NOW)
    Reply.objects.create(
        gateway="twilio", provider_id="SM1", sender="+33639980001", body="?", received_at=NOW, needs_somebody=True
    )
    client = sign_in(cast.claire)
    response = client.get(reverse("messaging:list"))
    needs = response.context["needs"]
    assert (needs.calls, needs.letters, needs.to_check, needs.replies) == (1, 1, 2, 1)
    text = response.content.decode()
    assert "messages à vérifier" in text
    assert reverse("messaging:letters") in text
    checked = client.get(reverse("messaging:list"), {"situation": "check"})
    assert checked.context["table"].paginator.count == 2
