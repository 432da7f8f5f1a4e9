"""What mediators and administrators write down: reasons, opening periods, absences; what is refused, and where."""

import datetime as dt

import pytest
from django.contrib.messages import get_messages
from django.urls import reverse

from helpdesk.enums import Recurrence
from helpdesk.models import OpeningPeriod
from mediation.territory.models import SchoolHoliday
from tests.cast import TODAY

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


# --- Opening periods --------------------------------------------------------------------------------------------------


def test_a_period_is_kept_with_all_that_makes_it_come_back(cast, opening, sign_in):
    client = sign_in(cast.amina)
    answer = client.post(
        reverse("helpdesk:opening_new"),
        {
            **opening,
            "recurrence": Recurrence.MONTHLY,
            "month_week": "2",
            "interval_weeks": "3",
            "last_day": "2027-06-30",
            "skipped_days": "13/01/2027 ; 2027-02-10",
            "outside_school_holidays": "on",
            "takes": ["appointments", "tickets"],
        },
    )
    period = OpeningPeriod.objects.latest("pk")
    assert (period.month_week, period.last_day, period.outside_school_holidays) == (2, dt.date(2027, 6, 30), True)
    assert period.interval_weeks == 1, "weeks count for nothing in a monthly rule"
    assert period.skipped_days == ["2027-01-13", "2027-02-10"]
    assert period.takes_appointments
    assert period.takes_tickets
    said = [str(message) for message in get_messages(answer.wsgi_request)]
    assert "le 2e mercredi du mois" in said[0]
    assert "Le 2e mercredi du mois" in client.get(reverse("helpdesk:openings")).content.decode()
    form = client.get(reverse("helpdesk:opening", args=[period.uid])).context["form"]
    assert form["skipped_days"].value() == "13/01/2027, 10/02/2027"


@pytest.mark.parametrize(
    ("changes", "field", "words"),
    [
        ({"end_time": "09:00"}, "end_time", "après l’heure de début"),
        ({"end_time": "10:00"}, "end_time", "après l’heure de début"),
        ({"end_time": "10:15"}, "reasons", "dure 30"),
        ({"last_day": "2026-12-01"}, "last_day", "avant le premier"),
        ({"first_day": "2099-01-01"}, "first_day", "cinq ans"),
        ({"last_day": "2099-12-31"}, "last_day", "cinq ans"),
        ({"last_day": "9999-12-31"}, "last_day", "année"),
        ({"recurrence": Recurrence.MONTHLY}, "month_week", "lequel du mois"),
        ({"recurrence": Recurrence.MONTHLY, "month_week": "7"}, "month_week", ""),
        ({"recurrence": Recurrence.MONTHLY, "month_week": "1", "last_day": "2026-12-20"}, "", ""),
        ({"recurrence": Recurrence.MONTHLY, "month_week": "2", "last_day": "2026-12-05"}, "last_day", "Aucun jour"),
        ({"last_day": "2026-12-02", "skipped_days": "02/12/2026"}, "skipped_days", "Aucun jour"),
        ({"interval_weeks": "9"}, "interval_weeks", ""),
        ({"interval_weeks": "0"}, "interval_weeks", ""),
        ({"skipped_days": "Noël"}, "skipped_days", "« Noël » n’est pas un jour"),
        ({"skipped_days": "31/02/2027"}, "skipped_days", "n’est pas un jour"),
        ({"takes": []}, "takes", "sur rendez-vous, sans rendez-vous"),
        ({"reasons": []}, "reasons", ""),
        ({"recurrence": "daily"}, "recurrence", ""),
    ],
)
def test_what_cannot_be_is_refused_beside_its_field(cast, opening, sign_in, changes, field, words):
    before = OpeningPeriod.objects.count()
    answer = sign_in(cast.amina).post(reverse("helpdesk:opening_new"), {**opening, **changes})
    if not field:
        assert answer.status_code == 302
        return
    assert list(refusals(answer)) == [field]
    assert words in refusals(answer)[field]
    assert OpeningPeriod.objects.count() == before


def test_what_happens_once_needs_none_of_the_other_answers(cast, opening, sign_in):
    changes = {"recurrence": Recurrence.ONCE, "skipped_days": "?", "last_day": "2099-01-01", "month_week": "9"}
    sign_in(cast.amina).post(reverse("helpdesk:opening_new"), {**opening, **changes})
    period = OpeningPeriod.objects.latest("pk")
    assert (period.recurrence, period.last_day, period.skipped_days) == (Recurrence.ONCE, None, [])


