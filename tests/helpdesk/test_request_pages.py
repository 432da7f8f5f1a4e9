"""The pages of people to call back."""

import datetime as dt

import pytest
from django.urls import reverse

from directory.enums import Channel
from directory.models import Beneficiary
from helpdesk import services
from helpdesk.enums import AttendeeStatus, CallResult, Cause, Outcome
from helpdesk.models import CallAttempt, HelpRequest
from helpdesk.selectors import Slot
from mediation.accounts.actor import Actor
from mediation.privacy.models import JournalEntry
from tests.cast import TODAY, at


@pytest.fixture
def by(cast) -> Actor:
    return Actor.at_desk(cast.claire)


@pytest.fixture
def ask(cast, now, by):
    def _ask(**changes) -> HelpRequest:
        known = {"beneficiary": cast.lucette, "organisation": cast.mairie, "cause": Cause.CALL_BACK, "by": by}
        return services.ask_for_help(**{**known, **changes})

    return _ask


@pytest.fixture
def missed(cast, now, by) -> HelpRequest:
    """Lucette did not come this morning at 9:30; it is 9:50."""
    slot = Slot(at(9, 30), at(10), cast.amina_mediator, cast.empalot, cast.admin_help)
    booked = services.book(slot=slot, people=[cast.lucette], by=by)
    now.move_to(at(9, 50))
    services.mark_no_show(attendee=booked.attendees.get(), by=by)
    return HelpRequest.objects.get()


def sheet(request: HelpRequest) -> str:
    return reverse("helpdesk:request", args=[request.uid])


def act(client, name: str, request: HelpRequest, **said):
    return client.post(reverse(f"helpdesk:{name}", args=[request.uid]), said)


def test_the_list_shows_the_most_urgent_first(cast, ask, sign_in):
    later, today, late = ask(), ask(), ask()
    HelpRequest.objects.filter(pk=late.pk).update(due_on=TODAY - dt.timedelta(days=1))
    HelpRequest.objects.filter(pk=today.pk).update(due_on=TODAY)
    answer = sign_in(cast.claire).get(reverse("helpdesk:requests"))
    assert [row.record for row in answer.context["table"].rows] == [late, today, later]
    html = answer.content.decode()
    assert "3 personnes attendent un appel" in html
    assert html.index("En retard") < html.index("Jeu. 3 déc.")
    assert 'href="tel:+33639980001"' in html
    assert sheet(later) in html


@pytest.mark.parametrize("rows", [1, 20])
def test_list_costs_the_same_for_one_row_or_twenty(cast, ask, sign_in, rows, django_assert_num_queries):
    for number in range(rows):
        person = Beneficiary.objects.create(first_name=f"Personne {number}", phone_typed="06 39 98 00 10")
        request = ask(beneficiary=person, reason=cast.admin_help, quartier=cast.empalot_quartier)
        CallAttempt.objects.create(request=request, by_user=cast.claire, result=CallResult.NO_ANSWER)
        HelpRequest.objects.update(owner=cast.claire)
    client = sign_in(cast.claire)
    with django_assert_num_queries(9):
        assert client.get(reverse("helpdesk:requests")).status_code == 200


def test_filters_narrow_the_list(cast, ask, sign_in):
    client, url = sign_in(cast.claire), reverse("helpdesk:requests")
    services.give_request(request=ask(), owner=cast.claire, by=Actor.at_desk(cast.claire))
    marcel = Beneficiary.objects.create(first_name="Marcel", phone_typed="06 39 98 00 44")
    closed = ask(beneficiary=marcel, cause=Cause.NO_SLOT)
    services.close_request(request=closed, outcome=Outcome.HELPED, by=Actor.at_desk(cast.claire))
    ask(beneficiary=cast.hassan, organisation=cast.partner)

    def names(**query) -> set[str]:
        return {str(row.record.beneficiary) for row in client.get(url, query).context["table"].rows}

    assert names() == {"Lucette Fabré"}
    assert names(state="closed") == {"Marcel"}
    assert names(state="sent") == {"Hassan Idrissi"}
    assert names(state="due") == set()
    assert names(cause="no_show") == set()
    assert names(asked_through="desk") == {"Lucette Fabré"}
    assert names(asked_through="voice") == set()
    assert names(owner="mine") == {"Lucette Fabré"}
    assert names(owner="nobody") == set()
    assert names(quartier=cast.empalot_quartier.pk) == {"Lucette Fabré"}
    assert client.get(url, {"quartier": "n’importe quoi"}).status_code == 200


