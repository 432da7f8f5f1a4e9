"""Everything that one agent may know about one person."""

from dataclasses import dataclass
from typing import Any

from django.db.models import Q

from directory import rules
from directory.enums import ReceptionNeed, Role
from directory.models import Beneficiary, BeneficiaryLink, Merge
from directory.selectors import likely_duplicates
from helpdesk.models import Appointment
from helpdesk.selectors import often_missed
from mediation.activity.models import Activity
from mediation.messaging.models import Message
from workshops.models import Registration

MOST_ROWS = 20


@dataclass(frozen=True)
class PersonSheet:
    """One person, as far as this agent may look. ``history`` is None where what was done is not theirs to see."""

    person: Beneficiary
    reception_needs: list[str]
    own_links: list[BeneficiaryLink]
    upcoming: list[Appointment]
    past: list[Appointment]
    registrations: list[Registration]
    messages: list[Message]
    history: list[Activity] | None
    duplicates: list[Beneficiary]
    often_missed: int
    merges: list[Merge]


def person_sheet(person: Beneficiary, user: Any) -> PersonSheet:
    """Gather the sheet. That another organisation follows somebody is itself personal: only one's own links show."""
    appointments = Appointment.objects.visible_to(user).for_pages().filter(attendees__beneficiary=person)
    upcoming = list(appointments.upcoming().order_by("engagement__starts_at", "pk"))
    over = appointments.exclude(pk__in=[one.pk for one in upcoming]).order_by("-engagement__starts_at", "-pk")
    past = list(over[:MOST_ROWS])
    labels = dict(ReceptionNeed.choices)
    registrations = Registration.objects.visible_to(user).filter(beneficiary=person)
    return PersonSheet(
        person=person,
        reception_needs=[str(labels.get(code, code)) for code in person.reception_needs],
        own_links=list(_own_links(person, user)),
        upcoming=upcoming,
        past=past,
        registrations=list(
            registrations.select_related("workshop__engagement", "workshop__site").order_by(
                "-workshop__engagement__starts_at", "-pk"
            )[:MOST_ROWS]
        ),
        messages=_messages(person, user, [*upcoming, *past]),
        history=_history(person, user) if rules.is_mediator(user) else None,
        duplicates=likely_duplicates(person, user),
        often_missed=often_missed([person.pk], user).get(person.pk, 0),
        merges=list(
            Merge.objects.visible_to(user).undoable().filter(kept=person).select_related("duplicate", "by_user")
        ),
    )


def _own_links(person: Beneficiary, user: Any) -> Any:
    """Return the links of the agent's own organisations."""
    ids = rules.organisation_ids(user, Role.FRONT_DESK, Role.MEDIATOR)
    return person.links.filter(organisation__in=ids).select_related("organisation").order_by("since", "pk")


def _messages(person: Beneficiary, user: Any, appointments: list[Appointment]) -> list[Message]:
    """Return what was said to somebody: whoever booked at another organisation reads what it says of that time."""
    ours = Message.objects.visible_to(user).values("pk")
    occasions = [f"appointment:{one.uid}" for one in appointments]
    said = Message.objects.filter(Q(pk__in=ours) | Q(occasion__in=occasions), beneficiary=person)
    return list(said.prefetch_related("attempts").order_by("-due_at", "-pk")[:MOST_ROWS])


def _history(person: Beneficiary, user: Any) -> list[Activity]:
    """Return what was done for somebody by one’s own organisations, and by those they agreed to share it from."""
    shared = person.links.filter(shares_history=True).values("organisation")
    own = Activity.objects.visible_to(user).filter(assistances__beneficiary=person).values("pk")
    agreed = Activity.objects.filter(organisation__in=shared, assistances__beneficiary=person).values("pk")
    found = Activity.objects.filter(Q(pk__in=own) | Q(pk__in=agreed))
    rows = found.select_related("organisation", "mediator", "site").prefetch_related("themes", "demarches")
    return list(rows.order_by("-day", "-pk")[:MOST_ROWS])
