"""The pages of workshops: the offer for every agent, people for those who help them."""

import pytest
import time_machine
from django.urls import reverse

from mediation.accounts.actor import Actor
from mediation.activity.models import Activity
from tests.cast import at
from tests.workshops.conftest import make_person, open_workshop
from workshops import services
from workshops.models import Registration, Workshop

pytestmark = pytest.mark.django_db

FORM = {
    "title": "Découvrir le courrier électronique",
    "themes": ["email"],
    "level": "beginner",
    "day": "2026-12-09",
    "start_time": "10:00",
    "end_time": "12:00",
    "capacity": "6",
    "is_public": "on",
}


def page(client, name, *args, **query):
    response = client.get(reverse(f"workshops:{name}", args=args), query)
    assert response.status_code == 200
    return response.content.decode()


def post(client, name, uid, **data):
    return client.post(reverse(f"workshops:{name}", args=[uid]), data)


def text_of(response):
    return response.content.decode()


@pytest.mark.parametrize("rows", [1, 20])
def test_the_list_costs_the_same_for_one_row_or_twenty(cast, by, now, sign_in, rows, django_assert_num_queries):
    for number in range(rows):
        workshop = open_workshop(cast, by, starts_at=at(9, days=number + 1), ends_at=at(10, days=number + 1))
        services.register(workshop=workshop, beneficiary=cast.lucette, by=by)
    client = sign_in(cast.claire)
    with django_assert_num_queries(7):
        text = page(client, "list")
    assert text.count("1 place restante") == rows


@pytest.mark.parametrize("people", [1, 12])
def test_a_sheet_costs_the_same_for_one_person_or_twelve(cast, by, now, sign_in, people, django_assert_num_queries):
    workshop = open_workshop(cast, by, capacity=12)
    for number in range(people):
        services.register(workshop=workshop, beneficiary=make_person(cast, number), by=by)
    client = sign_in(cast.claire)
    with django_assert_num_queries(7):
        page(client, "sheet", workshop.uid)


@pytest.mark.parametrize("who", ["claire", "amina", "paul", "sofia", "admin"])
def test_every_agent_sees_the_offer(cast, workshop, sign_in, who):
    client = sign_in(getattr(cast, who))
    assert "Premiers clics" in page(client, "list")
    assert "2 places restantes" in page(client, "sheet", workshop.uid)


def test_residents_see_nothing_of_it(client, workshop):
    assert client.get(reverse("workshops:list")).status_code == 302


def test_partners_see_their_people_and_the_number_of_others(cast, workshop, by, sign_in):
    services.register(workshop=workshop, beneficiary=cast.lucette, by=by)
    services.register(workshop=workshop, beneficiary=cast.hassan, by=Actor.at_desk(cast.paul))
    theirs = page(sign_in(cast.paul), "sheet", workshop.uid)
    assert "Hassan" in theirs
    assert "Lucette" not in theirs
    assert "1 personne inscrite par une autre structure" in theirs
    leading = page(sign_in(cast.claire), "sheet", workshop.uid)
    assert "Hassan" in leading
    assert "Lucette" in leading
    figures = page(sign_in(cast.sofia), "sheet", workshop.uid)
    assert "Hassan" not in figures
    assert "2 personnes inscrites" in figures


def test_who_leads_nothing_there_changes_nothing(cast, workshop, by, sign_in):
    registration = services.register(workshop=workshop, beneficiary=cast.lucette, by=by)
    client = sign_in(cast.paul)
    for name in ("edit", "cancel", "attendance", "print"):
        assert client.get(reverse(f"workshops:{name}", args=[workshop.uid])).status_code == 403
    assert post(client, "unregister", registration.uid).status_code == 404
    assert post(client, "accept", registration.uid).status_code == 404
    assert post(client, "register", workshop.uid, beneficiary=cast.lucette.uid).status_code == 404


def test_filters(cast, workshop, by, people, sign_in):
    client = sign_in(cast.claire)
    for person in people[:2]:
        services.register(workshop=workshop, beneficiary=person, by=by)
    assert "Complet" in page(client, "list")
    assert "Premiers clics" not in page(client, "list", free="true")
    assert "Premiers clics" not in page(client, "list", when="past")
    assert "Premiers clics" in page(client, "list", q="clics empalot")
    with time_machine.travel(at(17, days=3), tick=False):
        client = sign_in(cast.claire)
        assert "Premiers clics" not in page(client, "list")
        assert "Premiers clics" in page(client, "list", when="to_report")