def test_what_is_entrusted_to_others_shows_no_name(cast, ask, sign_in):
    elsewhere = ask(beneficiary=cast.hassan, organisation=cast.partner, note="Un secret")
    client = sign_in(cast.claire)
    listed = client.get(reverse("helpdesk:requests"), {"state": "sent"}).content.decode()
    shown = client.get(sheet(elsewhere)).content.decode()
    for html in (listed, shown):
        assert "Hassan" not in html
        assert "639980002" not in html
        assert "secret" not in html
    assert elsewhere.spoken_reference in shown
    for name in ("request_call", "request_close", "request_owner", "request_reopen", "request_why_missed"):
        assert act(client, name, elsewhere).status_code == 403


def test_others_see_nothing(cast, ask, sign_in):
    assert sign_in(cast.paul).get(sheet(ask())).status_code == 404
    assert sign_in(cast.sofia).get(reverse("helpdesk:requests")).status_code == 403


def test_a_file_of_the_list_is_noted_in_the_journal(cast, ask, sign_in):
    ask()
    answer = sign_in(cast.claire).get(reverse("helpdesk:requests"), {"export": "csv"})
    assert "06 39 98 00 01" in answer.content.decode("utf-8-sig")
    assert JournalEntry.objects.filter(action=JournalEntry.Action.EXPORT).count() == 1


def test_one_touch_notes_a_call(cast, ask, sign_in):
    request, client = ask(), sign_in(cast.claire)
    for result in (CallResult.NO_ANSWER, CallResult.VOICEMAIL, CallResult.WRONG_NUMBER):
        assert "vous pouvez clore" not in client.get(sheet(request)).content.decode()
        act(client, "request_call", request, result=result)
    html = client.get(sheet(request)).content.decode()
    assert "3 appels sans réponse : vous pouvez clore la demande" in html
    assert "Claire Martin" in html
    last = request.calls.last()
    client.post(reverse("helpdesk:request_call_undo", args=[request.uid, last.pk]))
    assert request.calls.count() == 2
    act(client, "request_call", request, result="")
    assert request.calls.count() == 2


def test_a_note_with_a_social_security_number_is_refused(cast, ask, sign_in):
    request, client = ask(), sign_in(cast.claire)
    answer = act(client, "request_call", request, result=CallResult.REACHED, note="2 48 05 31 555 123 45")
    assert "sécurité sociale" in client.get(answer.url).content.decode()
    assert not request.calls.exists()


def test_take_hand_over_and_leave(cast, ask, sign_in):
    request, client = ask(), sign_in(cast.claire)
    for chosen, owner in (
        (cast.amina.pk, cast.amina),
        (cast.claire.pk, cast.claire),
        (cast.paul.pk, None),
        ("x", None),
    ):
        act(client, "request_owner", request, owner=chosen)
        request.refresh_from_db()
        assert request.owner == owner


def test_closed_and_reopened(cast, ask, sign_in):
    request, client = ask(), sign_in(cast.claire)
    act(client, "request_close", request, outcome=Outcome.HELPED)
    html = client.get(sheet(request)).content.decode()
    assert "Aidé au téléphone" in html
    assert "Rouvrir" in html
    act(client, "request_reopen", request)
    request.refresh_from_db()
    assert request.is_open
    act(client, "request_close", request, outcome="nonsense")
    act(client, "request_close", request, outcome=Outcome.BOOKED, booked="not-a-uid")
    request.refresh_from_db()
    assert (request.outcome, request.booked) == (Outcome.BOOKED, None)


def test_an_appointment_already_taken_answers(cast, ask, sign_in, by):
    request = ask(reason=cast.desk_only)
    slot = Slot(at(9, 30, days=7), at(10, days=7), cast.amina_mediator, cast.empalot, cast.admin_help)
    booked = services.book(slot=slot, people=[cast.lucette], by=by)
    client = sign_in(cast.claire)
    assert str(booked.uid) in client.get(sheet(request)).content.decode()
    act(client, "request_close", request, outcome=Outcome.BOOKED, booked=booked.uid)
    request.refresh_from_db()
    assert (request.outcome, request.booked) == (Outcome.BOOKED, booked)


