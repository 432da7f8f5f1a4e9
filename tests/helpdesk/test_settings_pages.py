"""Reasons, opening periods and absences, as agents set them up."""

import pytest
from django.urls import reverse

from helpdesk.enums import Recurrence, WhoBooks
from helpdesk.models import Absence, OpeningPeriod, Reason
from helpdesk.selectors import Need, first_slots
from tests.cast import TODAY, at

pytestmark = pytest.mark.usefixtures("now")


# --- What is set up -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("field", "typed", "words"),
    [
        ("duration_minutes", "2", "Écrivez une durée entre 5 et 480 minutes (8 heures)."),
        ("duration_minutes", "-1", "Écrivez une durée entre 5 et 480 minutes (8 heures)."),
        ("duration_minutes", "99999999", "Écrivez une durée entre 5 et 480 minutes (8 heures)."),
        ("buffer_minutes", "121", "Écrivez un nombre de minutes entre 0 et 120 (2 heures)."),
        ("notice_hours", "721", "Écrivez un nombre d’heures entre 0 et 720 (30 jours)."),
        ("window_days", "91", "Écrivez un nombre de jours entre 1 et 90."),
        ("window_days", "trois", "Écrivez un nombre de jours entre 1 et 90."),
    ],
)
def test_a_limit_is_said_in_plain_words(cast, sign_in, field, typed, words):
    said = {"label": "Impôts", "duration_minutes": 45, "who_books": WhoBooks.EVERYONE, "modes": ["site"]}
    page = sign_in(cast.admin).post(reverse("helpdesk:reason_new"), {**said, field: typed})
    assert page.context["form"].errors == {field: [words]}
    assert words in page.content.decode()


def test_reasons_are_written_by_administrators(cast, sign_in):
    assert sign_in(cast.claire).get(reverse("helpdesk:reasons")).status_code == 403
    client = sign_in(cast.admin)
    assert cast.desk_only.label in client.get(reverse("helpdesk:reasons")).content.decode()
    data = {"label": "Impôts", "duration_minutes": 45, "who_books": WhoBooks.EVERYONE, "themes": ["d_money"]}
    data["modes"] = ["site", "phone"]
    client.post(reverse("helpdesk:reason_new"), {**data, "is_active": "on"})
    reason = Reason.objects.get(label="Impôts")
    assert reason.themes == ["d_money"]
    client.post(reverse("helpdesk:reason", args=[reason.uid]), {**data, "label": "Aide aux impôts"})
    reason.refresh_from_db()
    assert (reason.label, reason.is_active) == ("Aide aux impôts", False)
    bad = client.post(reverse("helpdesk:reason_new"), {**data, "duration_minutes": 2})
    assert bad.context["form"].errors["duration_minutes"]


def test_a_mediator_sets_their_own_hours_and_their_slots_follow(cast, sign_in):
    client = sign_in(cast.amina)
    data = {
        "mediator": cast.amina_mediator.pk,
        "site": cast.bellefontaine.pk,
        "recurrence": Recurrence.WEEKLY,
        "first_day": "2026-12-03",
        "start_time": "14:00",
        "end_time": "16:00",
        "reasons": [cast.admin_help.pk],
        "takes": ["appointments"],
    }
    client.post(reverse("helpdesk:opening_new"), data)
    period = OpeningPeriod.objects.get(site=cast.bellefontaine, mediator=cast.amina_mediator)
    assert cast.amina_mediator in cast.bellefontaine.mediators.all()
    here = Need(reason=cast.admin_help, sites=[cast.bellefontaine], mediator=cast.amina_mediator)
    assert first_slots(here, limit=1)[0].starts_at == at(14, days=2)
    assert "Tous les jeudis" in client.get(reverse("helpdesk:openings")).content.decode()
    not_mine = client.post(reverse("helpdesk:opening_new"), {**data, "mediator": cast.paul_mediator.pk})
    assert not_mine.context["form"].errors["mediator"]
    assert client.get(reverse("helpdesk:opening", args=[cast.partner_opening.uid])).status_code == 404
    client.post(reverse("helpdesk:opening_delete", args=[period.uid]))
    assert not first_slots(here)


@pytest.mark.parametrize(
    ("changes", "clashes"),
    [
        ({}, True),
        ({"recurrence": Recurrence.ONCE}, True),
        ({"start_time": "12:00", "end_time": "13:00"}, False),
        ({"first_day": "2026-12-02"}, False),
        ({"last_day": "2026-12-01"}, True),
    ],
)
def test_nobody_receives_in_two_places_at_once(cast, sign_in, changes, clashes):
    data = {
        "mediator": cast.amina_mediator.pk,
        "site": cast.bellefontaine.pk,
        "recurrence": Recurrence.WEEKLY,
        "first_day": "2026-12-01",
        "start_time": "11:00",
        "end_time": "13:00",
        "reasons": [cast.admin_help.pk],
        "takes": ["appointments"],
    }
    sign_in(cast.amina).post(reverse("helpdesk:opening_new"), {**data, **changes})
    assert OpeningPeriod.objects.filter(site=cast.bellefontaine, mediator=cast.amina_mediator).exists() is not clashes


def test_absent_today_is_one_gesture_that_lists_who_must_be_called(cast, booked, sign_in):
    for somebody in (cast.claire, cast.amina):
        client = sign_in(somebody)
        response = client.post(reverse("helpdesk:absent_today"), {"mediator": cast.amina_mediator.pk})
    assert Absence.objects.count() == 1
    page = client.get(response.url).content.decode()
    assert "Lucette Fabré" in page
    assert "06 39 98 00 01" in page
    assert not first_slots(Need(reason=cast.admin_help, last_day=TODAY))
    client.post(reverse("helpdesk:absence_delete", args=[Absence.objects.get().uid]))
    assert first_slots(Need(reason=cast.admin_help, last_day=TODAY))


def test_an_absence_is_noted_by_day_or_by_the_hour_for_ones_own_only(cast, sign_in):
    client = sign_in(cast.amina)
    data = {"mediator": cast.amina_mediator.pk, "first_day": "2026-12-08", "label": "Formation"}
    client.post(reverse("helpdesk:absence_new"), data)
    client.post(reverse("helpdesk:absence_new"), {**data, "start_time": "10:00", "end_time": "11:00"})
    assert list(Absence.objects.order_by("pk").values_list("starts_at", "ends_at")) == [
        (at(0, days=7), at(0, days=8)),
        (at(10, days=7), at(11, days=7)),
    ]
    page = client.get(reverse("helpdesk:absences")).content.decode()
    assert "mar. 8 déc., toute la journée" in page
    assert "Formation" in page
    backwards = client.post(reverse("helpdesk:absence_new"), {**data, "end_day": "2026-12-01"})
    assert "doit finir après" in str(backwards.context["form"].errors)
    client.post(reverse("helpdesk:absent_today"), {"mediator": cast.paul_mediator.pk})
    assert not Absence.objects.filter(mediator=cast.paul_mediator).exists()