def test_the_list_goes_to_a_spreadsheet(cast, workshop, sign_in):
    response = sign_in(cast.claire).get(reverse("workshops:list"), {"export": "csv"})
    assert "Premiers clics;04/12/2026 14:00;Médiathèque Empalot;2 places restantes" in response.content.decode()


def test_setting_one_up(cast, now, sign_in):
    client = sign_in(cast.amina)
    answer = client.post(
        reverse("workshops:add"), {**FORM, "mediator": cast.amina_mediator.pk, "site": cast.empalot.pk}, follow=True
    )
    workshop = Workshop.objects.get()
    assert workshop.starts_at == at(10, days=8)
    assert workshop.seats.count() == 6
    assert "6 places restantes" in text_of(answer)


def test_a_refusal_stands_beside_the_form(cast, workshop, sign_in):
    client = sign_in(cast.amina)
    taken = {**FORM, "day": "2026-12-04", "start_time": "15:00", "end_time": "16:00"}
    answer = client.post(
        reverse("workshops:add"), {**taken, "mediator": cast.amina_mediator.pk, "site": cast.empalot.pk}
    )
    assert "Ce médiateur est déjà pris à cette heure." in text_of(answer)
    backwards = {**FORM, "start_time": "12:00", "end_time": "10:00"}
    answer = client.post(
        reverse("workshops:add"), {**backwards, "mediator": cast.amina_mediator.pk, "site": cast.empalot.pk}
    )
    assert "doit finir après son début" in text_of(answer)


def test_nobody_opens_a_workshop_for_another_organisation(cast, now, sign_in):
    client = sign_in(cast.amina)
    data = {**FORM, "mediator": cast.paul_mediator.pk, "site": cast.empalot.pk}
    assert client.post(reverse("workshops:add"), data).status_code == 200
    assert not Workshop.objects.exists()


def test_changing_one(cast, workshop, by, people, sign_in):
    services.register(workshop=workshop, beneficiary=people[0], by=by)
    client = sign_in(cast.claire)
    text = page(client, "edit", workshop.uid)
    assert "1 personne sera prévenue" in text
    assert 'value="14:00"' in text
    answer = client.post(
        reverse("workshops:edit", args=[workshop.uid]),
        {**FORM, "mediator": cast.amina_mediator.pk, "site": cast.empalot.pk},
        follow=True,
    )
    assert "Découvrir le courrier" in text_of(answer)
    assert "5 places restantes" in text_of(answer)


def test_cancelling_asks_first_and_says_how_many_are_told(cast, workshop, by, people, sign_in):
    services.register(workshop=workshop, beneficiary=people[0], by=by)
    client = sign_in(cast.claire)
    assert "1 personne sera prévenue" in page(client, "cancel", workshop.uid)
    assert not Workshop.objects.get().is_cancelled
    answer = client.post(reverse("workshops:cancel", args=[workshop.uid]), follow=True)
    assert "les personnes sont prévenues" in text_of(answer)
    assert Workshop.objects.get().is_cancelled


def test_registering_somebody_found_by_name(cast, workshop, sign_in):
    client = sign_in(cast.claire)
    text = page(client, "register", workshop.uid, q="lucette fabre")
    assert str(cast.lucette.uid) in text
    assert "Hassan" not in page(client, "register", workshop.uid, q="hassan")
    answer = client.post(
        reverse("workshops:register", args=[workshop.uid]), {"beneficiary": cast.lucette.uid}, follow=True
    )
    assert "Lucette Fabré est inscrit" in text_of(answer)


def test_registering_somebody_new(cast, workshop, sign_in):
    client = sign_in(cast.claire)
    new = reverse("workshops:register_new", args=[workshop.uid])
    assert "au moins un prénom" in text_of(client.post(new, {}))
    assert "n’est pas complet" in text_of(client.post(new, {"last_name": "Roux", "phone_typed": "0639"}))
    client.post(new, {"last_name": "Roux", "phone_typed": "06 39 98 02 02"})
    assert Registration.objects.get().beneficiary.last_name == "Roux"


