"""Hand-made rows: what each test counts is written out in it."""

import datetime as dt

from directory.enums import EngagementKind
from directory.models import Engagement
from helpdesk.enums import AttendeeStatus, CallResult, Cause
from helpdesk.models import Appointment, Attendee, CallAttempt, HelpRequest
from mediation.accounts.actor import Door
from mediation.activity.enums import ActivityKind
from mediation.activity.models import Activity, ActivityObstacle, ActivityTheme, Assistance
from tests.cast import PARIS
from workshops.enums import RegistrationStatus
from workshops.models import Registration, Seat, Workshop

NOVEMBER = (dt.date(2026, 11, 1), dt.date(2026, 11, 30))


def activity(mediator, *people, month=11, day=10, minutes=30, themes=(), obstacles=(), **fields):
    """Log one activity, in November by default; ``people`` are persons on file, or dicts of an anonymous count."""
    organisation = mediator.organisation
    fields.setdefault("source", organisation.default_source)
    fields.setdefault("site", mediator.sites.first())
    fields.setdefault("kind", ActivityKind.INDIVIDUAL)
    entry = Activity.objects.create(
        organisation=organisation,
        mediator=mediator,
        day=dt.date(2026, month, day),
        duration_minutes=minutes,
        **fields,
    )
    ActivityTheme.objects.bulk_create(ActivityTheme(activity=entry, theme=theme) for theme in themes)
    ActivityObstacle.objects.bulk_create(ActivityObstacle(activity=entry, obstacle=each) for each in obstacles)
    for person in people:
        what = person if isinstance(person, dict) else {"beneficiary": person, "quartier": person.quartier}
        Assistance.objects.create(activity=entry, **what)
    return entry


def workshop_activity(mediator, people, **fields):
    """Log a workshop with so many people, none of them on file."""
    return activity(mediator, {"people": people}, kind=ActivityKind.WORKSHOP, **fields)


def appointment(cast, *statuses, mediator=None, hour=9, day=10, report=None):
    """Write an appointment of November whose people have these statuses."""
    mediator = mediator or cast.amina_mediator
    engagement = _engagement(mediator, day, hour, EngagementKind.APPOINTMENT)
    if set(statuses) <= {AttendeeStatus.EXCUSED, AttendeeStatus.REVOKED}:
        engagement.released_at = engagement.starts_at
        engagement.save()
    row = Appointment.objects.create(
        engagement=engagement,
        site=cast.empalot,
        reason=cast.any_need,
        booked_through=Door.DESK,
        activity=report,
    )
    for person, status in zip((cast.lucette, cast.hassan), statuses, strict=False):
        Attendee.objects.create(appointment=row, beneficiary=person, status=status)
    return row


def workshop(cast, *, seats, taken, day=12):
    """Write a workshop of November with so many seats, some of them taken."""
    row = Workshop.objects.create(
        engagement=_engagement(cast.amina_mediator, day, 14, EngagementKind.WORKSHOP),
        site=cast.empalot,
        title="Premiers pas",
    )
    rows = [Seat.objects.create(workshop=row, number=number) for number in range(1, seats + 1)]
    for seat, person in zip(rows[:taken], (cast.lucette, cast.hassan), strict=False):
        Registration.objects.create(
            workshop=row,
            beneficiary=person,
            seat=seat,
            status=RegistrationStatus.REGISTERED,
            booked_through=Door.DESK,
        )
    return row


def _engagement(mediator, day, hour, kind):
    start = dt.datetime(2026, 11, day, hour, tzinfo=PARIS)
    return Engagement.objects.create(
        mediator=mediator, starts_at=start, ends_at=start + dt.timedelta(minutes=30), kind=kind
    )


def asked(organisation, person, *, cause=Cause.NO_SLOT, day=10, called_after=None, outcome=""):
    """Write a request of November for a call; ``called_after`` so many days, and in vain again five days later."""
    at = dt.datetime(2026, 11, day, 10, tzinfo=PARIS)
    request = HelpRequest.objects.create(
        beneficiary=person,
        organisation=organisation,
        cause=cause,
        asked_at=at,
        asked_through=Door.DESK,
        due_on=at.date(),
        outcome=outcome,
        closed_at=at if outcome else None,
    )
    if called_after is not None:
        for later in (called_after, called_after + 5):
            CallAttempt.objects.create(request=request, at=at + dt.timedelta(days=later), result=CallResult.NO_ANSWER)
    return request
