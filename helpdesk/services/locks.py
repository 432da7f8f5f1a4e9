"""Who waits for whom: mediators, then people, their numbers, appointments, wishes; each kind in key order.

Everything that takes or gives back a mediator's time locks the mediator first.
"""

from collections.abc import Iterable
from typing import Any

from django.db.models import QuerySet

from directory.models import Beneficiary, Mediator
from helpdesk.models import Appointment
from mediation.kernel.locks import lock_names
from mediation.kernel.questions import asked_often


def lock_mediators(*mediators: Mediator) -> None:
    """Make others who want these mediators' time wait until this transaction ends.

    In key order, so that two who want the same two mediators never wait for each other.
    """
    _locked_mediators(keys=[*{mediator.pk for mediator in mediators}])


def lock_people(people: Iterable[Beneficiary | int]) -> None:
    """Make others who book for these people wait, so that nobody is expected at two places at once.

    Rows that only point at the people (a message, a link) need not wait.
    """
    _locked_people(keys=[*{person if isinstance(person, int) else person.pk for person in people}])


@asked_often
def _locked_mediators(*, keys: Any) -> QuerySet:
    return Mediator.objects.select_for_update().filter(pk__in=keys).order_by("pk").values_list("pk")


@asked_often
def _locked_people(*, keys: Any) -> QuerySet:
    return Beneficiary.objects.select_for_update(no_key=True).filter(pk__in=keys).order_by("pk").values_list("pk")


def lock_people_of(appointment: Appointment) -> None:
    """Lock the people of an appointment: what is written of them next names them, also while two files become one."""
    lock_people(appointment.attendees.values_list("beneficiary", flat=True))


def lock_numbers(people: Iterable[Beneficiary]) -> None:
    """Make others who book alone with the same numbers wait: newcomers of one number share no row yet."""
    lock_names(*(f"number:{person.phone}" for person in people if person.phone))


def lock_appointment(appointment: Appointment) -> Appointment:
    """Return the appointment as it stands now, kept from change by others until this transaction ends.

    Its time is locked with it: PostgreSQL reads again only the rows it waited for, and whether an appointment still
    stands is written in the engagement.
    """
    rows = Appointment.objects.select_for_update(of=("self", "engagement"))
    return rows.select_related("engagement__mediator__organisation", "site", "reason", "activity").get(
        pk=appointment.pk
    )
