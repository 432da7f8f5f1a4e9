"""What mediators and administrators write down of absences and reasons; what is refused, and where."""

import datetime as dt

import pytest
from django.urls import reverse

from helpdesk.enums import Recurrence, WhoBooks
from helpdesk.models import Absence, Reason
from tests.cast import at

pytestmark = pytest.mark.usefixtures("now")


@pytest.fixture
def opening(cast):
    """What Amina types for Wednesday mornings at her library."""
    return {
        "mediator": cast.amina_mediator.pk,
        "site": cast.empalot.pk,
        "recurrence": Recurrence.WEEKLY,
        "first_day": "2026-12-02",
        "start_time": "10:00",
        "end_time": "12:00",
        "reasons": [cast.admin_help.pk],
        "takes": ["appointments"],
    }


@pytest.fixture
def absence(cast):
    """What Amina types for a morning away."""
    return {"mediator": cast.amina_mediator.pk, "first_day": "2026-12-08", "start_time": "09:00", "end_time": "10:00"}


def refusals(response) -> dict[str, str]:
    return {name: " ".join(problems) for name, problems in response.context["form"].errors.items()}


# --- Absences ---------------------------------------------------------------------------------------------------------


def test_an_absence_may_come_back(cast, absence, sign_in):
    client = sign_in(cast.amina)
    client.post(
        reverse("helpdesk:absence_new"),
        {
            **absence,
            "recurrence": Recurrence.WEEKLY,
            "interval_weeks": "2",
            "last_day": "2027-03-01",
            "label": "Équipe",
        },
    )
    kept = Absence.objects.get()
    assert (kept.starts_at, kept.ends_at) == (at(9, days=7), at(10, days=7))
    assert (kept.recurrence, kept.interval_weeks, kept.last_day) == (Recurrence.WEEKLY, 2, dt.date(2027, 3, 1))
    assert "Un mardi sur deux" in client.get(reverse("helpdesk:absences")).content.decode()


@pytest.mark.parametrize(
    ("changes", "field", "words"),
    [
        ({"end_time": "08:00"}, "end_time", "doit finir après"),
        ({"end_day": "2026-12-01"}, "end_day", "doit finir après"),
        ({"first_day": "2099-01-01"}, "first_day", "cinq ans"),
        ({"end_day": "2099-01-01"}, "end_day", "cinq ans"),
        ({"recurrence": Recurrence.MONTHLY}, "month_week", "lequel du mois"),
        ({"recurrence": Recurrence.WEEKLY, "last_day": "2026-12-01"}, "last_day", "avant le premier"),
        ({"recurrence": Recurrence.WEEKLY, "end_day": "2026-12-20"}, "__all__", "au plus une semaine"),
        ({"start_time": "neuf"}, "start_time", ""),
        ({"first_day": ""}, "first_day", ""),
    ],
)
def test_an_absence_that_cannot_be_is_refused_beside_its_field(cast, absence, sign_in, changes, field, words):
    answer = sign_in(cast.amina).post(reverse("helpdesk:absence_new"), {**absence, **changes})
    assert list(refusals(answer)) == [field]
    assert words in refusals(answer)[field]
    assert not Absence.objects.exists()


# --- Reasons ----------------------------------------------------------------------------------------------------------


def test_a_reason_says_where_in_which_languages_and_when_it_is_booked(cast, sign_in):
    data = {
        "label": "Impôts",
        "duration_minutes": 45,
        "buffer_minutes": 10,
        "modes": ["site", "phone"],
        "languages": ["ar", "lsf"],
        "who_books": WhoBooks.EVERYONE,
        "notice_hours": 24,
        "window_days": 30,
        "is_active": "on",
    }
    client = sign_in(cast.admin)
    client.post(reverse("helpdesk:reason_new"), data)
    reason = Reason.objects.get(label="Impôts")
    assert (reason.buffer_minutes, reason.modes, reason.languages) == (10, ["site", "phone"], ["ar", "lsf"])
    assert (reason.notice_hours, reason.window_days) == (24, 30)
    client.post(reverse("helpdesk:reason", args=[reason.uid]), {**data, "notice_hours": "", "window_days": ""})
    reason.refresh_from_db()
    assert (reason.notice_hours, reason.window_days) == (24, 30), "left empty, they stay"
    for field, value in {
        "duration_minutes": 600,
        "buffer_minutes": 121,
        "modes": [],
        "languages": ["xx"],
        "notice_hours": 721,
        "window_days": 91,
    }.items():
        assert field in refusals(client.post(reverse("helpdesk:reason_new"), {**data, field: value})), field
