"""What numbers on nobody's file said, and were told, is emptied after a month."""

import datetime as dt

import pytest

from directory.services import erase_old_files
from mediation.messaging import tasks
from mediation.messaging.enums import MessageKind
from mediation.messaging.models import Line, Message, Reply
from mediation.messaging.selectors.spending import spending
from tests.cast import NOW
from tests.messaging.rows import make

STRANGER = "+33639980099"
DAYS = dt.timedelta(days=1)


def told(cast, number=1, days=31, **fields):
    """Write an answer to a stranger, some days ago."""
    when = NOW - days * DAYS
    return make(
        cast,
        number,
        state="delivered",
        attempt={"parts": 2, "sending_at": when, "recipient": STRANGER, "body": "Deux horaires"},
        **{
            "beneficiary": None,
            "recipient": STRANGER,
            "kind": MessageKind.TIMES,
            "body": "Deux horaires",
            "due_at": when,
            "useless_after": when,
            **fields,
        },
    )


def said(number=1, days=31, **fields):
    """Write a reply, some days ago."""
    return Reply.objects.create(
        **{
            "gateway": "sms",
            "provider_id": f"SM{number}",
            "sender": STRANGER,
            "body": "RDV 31400",
            "received_at": NOW - days * DAYS,
            **fields,
        }
    )


@pytest.mark.usefixtures("now")
def test_texts_are_emptied_and_their_cost_stays(cast):
    message, again, reply = told(cast), told(cast, 2, kind=MessageKind.TICKET), said()
    month = (NOW - 31 * DAYS).date()
    cost = spending(cast.mairie, month)
    assert cost.parts == 4
    tasks.forget_strangers()
    tasks.forget_strangers()
    for one in (message, again):
        one.refresh_from_db()
        assert (one.recipient, one.body, one.words) == ("", "", {})
        assert [(each.recipient, each.body, each.parts) for each in one.attempts.all()] == [("", "", 2)]
    reply.refresh_from_db()
    assert (reply.sender, reply.body) == ("", "")
    assert not Reply.objects.visible_to(cast.claire).exists()
    assert spending(cast.mairie, month) == cost


@pytest.mark.usefixtures("now")
def test_the_page_of_messages_still_opens(cast, sign_in):
    told(cast)
    tasks.forget_strangers()
    desk = sign_in(cast.claire)
    assert "sans fiche" in desk.get("/agent/messages/").content.decode()
    assert desk.get(f"/agent/messages/{Message.objects.get().uid}/").status_code == 200


@pytest.mark.usefixtures("now")
def test_what_is_recent_or_on_a_file_or_waits_for_somebody_stays(cast):
    told(cast, days=29)
    told(cast, 2, recipient=cast.lucette.phone)
    told(cast, 3, beneficiary=cast.hassan)
    said(1, days=29)
    said(2, sender=cast.lucette.phone)
    said(3, days=100, needs_somebody=True)
    answered = make(cast, 4, useless_after=NOW - 40 * DAYS)
    said(4, message=answered)
    tasks.forget_strangers()
    assert not Message.objects.filter(recipient="").exists()
    assert not Reply.objects.filter(sender="").exists()


@pytest.mark.usefixtures("now")
def test_what_nobody_ever_dealt_with_goes_after_half_a_year(cast):
    said(days=181, needs_somebody=True)
    tasks.forget_strangers()
    assert Reply.objects.get().body == ""
    assert not Reply.objects.to_handle().exists()


@pytest.mark.usefixtures("now")
def test_what_was_learnt_of_a_number_goes_but_its_refusal(cast):
    old, lately = NOW - 31 * DAYS, NOW - 29 * DAYS
    for name, fields in {
        STRANGER: {"no_sms_since": old},
        "+33639980098": {"is_wrong_since": lately},
        "+33639980097": {"refuses_since": old},
        cast.lucette.phone: {"no_sms_since": old},
    }.items():
        Line.objects.create(recipient=name, **fields)
    tasks.forget_strangers()
    kept = set(Line.objects.values_list("recipient", flat=True))
    assert kept == {"+33639980098", "+33639980097", cast.lucette.phone}


@pytest.mark.usefixtures("now")
def test_a_newly_erased_file_leaves_its_number_to_nobody(cast, now):
    said(sender=cast.lucette.phone)
    now.move_to(NOW.replace(year=2029))
    erase_old_files()
    tasks.forget_strangers()
    assert Reply.objects.get().sender == ""
