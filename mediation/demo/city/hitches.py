"""What does not go as planned: a mediator away since this morning, and people who were written down twice."""

import datetime as dt

from django.utils import timezone

from directory.enums import Channel
from directory.models import Beneficiary, Mediator, Merge
from directory.services import link, merge
from helpdesk.models import Absence, Appointment
from helpdesk.querysets import AppointmentQuerySet
from helpdesk.services import note_absence
from mediation.accounts.actor import Actor, Door
from mediation.accounts.models import User
from mediation.demo.city.almanac import Almanac, instant
from mediation.demo.city.dice import Dice
from mediation.demo.city.organisations import Network

# Whoever shows the application signs in at this front desk; its mediator with an account and the one who receives
# without appointment are there today.
DESK, ORGANISATION, PRESENT = "accueil@example.org", "bibliotheques", 2
DAYS_AWAY = 7
TO_CALL = 2
WRITTEN_TWICE_AGO = dt.timedelta(days=20)
MERGED_AGO = dt.timedelta(days=2)


def write_hitches(seed: int, almanac: Almanac, network: Network) -> None:
    """Let one mediator be away from today, and write two people of the same organisation down a second time."""
    _write_absence(almanac, network.mediators[ORGANISATION][PRESENT:])
    _write_twins(Dice(seed, "hitches"), almanac, network)


def _write_absence(almanac: Almanac, mediators: list[Mediator]) -> None:
    """Take away the mediator whom most people expect this week; some of them no message reaches."""
    starts_at = instant(almanac.today, dt.time.min)
    ends_at = instant(almanac.today + dt.timedelta(days=DAYS_AWAY), dt.time.min)
    expected = {one: _upcoming(one).filter(engagement__starts_at__lt=ends_at) for one in mediators}
    away = max(expected, key=lambda one: expected[one].count())
    people = Beneficiary.objects.filter(attendances__appointment__in=expected[away]).exclude(phone="")
    chosen = list(people.order_by("attendances__appointment__engagement__starts_at", "pk")[:TO_CALL])
    Beneficiary.objects.filter(pk__in=[one.pk for one in chosen]).update(preferred_channel=Channel.VOICE)
    absence = Absence(mediator=away, starts_at=starts_at, ends_at=ends_at, label="Absence imprévue")
    note_absence(absence=absence, by=Actor(Door.COMMAND))


def _write_twins(dice: Dice, almanac: Almanac, network: Network) -> None:
    """Write two people of the next days again: one pair waits to be compared, the other was made one."""
    people = Beneficiary.objects.filter(
        attendances__appointment__in=_upcoming(network.mediators[ORGANISATION][0]), birth_year__isnull=False
    ).exclude(phone="")
    ordered = people.order_by("attendances__appointment__engagement__starts_at", "pk")
    kept, waiting = list(dict.fromkeys(ordered[:20]))[:2]
    _twin(dice, almanac, network, waiting)
    desk = Actor.at_desk(User.objects.get(email=DESK))
    done = merge(kept=kept, duplicate=_twin(dice, almanac, network, kept), by=desk)
    Merge.objects.filter(pk=done.pk).update(uid=dice.uid(), merged_at=timezone.now() - MERGED_AGO)


def _twin(dice: Dice, almanac: Almanac, network: Network, person: Beneficiary) -> Beneficiary:
    """Write somebody down again, in a hurry: the names the other way round, the number, nothing else."""
    twin = Beneficiary.objects.create(
        uid=dice.uid(), first_name=person.last_name, last_name=person.first_name, phone_typed=person.phone_typed
    )
    link(beneficiary=twin, organisation=network.organisations[ORGANISATION], on=almanac.today - WRITTEN_TWICE_AGO)
    return twin


def _upcoming(mediator: Mediator) -> AppointmentQuerySet:
    return Appointment.objects.upcoming().filter(engagement__mediator=mediator)
