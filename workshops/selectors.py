"""What pages show of workshops: seats in words, and the people that the reader may see."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from directory.enums import Source
from mediation.activity.selectors import CoopLine, declared_source, workshop_lines_for_coop
from mediation.kernel import formats
from workshops import rules
from workshops.enums import RegistrationStatus
from workshops.models import Registration, Workshop


@dataclass(frozen=True)
class Seats:
    """How many seats there are and are left, and how many people wait; ``words`` say it."""

    capacity: int
    left: int
    waiting: int
    words: str
    tone: str

    @property
    def is_full(self) -> bool:
        """Whether the next person would wait."""
        return self.left <= 0


@dataclass(frozen=True)
class WorkshopCard:
    """A workshop as residents and other apps see it."""

    workshop: Workshop
    seats: Seats


@dataclass(frozen=True)
class Line:
    """One person of a workshop, with the rank of whoever waits."""

    registration: Registration
    words: str
    tone: str
    waits: bool
    may_take_seat: bool


@dataclass(frozen=True)
class WorkshopSheet:
    """A workshop's page: its seats, the people that the reader may see, how many others there are, what to do."""

    workshop: Workshop
    seats: Seats
    people: list[Line]
    unseen: int
    is_over: bool
    has_begun: bool
    may_set_up: bool
    may_record: bool
    coop: list[CoopLine]


def seats_of(workshop: Any) -> Seats:
    """Say how many seats are left in a workshop that ``with_seats`` counted."""
    words, tone = _seats_in_words(workshop.left, workshop.waiting)
    if workshop.is_cancelled:
        words, tone = _("Annulé"), "stop"
    elif workshop.ends_at <= timezone.now():
        words, tone = _("Terminé"), "plain"
    return Seats(workshop.capacity, workshop.left, workshop.waiting, words, tone)


def rank_in_words(waiting: int) -> str:
    """Tell somebody who would be the next to wait where they would stand."""
    return _("Complet : vous seriez %(rank)s sur la liste") % {"rank": ordinal(waiting + 1)}


def ordinal(rank: int) -> str:
    """Return "1re" or "2e" (personne)."""
    return _("1re") if rank == 1 else _("%(rank)se") % {"rank": rank}


def upcoming_for_public(
    *, site_ids: Iterable[int] | None = None, until: dt.datetime | None = None, limit: int | None = None
) -> list[WorkshopCard]:
    """Return the workshops that residents may register for, the next ones first, in one query."""
    offered = Workshop.objects.upcoming().filter(is_public=True, site__is_published=True)
    # Search engines are told the quartier, whose outline weighs more than all the rest.
    found = offered.for_pages().select_related("site__quartier").defer("site__quartier__outline").with_seats()
    if site_ids is not None:
        found = found.filter(site__in=list(site_ids))
    if until is not None:
        found = found.filter(engagement__starts_at__lte=until)
    ordered = found.order_by("engagement__starts_at", "pk")
    return [WorkshopCard(workshop, seats_of(workshop)) for workshop in ordered[:limit]]


def workshop_sheet(workshop: Any, user: Any) -> WorkshopSheet:
    """Return a workshop's page for ``user``: people only of their own organisation or booked by it."""
    now = timezone.now()
    seen = workshop.registrations.live().visible_to(user).select_related("beneficiary", "seat", "booked_for").distinct()
    waiting = list(workshop.registrations.waiting().values_list("pk", flat=True))
    seats = seats_of(workshop)
    people = [_line(one, waiting, seats) for one in sorted(seen, key=_by_seat_then_rank)]
    return WorkshopSheet(
        workshop=workshop,
        seats=seats,
        people=people,
        unseen=workshop.registrations.live().count() - len(people),
        is_over=workshop.is_cancelled or workshop.ends_at <= now,
        has_begun=workshop.starts_at <= now,
        may_set_up=rules.may_set_up(user, workshop),
        may_record=rules.may_record(user, workshop),
        coop=_for_coop(workshop) if rules.may_record(user, workshop) else [],
    )


def source_of(workshop: Workshop) -> Source:
    """Return where the leader reports what is done on the workshop's day."""
    return declared_source(workshop.mediator, timezone.localdate(workshop.starts_at))


def logs_here(workshop: Workshop) -> bool:
    """Say whether who came fills the activity log: not of a leader who reports in La Coop or by monthly totals.

    An entry made here before the leader declared another place is still kept true.
    """
    is_logged = workshop.activity is not None and workshop.activity.source == Source.HERE
    return is_logged or source_of(workshop) == Source.HERE


def told_if_cancelled(workshop: Workshop) -> int:
    """Return how many people a cancellation would tell."""
    return workshop.registrations.live().count()


def _for_coop(workshop: Workshop) -> list[CoopLine]:
    """Return what a leader who reports in La Coop types there, once it is written down who came."""
    present = workshop.registrations.attended().select_related("beneficiary__commune")
    if not present or source_of(workshop) != Source.COOP:
        return []
    return workshop_lines_for_coop(
        day=timezone.localdate(workshop.starts_at),
        duration_minutes=workshop.duration_minutes,
        site=workshop.site,
        title=workshop.title,
        level=workshop.level,
        people=[one.beneficiary for one in present],
        themes=workshop.themes,
    )


def _seats_in_words(left: int, waiting: int) -> tuple[str, str]:
    if left > 0:
        return ngettext("%(left)s place restante", "%(left)s places restantes", left) % {"left": left}, "ok"
    if not waiting:
        return _("Complet"), "warn"
    return ngettext("Complet, %(n)s personne attend", "Complet, %(n)s personnes attendent", waiting) % {
        "n": waiting
    }, "warn"


def _by_seat_then_rank(registration: Registration) -> tuple[bool, Any, int]:
    seat = registration.seat
    return seat is None, seat.number if seat else registration.asked_at, registration.pk


def _line(registration: Registration, waiting: list[int], seats: Seats) -> Line:
    status = RegistrationStatus(registration.status)
    waits = status == RegistrationStatus.WAITING
    words = registration.state_label
    if waits:
        words = _("%(rank)s sur la liste d’attente") % {"rank": ordinal(waiting.index(registration.pk) + 1)}
    elif registration.offered_until:
        words = _("Place gardée jusqu’au %(when)s") % {"when": formats.moment(registration.offered_until)}
    tones = {RegistrationStatus.REGISTERED: "ok", RegistrationStatus.ATTENDED: "ok", RegistrationStatus.OFFERED: "info"}
    return Line(
        registration=registration,
        words=words,
        tone=tones.get(status, "plain"),
        waits=waits,
        may_take_seat=status == RegistrationStatus.OFFERED or (waits and not seats.is_full),
    )
