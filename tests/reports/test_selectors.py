"""Each figure of the report, from hand-made rows."""

import datetime as dt

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from directory.enums import AgeBand, OrganisationKind, Role, Side, Source
from directory.models import Beneficiary, Mediator, Membership, Organisation
from helpdesk.enums import AttendeeStatus
from mediation.accounts.actor import Door
from mediation.accounts.models import User
from mediation.activity.enums import DemarcheTheme, Obstacle, Theme
from mediation.activity.models import DeclaredSource
from reports.models import Confirmation
from reports.periods import Month
from reports.selectors import coordination_report
from reports.tables import all_tables
from sites.enums import WorkstationState
from sites.models import Workstation
from tests.reports.rows import NOVEMBER, activity, appointment, workshop, workshop_activity
from workshops.enums import RegistrationStatus
from workshops.models import Registration

pytestmark = pytest.mark.usefixtures("now")


def report_of(user, days=NOVEMBER):
    """Return the report of November as somebody reads it."""
    return coordination_report(first_day=days[0], last_day=days[1], user=user)


def line_of(report, organisation):
    """Return one organisation's line."""
    return next(line for line in report.organisations if line.pk == organisation.pk)


def count_of(breakdown, label):
    """Return a breakdown's line as (municipal, partner, city)."""
    line = next(line for line in breakdown.lines if line.label == label)
    return line.municipal, line.partner, line.city


def test_a_workshop_of_ten_is_one_activity_and_ten_accompagnements(cast):
    workshop_activity(cast.amina_mediator, 10, minutes=120)
    figures = line_of(report_of(cast.sofia), cast.mairie).figures
    assert (figures.activities, figures.workshops, figures.assistances, figures.in_workshops) == (1, 1, 10, 10)
    assert (figures.minutes_given, figures.minutes_received) == (120, 1200)


def test_a_couple_is_two_accompagnements_and_one_help(cast):
    activity(cast.amina_mediator, cast.lucette, cast.hassan)
    figures = line_of(report_of(cast.sofia), cast.mairie).figures
    assert (figures.individual, figures.assistances, figures.people) == (1, 2, 2)


def test_three_sessions_of_one_person_are_three_accompagnements_of_one_person(cast):
    for day in (3, 10, 17):
        activity(cast.amina_mediator, cast.lucette, day=day)
    figures = line_of(report_of(cast.sofia), cast.mairie).figures
    assert (figures.assistances, figures.people, figures.anonymous) == (3, 1, 0)


def test_somebody_helped_twice_elsewhere_counts_once_in_each_and_twice_in_the_city(cast):
    activity(cast.amina_mediator, cast.lucette)
    activity(cast.paul_mediator, cast.lucette)
    report = report_of(cast.sofia)
    assert [line.figures.people for line in report.organisations] == [1, 1]
    assert report.city.people == 2


def test_nobody_can_tell_how_many_people_are_behind_anonymous_counts(cast):
    activity(cast.paul_mediator, {"people": 1})
    assert line_of(report_of(cast.sofia), cast.partner).figures.known_people is None


def test_a_total_with_somebody_untold_is_known_to_be_too_low(cast):
    activity(cast.amina_mediator, cast.lucette)
    activity(cast.paul_mediator, {"people": 7})
    report = report_of(cast.sofia)
    assert (report.municipal.untold, report.partner.untold, report.city.untold) == (0, 7, 7)
    assert (report.partner.known_people, report.city.people) == (None, 1)


def test_the_months_totals_stand_for_several_activities(cast):
    cast.partner.default_source = Source.MONTHLY
    cast.partner.save()
    activity(cast.paul_mediator, {"people": 40}, times=40, minutes=30)
    figures = line_of(report_of(cast.sofia), cast.partner).figures
    assert (figures.individual, figures.assistances) == (40, 40)
    assert (figures.minutes_given, figures.minutes_received) == (1200, 1200)


def test_what_is_declared_twice_is_kept_and_not_counted(cast):
    activity(cast.paul_mediator, cast.hassan, source=Source.COOP)
    activity(cast.paul_mediator, cast.hassan, source=Source.HERE)
    line = line_of(report_of(cast.sofia), cast.partner)
    assert (line.figures.assistances, line.overlapping) == (1, 1)


def test_a_mediators_own_declaration_holds_for_its_period(cast):
    DeclaredSource.objects.create(
        mediator=cast.paul_mediator, source=Source.HERE, starts_on=dt.date(2026, 11, 1), ends_on=dt.date(2026, 11, 15)
    )
    activity(cast.paul_mediator, cast.hassan, source=Source.HERE, day=10)
    activity(cast.paul_mediator, cast.hassan, source=Source.HERE, day=20)
    line = line_of(report_of(cast.sofia), cast.partner)
    assert (line.figures.assistances, line.overlapping) == (1, 1)


