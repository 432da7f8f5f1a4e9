"""Who waits for whom. Whatever locks two of these takes them in this order, several of a kind in key order:

1. mediators, by all that takes or gives back their time;
2. people: those of an appointment come with it, ``lock_appointment`` sees to that;
3. appointments, each with its engagement;
4. numbers, by those who book alone;
5. what hangs on them: wishes (those who asked first before the others), offers, requests to be called back, messages.

Two who kept to different orders would wait for each other until the database refuses one of them. No lock is on a key
(``no_key``): a row that only names a mediator or an appointment need not wait. It would when its transaction ends, when
PostgreSQL looks at what it names, and by then it holds rows that whoever has the lock is waiting for.
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
    """Make others who book for these people wait, so that nobody is expected at two places at once."""
    _locked_people(keys=[*{person if isinstance(person, int) else person.pk for person in people}])


@asked_often
def _locked_mediators(*, keys: Any) -> QuerySet:
    return Mediator.objects.select_for_update(no_key=True).filter(pk__in=keys).order_by("pk").values_list("pk")


@asked_often
def _locked_people(*, keys: Any) -> QuerySet:
    return Beneficiary.objects.select_for_update(no_key=True).filter(pk__in=keys).order_by("pk").values_list("pk")


def lock_numbers(people: Iterable[Beneficiary]) -> None:
    """Make others who book alone with the same numbers wait: newcomers of one number share no row yet."""
    lock_names(*(f"number:{person.phone}" for person in people if person.phone))


def lock_appointment(appointment: Appointment, *newcomers: Beneficiary) -> Appointment:
    """Return the appointment as it stands now, kept from change by others until this transaction ends.

    Its people (and ``newcomers``) are locked before it: what is written next names them, also while two files become
    one. Its time is locked with it: PostgreSQL reads again only the rows it waited for, and whether an appointment
    still stands is written in the engagement.
    """
    lock_people([*appointment.attendees.values_list("beneficiary", flat=True), *newcomers])
    rows = Appointment.objects.select_for_update(of=("self", "engagement"), no_key=True)
    return rows.select_related("engagement__mediator__organisation", "site", "reason", "activity").get(
        pk=appointment.pk
    )
