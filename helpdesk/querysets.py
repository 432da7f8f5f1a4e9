"""Pick and scope reasons, opening periods, absences and appointments."""

import datetime as dt
from typing import TYPE_CHECKING, Any, Self

from django.db import models
from django.db.models import Exists, F, OuterRef, Q, Subquery, TextField
from django.db.models.functions import Cast, Coalesce, TruncDate
from django.utils import timezone

from directory import rules
from directory.enums import Role, Source
from helpdesk.enums import AttendeeStatus, Recurrence, TicketState, WhoBooks

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

    def editable_by(self, user: Any) -> Self:
        """Those that the user sets up: all for the network's administrator, else their organisations' own."""
        if rules.is_network_administrator(user):
            return self.all()
        return self.filter(organisation__in=rules.organisation_ids(user, Role.ADMINISTRATOR))

    def of_mediators(self, mediators: models.QuerySet) -> Self:
        """The network's reasons and those of these mediators' organisations."""
        return self.filter(Q(organisation=None) | Q(organisation__in=mediators.values("organisation")))

    def self_service(self) -> Self:
        """Those that residents book alone."""
        return self.active().filter(who_books=WhoBooks.EVERYONE)


class OpeningPeriodQuerySet(models.QuerySet):
    """Opening periods: part of the offer."""

    def touching(self, first: dt.date, last: dt.date) -> Self:
        """Periods that may open on a day from ``first`` to ``last``."""
        goes_on = ~Q(recurrence=Recurrence.ONCE) & (Q(last_day__isnull=True) | Q(last_day__gte=first))
        return self.filter(Q(first_day__gte=first) | goes_on, first_day__lte=last)

    def to_come(self) -> Self:
        """Those that may still open, today included."""
        today = timezone.localdate()
        once = Q(recurrence=Recurrence.ONCE, first_day__gte=today)
        goes_on = ~Q(recurrence=Recurrence.ONCE) & (Q(last_day__isnull=True) | Q(last_day__gte=today))
        return self.filter(once | goes_on)

    def at_the_hours_of(self, period: Any) -> Self:
        """Other periods of the same mediator at other places, whose hours overlap with those of ``period``."""
        others = self.filter(mediator=period.mediator, start_time__lt=period.end_time, end_time__gt=period.start_time)
        return others.exclude(site=period.site).exclude(pk=period.pk)

    def set_by(self, mediators: models.QuerySet) -> Self:
        """Periods of these mediators, with what a list shows."""
        return self.filter(mediator__in=mediators).select_related("mediator", "site").prefetch_related("reasons")

    def answering(self, need: "Need") -> Self:
        """Periods of mediators and sites that suit ``need``, as far as the database can tell."""
        offered = {"takes_appointments": True, "mediator__is_active": True, "mediator__organisation__is_active": True}
        wanted = {"reasons": need.reason, "site__quartier": need.quartier, "mediator": need.mediator}
        said = {name: value for name, value in wanted.items() if value is not None}
        if need.sites is not None:
            said["site__in"] = need.sites
        if need.step_free:
            said["site__step_free"] = True
        if need.for_self_service:
            said["site__is_published"] = True
        periods = self.filter(**offered, **said)
        if not need.language:
            return periods
        # As text: SQLite cannot look into a list.
        spoken = periods.alias(spoken=Cast("mediator__languages", TextField()))
        return spoken.filter(spoken__contains=f'"{need.language}"')


class AbsenceQuerySet(models.QuerySet):
    """Absences."""

    def between(self, start: dt.datetime, end: dt.datetime) -> Self:
        """Absences that may touch the half-open period: ``Absence.spans`` tells where those that come back do."""
        return self.touching(start, end, self.repeated_since(start))

    @staticmethod
    def repeated_since(start: dt.datetime) -> dt.date:
        """Return until when an absence that comes back must go on to reach ``start``: none lasts longer than a week."""
        return timezone.localdate(start) - dt.timedelta(weeks=1)

    def touching(self, start: Any, end: Any, since: Any) -> Self:
        """The same, ``since`` being what ``repeated_since`` says of the start."""
        repeated = ~Q(recurrence=Recurrence.ONCE) & (Q(last_day=None) | Q(last_day__gte=since))
        return self.filter(Q(ends_at__gt=start) | repeated, starts_at__lt=end)

    def noted_for(self, mediators: models.QuerySet) -> Self:
        """Absences of these mediators noted by hand that are not over, soonest first.

        Those of a calendar kept elsewhere change there, and would fill the list.
        """
        repeated = ~Q(recurrence=Recurrence.ONCE) & (Q(last_day=None) | Q(last_day__gte=timezone.localdate()))
        to_come = Q(ends_at__gt=timezone.now()) | repeated
        return self.filter(to_come, mediator__in=mediators, calendar=None).select_related("mediator")