def test_only_the_period_is_counted(cast):
    activity(cast.amina_mediator, cast.lucette, day=1)
    activity(cast.amina_mediator, cast.lucette, day=30)
    report = report_of(cast.sofia, (dt.date(2026, 11, 2), dt.date(2026, 11, 30)))
    assert report.city.assistances == 1
    assert report.before == 1


def test_appointments_say_what_became_of_each_person(cast):
    report_row = activity(cast.amina_mediator, cast.lucette)
    appointment(cast, AttendeeStatus.SEEN, hour=9, report=report_row)
    appointment(cast, AttendeeStatus.SEEN, AttendeeStatus.NOSHOW, hour=10)
    appointment(cast, AttendeeStatus.EXCUSED, hour=11)
    appointment(cast, AttendeeStatus.REVOKED, hour=12)
    figures = line_of(report_of(cast.sofia), cast.mairie).figures
    assert figures.appointments == 4
    assert (figures.seen, figures.no_shows, figures.excused, figures.revoked) == (2, 1, 1, 1)


def test_somebody_received_without_a_report_counts_zero_and_is_to_complete(cast):
    appointment(cast, AttendeeStatus.SEEN)
    figures = line_of(report_of(cast.sofia), cast.mairie).figures
    assert (figures.assistances, figures.to_complete) == (0, 1)


def test_nobody_nags_a_partner_that_reports_in_la_coop(cast):
    appointment(cast, AttendeeStatus.SEEN, mediator=cast.paul_mediator)
    assert line_of(report_of(cast.sofia), cast.partner).figures.to_complete == 0


def test_seats_filled(cast):
    workshop(cast, seats=8, taken=2)
    figures = line_of(report_of(cast.sofia), cast.mairie).figures
    assert (figures.planned_workshops, figures.seats, figures.seats_taken) == (1, 8, 2)


def test_who_waited_in_vain_is_counted(cast):
    full = workshop(cast, seats=1, taken=1)
    waits = {"workshop": full, "booked_through": Door.WEB}
    Registration.objects.create(beneficiary=cast.hassan, status=RegistrationStatus.WAITING, **waits)
    gone = Beneficiary.objects.create(first_name="Odette")
    Registration.objects.create(beneficiary=gone, status=RegistrationStatus.CANCELLED, **waits)
    report = report_of(cast.sofia)
    assert line_of(report, cast.mairie).figures.without_seat == report.city.without_seat == 1
    table = next(table for table in all_tables(report) if table.key == "workshops")
    assert table.rows[-1].values[1:6] == (1, 1, 1, (1, 1), 1)


@pytest.mark.parametrize(("begins_in", "count"), [(dt.timedelta(hours=-2), 1), (dt.timedelta(hours=-1), 0)])
def test_who_waits_for_a_workshop_that_is_not_over_may_still_get_a_seat(cast, now, begins_in, count):
    full = workshop(cast, seats=1, taken=1)
    Registration.objects.create(
        workshop=full, beneficiary=cast.hassan, status=RegistrationStatus.WAITING, booked_through=Door.WEB
    )
    now.move_to(full.starts_at)
    full.engagement.starts_at += begins_in
    full.engagement.ends_at = full.engagement.starts_at + dt.timedelta(minutes=90)
    full.engagement.save()
    figures = line_of(report_of(cast.sofia), cast.mairie).figures
    assert (figures.planned_workshops, figures.without_seat) == (1, count)


def test_computers_that_work(cast):
    Workstation.objects.create(site=cast.empalot, label="Poste 2", state=WorkstationState.BROKEN)
    report = report_of(cast.sofia)
    figures = line_of(report, cast.mairie).figures
    assert (figures.sites, figures.computers, figures.working) == (1, 2, 1)
    assert report.city.sites == 2


def test_places_without_organisation_count_for_the_city(cast):
    cast.empalot.organisation = None
    cast.empalot.save()
    report = report_of(cast.sofia)
    assert (report.municipal.computers, report.city.computers) == (0, 1)


def test_demarches_are_weighted_by_participant(cast):
    workshop_activity(cast.amina_mediator, 8, themes=[Theme.ADMIN, DemarcheTheme.SOCIAL])
    workshop_activity(cast.paul_mediator, 6, themes=[DemarcheTheme.SOCIAL])
    report = report_of(cast.sofia)
    assert count_of(report.breakdowns["demarches"], "Social - Santé") == (8, 6, 14)
    assert count_of(report.breakdowns["themes"], "Aide aux démarches administratives") == (8, 0, 8)


def test_small_cells_are_hidden_with_what_would_give_them_away(cast):
    workshop_activity(cast.amina_mediator, 3, obstacles=[Obstacle.EMAIL])
    workshop_activity(cast.paul_mediator, 20, obstacles=[Obstacle.EMAIL])
    report = report_of(cast.sofia)
    assert count_of(report.breakdowns["obstacles"], Obstacle.EMAIL.label) == (None, None, 23)
    # What organisations did is never hidden.
    assert line_of(report, cast.mairie).figures.assistances == 3


