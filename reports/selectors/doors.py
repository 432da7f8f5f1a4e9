"""By which door people came: the city's counts, small ones hidden."""

from collections.abc import Mapping, Sequence

from django.db.models import Count, QuerySet
from django.utils.text import capfirst

from helpdesk.models import Appointment, HelpRequest
from mediation.accounts.actor import Door
from reports.periods import Period
from reports.secrecy import Addition, hidden_cells
from reports.selectors.counts import instants
from reports.selectors.demand import CAUSES
from reports.selectors.figures import DoorLine, Doors
from workshops.models import Registration

APPOINTMENTS, REGISTRATIONS, REQUESTS = KINDS = ("appointments", "registrations", "requests")
CITY = ""
Cell = tuple[str, str]


def read_doors(period: Period) -> Doors:
    """Return what was asked for in the period by each door, in three queries: cancelled since or not, it came so."""
    begins, ends = instants(period)
    counts = {
        APPOINTMENTS: _by(Appointment.objects.filter(booked_at__gte=begins, booked_at__lt=ends), "booked_through"),
        REGISTRATIONS: _by(Registration.objects.filter(asked_at__gte=begins, asked_at__lt=ends), "booked_through"),
        REQUESTS: _by(
            HelpRequest.objects.filter(cause__in=CAUSES, asked_at__gte=begins, asked_at__lt=ends), "asked_through"
        ),
    }
    doors = [door for door in Door if any(counts[kind].get(door) for kind in KINDS)]
    values: dict[Cell, int] = {(kind, door): counts[kind].get(door, 0) for kind in KINDS for door in doors}
    values |= {(kind, CITY): sum(counts[kind].values()) for kind in KINDS}
    hidden = hidden_cells(values, _additions(doors))

    def line(door: str, label: str) -> DoorLine:
        return DoorLine(label, **{kind: None if (kind, door) in hidden else values[kind, door] for kind in KINDS})

    return Doors(tuple(line(door, capfirst(str(door.label))) for door in doors), line(CITY, ""))


def _additions(doors: Sequence[Door]) -> list[Addition[Cell]]:
    """Return what a reader can add up: the doors to their sum, which for requests another table tells as well."""
    parts: dict[str, tuple[Cell, ...]] = {kind: tuple((kind, door) for door in doors) for kind in KINDS}
    known = [Addition(parts[REQUESTS])] if doors else []
    return [*known, *(Addition(parts[kind], total=(kind, CITY)) for kind in KINDS)]


def _by(rows: QuerySet, door: str) -> Mapping[str, int]:
    return dict(rows.order_by().values_list(door).annotate(Count("pk")))
