"""Pick and scope reasons, opening periods, absences and appointments."""

import datetime as dt
from typing import TYPE_CHECKING, Any, Self

from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone

from directory import rules
from directory.enums import Role, Source
from helpdesk.enums import AttendeeStatus, WhoBooks

if TYPE_CHECKING:
    from helpdesk.selectors.slots import Need


class ReasonQuerySet(models.QuerySet):
    """Reasons: part of the offer."""

    def active(self) -> Self:
        """Those that are offered today."""
        return self.filter(is_active=True)

    def bookable_by(self, user: Any) -> Self:
        """Those that this agent may book: the network's, those open to partners, and their own organisation's."""
        own = rules.organisation_ids(user, Role.FRONT_DESK, Role.MEDIATOR)
        return self.active().filter(~Q(who_books=WhoBooks.DESK) | Q(organisation__in=own) | Q(organisation=None))

    def self_service(self) -> Self:
        """Those that residents book alone."""
        return self.active().filter(who_books=WhoBooks.EVERYONE)


class OpeningPeriodQuerySet(models.QuerySet):
    """Opening periods: part of the offer."""

    def touching(self, first: dt.date, last: dt.date) -> Self:
        """Periods that may open on a day from ``first`` to ``last``."""
        return self.filter(Q(last_day__isnull=True) | Q(last_day__gte=first), first_day__lte=last)

    def answering(self, need: "Need") -> Self:
        """Periods of mediators and sites that suit ``need``, as far as the database can tell."""
        periods = self.filter(mediator__is_active=True, mediator__organisation__is_active=True)
        if need.reason is not None:
            periods = periods.filter(reasons=need.reason)
        if need.sites is not None:
            periods = periods.filter(site__in=need.sites)
        if need.quartier is not None:
            periods = periods.filter(site__quartier=need.quartier)
        if need.mediator is not None:
            periods = periods.filter(mediator=need.mediator)
        if need.step_free:
            periods = periods.filter(site__step_free=True)
        return periods.filter(site__is_published=True) if need.for_self_service else periods


class AbsenceQuerySet(models.QuerySet):
    """Absences."""

    def between(self, start: dt.datetime, end: dt.datetime) -> Self:
        """Absences that touch the half-open period."""
        return self.filter(starts_at__lt=end, ends_at__gt=start)


class AppointmentQuerySet(models.QuerySet):
    """Appointments."""

    def visible_to(self, user: Any) -> Self:
        """Those of the organisations where the user books or helps, and those that their organisation booked."""
        ids = rules.organisation_ids(user, Role.FRONT_DESK, Role.MEDIATOR)
        return self.filter(Q(engagement__mediator__organisation__in=ids) | Q(booked_for__in=ids))

    def for_pages(self) -> Self:
        """Bring along what every list of appointments shows, in a constant number of queries."""
        return self.select_related(
            "engagement__mediator__organisation", "site", "reason", "booked_for", "activity"
        ).prefetch_related("attendees__beneficiary")

    def standing(self) -> Self:
        """Those that are not cancelled."""
        return self.filter(engagement__released_at__isnull=True)

    def on(self, day: dt.date) -> Self:
        """Those that start on a day of the city's calendar."""
        start = timezone.make_aware(dt.datetime.combine(day, dt.time.min))
        end = timezone.make_aware(dt.datetime.combine(day + dt.timedelta(days=1), dt.time.min))
        return self.filter(engagement__starts_at__gte=start, engagement__starts_at__lt=end)

    def upcoming(self) -> Self:
        """Those that stand and have not ended."""
        return self.standing().filter(engagement__ends_at__gt=timezone.now())

    def to_report(self) -> Self:
        """Past ones that still wait for "venu / pas venu", or for a report where the mediator reports here."""
        people = self.model.attendees.rel.related_model.objects.filter(appointment=OuterRef("pk"))
        undecided = Exists(people.filter(status=AttendeeStatus.UNKNOWN))
        unreported = Exists(people.filter(status=AttendeeStatus.SEEN)) & Q(
            activity__isnull=True, engagement__mediator__organisation__default_source=Source.HERE
        )
        return self.standing().filter(undecided | unreported, engagement__ends_at__lte=timezone.now())


class AttendeeQuerySet(models.QuerySet):
    """People of appointments."""

    def visible_to(self, user: Any) -> Self:
        """People received or booked by the organisations where the user books or helps."""
        ids = rules.organisation_ids(user, Role.FRONT_DESK, Role.MEDIATOR)
        return self.filter(
            Q(appointment__engagement__mediator__organisation__in=ids) | Q(appointment__booked_for__in=ids)
        )