@pytest.mark.parametrize(
    ("mine", "theirs", "day"),
    [
        # Amina's Tuesdays at Empalot, against what she would do at Bellefontaine.
        ({}, {}, "1er décembre"),
        ({}, {"interval_weeks": "2", "first_day": "2026-12-08"}, "8 décembre"),
        ({"interval_weeks": 2}, {"interval_weeks": "2", "first_day": "2026-12-08"}, ""),
        ({"interval_weeks": 2}, {"interval_weeks": "3", "first_day": "2026-12-08"}, "29 décembre"),
        ({}, {"recurrence": Recurrence.MONTHLY, "month_week": "2"}, "8 décembre"),
        (
            {"recurrence": Recurrence.MONTHLY, "month_week": 1},
            {"recurrence": Recurrence.MONTHLY, "month_week": "2"},
            "",
        ),
        ({"last_day": TODAY}, {"first_day": "2026-12-08"}, ""),
        ({"skipped_days": ["2026-12-08"]}, {"recurrence": Recurrence.ONCE, "first_day": "2026-12-08"}, ""),
        ({"recurrence": Recurrence.ONCE}, {"first_day": "2026-12-08"}, ""),
    ],
)
def test_two_places_at_once_are_refused_whatever_the_rules(cast, opening, sign_in, mine, theirs, day):
    for name, value in mine.items():
        setattr(cast.opening, name, value)
    cast.opening.save()
    data = {**opening, "site": cast.bellefontaine.pk, "first_day": "2026-12-01", **theirs}
    answer = sign_in(cast.amina).post(reverse("helpdesk:opening_new"), data)
    if day:
        assert f"le mardi {day} 2026 : Médiathèque Empalot" in refusals(answer)["__all__"]
    else:
        assert answer.status_code == 302


def test_hours_closed_to_the_public_are_a_warning_not_a_refusal(cast, opening, sign_in):
    """Empalot opens at ten; whoever receives at eight must be let in."""
    client = sign_in(cast.amina)
    quiet = client.post(reverse("helpdesk:opening_new"), opening)
    assert len(list(get_messages(quiet.wsgi_request))) == 1
    early = {**opening, "first_day": "2026-12-03", "start_time": "08:00"}
    warned = client.post(reverse("helpdesk:opening_new"), early)
    said = [str(message) for message in get_messages(warned.wsgi_request)]
    assert "n’est pas ouvert au public à ces heures (jeudi 3 décembre" in said[-1]
    assert OpeningPeriod.objects.filter(start_time=dt.time(8)).exists()


@pytest.mark.parametrize("rows", [1, 20])
def test_the_list_of_periods_costs_the_same_for_one_or_twenty(cast, sign_in, django_assert_num_queries, rows):
    SchoolHoliday.objects.create(label="Noël", starts_on=dt.date(2026, 12, 19), ends_on=dt.date(2027, 1, 3))
    cast.opening.delete()
    for number in range(rows):
        period = OpeningPeriod.objects.create(
            mediator=cast.amina_mediator,
            site=cast.empalot,
            first_day=TODAY + dt.timedelta(days=number),
            start_time=dt.time(9),
            end_time=dt.time(12),
            outside_school_holidays=True,
        )
        period.reasons.add(cast.admin_help)
    client = sign_in(cast.amina)
    client.get(reverse("helpdesk:openings"))
    with django_assert_num_queries(10):
        assert "à vérifier" in client.get(reverse("helpdesk:openings")).content.decode()


def test_past_periods_stand_behind_their_number(cast, sign_in):
    client = sign_in(cast.amina)
    assert "Périodes passées" not in client.get(reverse("helpdesk:openings")).content.decode()
    for days in (7, 14):
        OpeningPeriod.objects.create(
            mediator=cast.amina_mediator,
            site=cast.empalot,
            recurrence=Recurrence.ONCE,
            first_day=TODAY - dt.timedelta(days=days),
            start_time=dt.time(14),
            end_time=dt.time(15),
        )
    page = client.get(reverse("helpdesk:openings")).content.decode()
    assert "Périodes passées (2)" in page
    assert "24 nov." not in page
    assert 'href="?past=past"' in page
    past = client.get(reverse("helpdesk:openings"), {"past": "past"})
    assert len(past.context["table"].rows) == 2
    assert "Périodes passées (" not in past.content.decode()
    OpeningPeriod.objects.create(
        mediator=cast.amina_mediator,
        site=cast.bellefontaine,
        first_day=TODAY + dt.timedelta(days=1),
        start_time=dt.time(14),
        end_time=dt.time(15),
    )
    elsewhere = client.get(reverse("helpdesk:openings"), {"site": str(cast.bellefontaine.uid)}).content.decode()
    assert "Périodes passées (" not in elsewhere


def test_a_period_keeps_its_mediator_whoever_changes_it(cast, sign_in):
    page = sign_in(cast.admin).get(reverse("helpdesk:opening", args=[cast.opening.uid]))
    assert page.context["form"]["mediator"].value() == cast.amina_mediator.pk


def test_periods_are_found_by_mediator_and_the_past_ones_when_asked(cast, sign_in):
    OpeningPeriod.objects.create(
        mediator=cast.amina_mediator,
        site=cast.empalot,
        recurrence=Recurrence.ONCE,
        first_day=TODAY - dt.timedelta(days=400),
        start_time=dt.time(8),
        end_time=dt.time(9),
    )
    client = sign_in(cast.admin)

    def found(**asked):
        rows = client.get(reverse("helpdesk:openings"), asked).context["table"].rows
        return {(row.record.mediator, row.record.start_time.hour) for row in rows}

    listed = found()
    assert (cast.amina_mediator, 9) in listed
    assert (cast.amina_mediator, 8) not in listed
    assert {who for who, _hour in found(mediator=cast.amina_mediator.uid)} == {cast.amina_mediator}
    assert found(past="past") == {(cast.amina_mediator, 8)}
    page = client.get(reverse("helpdesk:openings")).content.decode()
    assert f"{cast.amina_mediator} ({cast.amina_mediator.organisation})" in page
    assert reverse("desk:settings") in page