class AppointmentQuerySet(models.QuerySet):
    """Appointments."""

    def visible_to(self, user: Any) -> Self:
        """Those of the organisations where the user books or helps, and those that their organisation booked."""
        ids = rules.organisation_ids(user, Role.FRONT_DESK, Role.MEDIATOR)
        return self.filter(Q(engagement__mediator__organisation__in=ids) | Q(booked_for__in=ids))

    def for_pages(self) -> Self:
        """Bring along what every list of appointments shows, in a constant number of queries."""
        related = ("engagement__mediator__organisation", "site", "reason", "booked_for", "booked_by", "activity")
        return self.with_declared_source().select_related(*related).prefetch_related("attendees__beneficiary")

    def with_declared_source(self) -> Self:
        """Add ``declared_source``: where the mediator reports that day; the organisation's default otherwise."""
        declared = self.model._meta.apps.get_model("activity", "DeclaredSource").objects.filter(
            Q(ends_on__isnull=True) | Q(ends_on__gte=OuterRef("local_day")),
            mediator=OuterRef("engagement__mediator"),
            starts_on__lte=OuterRef("local_day"),
        )
        default = F("engagement__mediator__organisation__default_source")
        days = self.alias(local_day=TruncDate("engagement__starts_at"))
        return days.annotate(declared_source=Coalesce(Subquery(declared.values("source")[:1]), default))

    def booked_elsewhere_by(self, user: Any) -> Self:
        """Those that the user's organisations booked at others, the latest first."""
        ids = rules.organisation_ids(user, Role.FRONT_DESK, Role.MEDIATOR)
        booked = self.filter(booked_for__in=ids).exclude(engagement__mediator__organisation__in=ids)
        related = booked.select_related("engagement__mediator__organisation", "site")
        return related.prefetch_related("attendees__beneficiary").order_by("-engagement__starts_at", "-pk")

    def standing(self) -> Self:
        """Those that are not cancelled."""
        return self.filter(engagement__released_at__isnull=True)

    def received_by(self, user: Any) -> Self:
        """Those of the user as a mediator; of their whole organisation where they have no agenda of their own."""
        own = self.filter(engagement__mediator__user=user)
        if own.exists():
            return own
        return self.filter(engagement__mediator__organisation__in=rules.organisation_ids(user, Role.MEDIATOR))

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
        received = Exists(people.filter(status=AttendeeStatus.SEEN))
        unreported = received & Q(activity__isnull=True, declared_source=Source.HERE)
        past = self.standing().with_declared_source().filter(engagement__ends_at__lte=timezone.now())
        return past.filter(undecided | unreported)


class AttendeeQuerySet(models.QuerySet):
    """People of appointments."""

    def visible_to(self, user: Any) -> Self:
        """People received or booked by the organisations where the user books or helps."""
        ids = rules.organisation_ids(user, Role.FRONT_DESK, Role.MEDIATOR)
        return self.filter(
            Q(appointment__engagement__mediator__organisation__in=ids) | Q(appointment__booked_for__in=ids)
        )