def test_the_sheet_leads_to_the_desk_with_who_and_what(cast, ask, sign_in):
    html = sign_in(cast.claire).get(sheet(ask(reason=cast.admin_help))).content.decode()
    assert f"?personne={cast.lucette.uid}&amp;motif={cast.admin_help.uid}" in html


def test_why_somebody_did_not_come(cast, missed, sign_in):
    client = sign_in(cast.claire)
    assert "n’est-elle pas venue" in client.get(sheet(missed)).content.decode()
    act(client, "request_why_missed", missed, because="transport")
    attendee = missed.appointment.attendees.get()
    assert (attendee.missed_because, attendee.status) == ("transport", AttendeeStatus.NOSHOW)
    act(client, "request_why_missed", missed, because="lazy")
    attendee.refresh_from_db()
    assert attendee.missed_because == "transport"


def test_whoever_misses_often_is_called_from_now_on(cast, missed, sign_in, by, now):
    client = sign_in(cast.claire)
    assert "manqués" not in client.get(sheet(missed)).content.decode()
    slot = Slot(at(11), at(11, 30), cast.amina_mediator, cast.empalot, cast.admin_help)
    again = services.book(slot=slot, people=[cast.lucette], by=by)
    now.move_to(at(11, 20))
    services.mark_no_show(attendee=again.attendees.get(), by=by)
    html = client.get(sheet(missed)).content.decode()
    assert "2 rendez-vous manqués en un an" in html
    assert "appelez plutôt que d’envoyer un SMS" in html
    back = client.post(reverse("helpdesk:prefer_call", args=[cast.lucette.uid]), {"next": sheet(missed)})
    assert back.url == sheet(missed)
    cast.lucette.refresh_from_db()
    assert cast.lucette.preferred_channel == Channel.VOICE
    assert "nous l’appelons déjà" in client.get(sheet(missed)).content.decode()
    assert client.post(reverse("helpdesk:prefer_call", args=[cast.hassan.uid])).status_code == 404


@pytest.fixture
def new(cast, now, sign_in):
    """Return a function that fills in the form of somebody to call."""
    client = sign_in(cast.claire)

    def _new(query="", **said):
        known = {"cause": Cause.NO_SLOT, "organisation": cast.mairie.pk, "phone_typed": "06 39 98 00 55"}
        return client.post(reverse("helpdesk:request_new") + query, {**known, **said})

    return _new


def test_somebody_new_is_put_on_the_list(cast, new):
    answer = new(first_name="Odile", note="Impôts", best_time="morning", reason=cast.admin_help.uid)
    request = HelpRequest.objects.get()
    assert answer.url == sheet(request)
    assert (str(request.beneficiary), request.reason, request.best_time) == ("Odile", cast.admin_help, "morning")
    assert request.beneficiary.links.get().organisation == cast.mairie


def test_somebody_on_file_is_not_asked_again(cast, new, sign_in):
    query = f"?personne={cast.lucette.uid}"
    html = sign_in(cast.claire).get(reverse("helpdesk:request_new") + query).content.decode()
    assert "Lucette Fabré" in html
    assert 'name="phone_typed"' not in html
    new(person=cast.lucette.uid)
    assert HelpRequest.objects.get().beneficiary == cast.lucette


def test_somebody_entrusted_to_a_partner(cast, new):
    new(first_name="Odile", organisation=cast.partner.pk)
    request = HelpRequest.objects.get()
    assert (request.organisation, request.asked_for) == (cast.partner, cast.mairie)
    assert request.beneficiary.links.count() == 2


@pytest.mark.parametrize(
    ("said", "answer"),
    [
        ({"phone_typed": "06 12"}, "n’est pas complet"),
        ({"phone_typed": ""}, "Il faut un numéro"),
        ({"note": "1 84 12 76 451 089 46"}, "sécurité sociale"),
        ({"note": "x" * 301}, "300"),
        ({"cause": "must_move"}, "Sélectionnez un choix valide"),
        ({"person": "pas-un-uid", "phone_typed": ""}, "Il faut un numéro"),
    ],
)
def test_what_cannot_be_asked_is_said(new, said, answer):
    html = new(**said).content.decode()
    assert answer in html
    assert not HelpRequest.objects.exists()