def test_a_full_workshop_proposes_the_list(cast, workshop, by, people, sign_in):
    for person in people[:3]:
        services.register(workshop=workshop, beneficiary=person, by=by)
    client = sign_in(cast.claire)
    answer = post(client, "register", workshop.uid, beneficiary=people[3].uid)
    assert answer.status_code == 409
    assert "Complet : vous seriez 2e sur la liste" in text_of(answer)
    post(client, "register", workshop.uid, beneficiary=people[3].uid, wait="yes")
    assert "2e sur la liste d’attente" in page(client, "sheet", workshop.uid)


def test_the_list_moves_up(cast, workshop, by, people, sign_in):
    first, _second, third = [services.register(workshop=workshop, beneficiary=one, by=by) for one in people[:3]]
    client = sign_in(cast.claire)
    post(client, "unregister", first.uid)
    assert "Place gardée jusqu’au mer. 2 déc." in page(client, "sheet", workshop.uid)
    post(client, "accept", third.uid)
    assert Registration.objects.get(pk=third.pk).status == "registered"


def test_writing_down_who_came(cast, workshop, by, people, sign_in):
    first, second = [services.register(workshop=workshop, beneficiary=one, by=by) for one in people[:2]]
    with time_machine.travel(at(16, days=3), tick=False):
        client = sign_in(cast.amina)
        assert "Personne 1" in page(client, "attendance", workshop.uid)
        answer = client.post(
            reverse("workshops:attendance", args=[workshop.uid]),
            {"present": [first.pk], "anonymous": "4", "themes": ["hardware", "email"]},
            follow=True,
        )
        assert "sont enregistrées" in text_of(answer)
        assert Activity.objects.get().assistances.total() == 5
        again = page(client, "attendance", workshop.uid)
        assert 'value="4"' in again
    second.refresh_from_db()
    assert second.status == "absent"


def test_who_reports_in_la_coop_says_who_came_and_is_given_the_answers(cast, by, now, people, sign_in):
    workshop = open_workshop(cast, by, mediator=cast.paul_mediator, site=cast.bellefontaine)
    first, second = [services.register(workshop=workshop, beneficiary=one, by=by) for one in (cast.lucette, people[0])]
    with time_machine.travel(at(16, days=3), tick=False):
        client = sign_in(cast.paul)
        form = page(client, "attendance", workshop.uid)
        assert "déclare son activité ailleurs (La Coop)" in form
        assert 'name="present"' in form
        assert 'name="themes"' not in form
        assert 'name="anonymous"' not in form
        answer = client.post(reverse("workshops:attendance", args=[workshop.uid]), {"present": [first.pk]}, follow=True)
        assert "La présence est enregistrée." in text_of(answer)
        assert not Activity.objects.exists()
        assert f'value="{first.pk}"' in page(client, "attendance", workshop.uid)
        sheet = page(client, "sheet", workshop.uid)
        for line in (
            "Nombre de participants : 1",
            "Tranche d’âge : 70 ans et plus",
            "Nom de l’atelier : Premiers clics",
        ):
            assert line in sheet
        nobody = client.post(reverse("workshops:attendance", args=[workshop.uid]), follow=True)
        assert "personne n’est venu" in text_of(nobody)
        services.record_attendance(workshop=workshop, present=[first], by=by)
        assert "La Coop" not in page(sign_in(cast.claire), "sheet", workshop.uid)
    second.refresh_from_db()
    assert second.status == "absent"


def test_front_desks_do_not_write_down_what_was_done(cast, workshop, sign_in):
    assert sign_in(cast.claire).get(reverse("workshops:attendance", args=[workshop.uid])).status_code == 403


def test_the_list_to_print(cast, workshop, by, people, sign_in):
    services.register(workshop=workshop, beneficiary=people[0], by=by)
    assert "Personne 1" in page(sign_in(cast.claire), "print", workshop.uid)


@pytest.mark.parametrize("uid", ["", "abc", "\x00", "00000000-0000-0000-0000-000000000000"])
def test_registering_nobody_known_is_not_found(cast, sign_in, workshop, uid):
    answer = sign_in(cast.claire).post(reverse("workshops:register", args=[workshop.uid]), {"beneficiary": uid})
    assert answer.status_code == 404