def test_ages_add_up_to_a_known_total_so_a_small_one_takes_another_along(cast):
    people = [
        {"people": 3, "age_band": AgeBand.UNDER_12},
        {"people": 30, "age_band": AgeBand.FROM_70},
        {"people": 9, "age_band": AgeBand.FROM_60},
    ]
    activity(cast.amina_mediator, *people)
    ages = report_of(cast.sofia).breakdowns["ages"]
    assert count_of(ages, "Moins de 12 ans")[2] is None
    assert count_of(ages, "60 - 69 ans")[2] is None
    assert count_of(ages, "70 ans et plus")[2] == 30


def test_quartiers_stand_beside_their_population(cast):
    activity(cast.amina_mediator, {"people": 34, "quartier": cast.empalot_quartier})
    activity(cast.amina_mediator, {"people": 7})
    empalot, elsewhere, unknown = report_of(cast.sofia).quartiers
    assert (empalot.population, empalot.assistances, empalot.per_thousand) == (34188, 34, 1.0)
    assert (empalot.sites, empalot.computers) == (1, 1)
    assert (elsewhere.assistances, unknown.assistances) == (0, 7)


def test_organisations_stand_in_alphabetical_order(cast):
    Organisation.objects.create(name="Centre d’art", kind=OrganisationKind.OTHER, side=Side.MUNICIPAL)
    names = [line.name for line in report_of(cast.sofia).organisations]
    assert names == sorted(names)


def test_finished_months_without_activity_are_named(cast):
    activity(cast.amina_mediator, cast.lucette, day=3)
    activity(cast.paul_mediator, cast.hassan, month=9)
    report = report_of(cast.sofia, (dt.date(2026, 9, 1), dt.date(2026, 12, 31)))
    assert line_of(report, cast.partner).missing_months == (Month(2026, 10), Month(2026, 11))
    # It had not joined before; December is not over.
    assert line_of(report, cast.mairie).missing_months == ()


def test_an_organisation_that_never_declared_anything_misses_every_month(cast):
    assert line_of(report_of(cast.sofia), cast.partner).missing_months == (Month(2026, 11),)


def test_a_confirmation_of_the_year_holds_for_the_month(cast):
    Confirmation.objects.create(
        organisation=cast.mairie, first_day=dt.date(2026, 1, 1), last_day=dt.date(2026, 11, 30), confirmed_by=cast.admin
    )
    report = report_of(cast.sofia)
    assert line_of(report, cast.mairie).confirmed.at == timezone.now()
    assert line_of(report, cast.partner).confirmed is None


def test_what_is_logged_after_a_confirmation_is_said(cast, now):
    Confirmation.objects.create(organisation=cast.mairie, first_day=NOVEMBER[0], last_day=NOVEMBER[1])
    now.shift(60)
    activity(cast.amina_mediator, cast.lucette)
    assert line_of(report_of(cast.sofia), cast.mairie).confirmed.is_outdated


def test_an_organisations_coordinator_reads_the_city_and_their_own(cast):
    boss = User.objects.create_user("boss@example.org", first_name="Inès", last_name="Faure")
    Membership.objects.create(user=boss, organisation=cast.partner, role=Role.COORDINATOR)
    workshop_activity(cast.amina_mediator, 10, themes=[DemarcheTheme.SOCIAL])
    report = report_of(boss)
    assert [line.name for line in report.organisations] == ["Association Le Fil"]
    assert [line.organisation for line in report.breakdowns["demarches"].by_organisation] == ["Association Le Fil"]
    assert {site.organisation_id for site in report.sites} <= {cast.partner.pk}
    assert report.city.assistances == 10


def test_the_network_confirms_for_nobody(cast):
    assert not any(line.may_confirm for line in report_of(cast.sofia).organisations)


def test_it_costs_the_same_for_two_organisations_or_twenty(cast):
    activity(cast.amina_mediator, cast.lucette)
    report_of(cast.sofia)
    with CaptureQueriesContext(connection) as few:
        report_of(cast.sofia)
    for number in range(20):
        organisation = Organisation.objects.create(name=f"Structure {number}", kind="other", side=Side.PARTNER)
        mediator = Mediator.objects.create(organisation=organisation, first_name="Zoé", last_name="Blanc")
        activity(mediator, {"people": 6}, site=cast.empalot, themes=[DemarcheTheme.MONEY], obstacles=[Obstacle.BUG])
    with CaptureQueriesContext(connection) as many:
        report = report_of(cast.sofia)
    assert len(report.organisations) == 22
    assert len(many) == len(few)