class HelpRequestQuerySet(models.QuerySet):
    """People to call back."""

    def visible_to(self, user: Any) -> Self:
        """Those that the user's organisations call back, asked somebody else to call, or booked the appointment of.

        ``rules.calls_back`` tells the first from the others, who see number and state only.
        """
        ids = rules.organisation_ids(user, Role.FRONT_DESK, Role.MEDIATOR)
        return self.filter(
            Q(organisation__in=ids) | Q(asked_for__in=ids) | Q(appointment__booked_for__in=ids),
        )

    def called_back_by(self, user: Any) -> Self:
        """Those that the user's organisations call back."""
        return self.filter(organisation__in=rules.organisation_ids(user, Role.FRONT_DESK, Role.MEDIATOR))

    def waiting(self) -> Self:
        """Those that are not closed."""
        return self.filter(closed_at__isnull=True)

    def about(self, appointment: Any, cause: str) -> Self:
        """Those about one appointment, for one cause."""
        return self.filter(appointment=appointment, cause=cause)

    def due_by(self, day: dt.date) -> Self:
        """Those to call on ``day`` at the latest."""
        return self.waiting().filter(due_on__lte=day)

    def for_pages(self) -> Self:
        """Bring along what lists and sheets show, in a constant number of queries."""
        related = (
            "beneficiary__quartier",
            "organisation",
            "asked_for",
            "owner",
            "reason",
            "quartier",
            "appointment__engagement__mediator__organisation",
            "appointment__site",
            "booked__engagement__mediator",
            "booked__site",
        )
        return self.select_related(*related).prefetch_related("calls__by_user")


class DropInQuerySet(models.QuerySet):
    """Queues of people who come without an appointment."""

    def visible_to(self, user: Any) -> Self:
        """Queues of the places that the user's organisations keep, or where their mediators receive so."""
        return self.filter(_run_by(user, self.model, "site"))

    def within(self, first: dt.date, last: dt.date) -> Self:
        """Queues from the first to the last day, both included."""
        return self.filter(day__range=(first, last))


class TicketQuerySet(models.QuerySet):
    """Tickets of people who come without an appointment."""

    def visible_to(self, user: Any) -> Self:
        """Tickets of the queues that the user sees."""
        return self.filter(_run_by(user, self.model, "drop_in__site"))

    def for_pages(self) -> Self:
        """Bring along what every line shows."""
        return self.select_related("drop_in__site", "mediator__organisation", "beneficiary", "reason", "activity")

    def to_report(self) -> Self:
        """Those that were received and still wait for a report, where the mediator reports here."""
        declared = self.model._meta.apps.get_model("activity", "DeclaredSource").objects.filter(
            Q(ends_on__isnull=True) | Q(ends_on__gte=OuterRef("drop_in__day")),
            mediator=OuterRef("mediator"),
            starts_on__lte=OuterRef("drop_in__day"),
        )
        default = F("mediator__organisation__default_source")
        here = self.annotate(declared_source=Coalesce(Subquery(declared.values("source")[:1]), default))
        ended = here.filter(state=TicketState.SERVED, ended_at__isnull=False, activity__isnull=True)
        return ended.filter(declared_source=Source.HERE)

    def under_way(self) -> Self:
        """Those that a mediator calls or receives now."""
        return self.filter(state__in=(TicketState.CALLED, TicketState.SERVED), ended_at__isnull=True)


def _run_by(user: Any, model: type[models.Model], path: str) -> Q:
    """Match queues, whose place stands at ``path``: those that the user's organisations keep or receive in."""
    ids = rules.organisation_ids(user, Role.FRONT_DESK, Role.MEDIATOR)
    periods = model._meta.apps.get_model("helpdesk", "OpeningPeriod").objects
    receives = periods.filter(takes_tickets=True, mediator__organisation__in=ids).values("site")
    return Q(**{f"{path}__organisation__in": ids}) | Q(**{f"{path}__in": receives})


class EarlierWishQuerySet(models.QuerySet):
    """Wishes to come earlier."""

    def visible_to(self, user: Any) -> Self:
        """Those of the appointments that the user's organisations receive or booked."""
        ids = rules.organisation_ids(user, Role.FRONT_DESK, Role.MEDIATOR)
        received = Q(appointment__engagement__mediator__organisation__in=ids)
        return self.filter(received | Q(appointment__booked_for__in=ids))


class EarlierOfferQuerySet(models.QuerySet):
    """Earlier times that are offered."""

    def visible_to(self, user: Any) -> Self:
        """Those made to the appointments that the user's organisations receive or booked."""
        ids = rules.organisation_ids(user, Role.FRONT_DESK, Role.MEDIATOR)
        received = Q(wish__appointment__engagement__mediator__organisation__in=ids)
        return self.filter(received | Q(wish__appointment__booked_for__in=ids))
