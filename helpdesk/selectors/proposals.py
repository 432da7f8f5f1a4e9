"""A new time for each of many appointments, never the same twice."""

import datetime as dt
from collections.abc import Iterable, Iterator
from dataclasses import replace
from functools import cached_property

from django.utils import timezone

from directory.enums import Language, ReceptionNeed
from helpdesk.models import Appointment
from helpdesk.selectors.slots import Need, Slot, first_slots
from sites.geography import NEARBY_KM

DAY = dt.timedelta(days=1)
# The same place within three weeks is better than another one sooner.
HERE_FOR = 21 * DAY
# Somebody on their way to the place is told there, or by the message they read before they leave.
NOTICE = dt.timedelta(hours=1)
# As many as a busy place may have to move at once, and some more.
MOST_SLOTS = 300


def propose(appointments: Iterable[Appointment]) -> dict[int, Slot]:
    """Return a suitable time for each appointment, by key: same reason, same place or else the nearest, same language.

    Those who come first choose first. Appointments of the same need are answered by the same search.
    """
    searches: dict[tuple, _Alternatives] = {}
    rows = sorted(appointments, key=lambda one: one.starts_at)
    for one in rows:
        searches.setdefault(_need_of(one), _Alternatives(one)).cover(one)
    given: list[Slot] = []
    proposals = {}
    for one in rows:
        slot = next((s for s in searches[_need_of(one)].after(one) if not any(_clash(s, g) for g in given)), None)
        if slot:
            given.append(slot)
            proposals[one.pk] = slot
    return proposals


class _Alternatives:
    """The times that suit one kind of need, looked for when the first person asks."""

    def __init__(self, first: Appointment) -> None:
        self.appointment = first
        self.first_day = self.last_day = timezone.localdate(first.starts_at)

    def cover(self, other: Appointment) -> None:
        """Look for somebody else of the same need as well."""
        self.last_day = max(self.last_day, timezone.localdate(other.starts_at))

    def after(self, appointment: Appointment) -> Iterator[Slot]:
        """Yield what suits: not before it was, not within the hour, and elsewhere not on the same day."""
        earliest = max(appointment.starts_at, timezone.now() + NOTICE)
        yield from (slot for slot in self.here if slot.starts_at >= earliest)
        next_day = max(timezone.localdate(appointment.starts_at), timezone.localdate()) + DAY
        for places in ("nearby", "elsewhere"):
            yield from (slot for slot in getattr(self, places) if timezone.localdate(slot.starts_at) >= next_day)

    @cached_property
    def here(self) -> list[Slot]:
        """Times at the same place."""
        need = self._need(sites=[self.appointment.site_id], last_day=self.last_day + HERE_FOR)
        return first_slots(need, limit=MOST_SLOTS)

    @cached_property
    def nearby(self) -> list[Slot]:
        """Times at other places of the neighbourhood."""
        need = self._need(last_day=self.last_day + HERE_FOR)
        return first_slots(replace(need, within_km=NEARBY_KM), limit=MOST_SLOTS) if need.near else []

    @cached_property
    def elsewhere(self) -> list[Slot]:
        """Times anywhere, the nearest first at the same hour."""
        return first_slots(self._need(), limit=MOST_SLOTS)

    def _need(self, sites: list[int] | None = None, last_day: dt.date | None = None) -> Need:
        site = self.appointment.site
        _reason, _site, language, step_free, mode = _need_of(self.appointment)
        return Need(
            reason=self.appointment.reason,
            sites=sites,
            language=language,
            step_free=step_free,
            mode=mode,
            first_day=self.first_day,
            last_day=last_day,
            near=None if site.latitude is None or site.longitude is None else (site.latitude, site.longitude),
        )


def _need_of(appointment: Appointment) -> tuple[int, int, str, bool, str]:
    """Return what a new time must suit: reason, place, language, whether somebody cannot climb stairs, mode."""
    people = [attendee.beneficiary for attendee in appointment.attendees.all()]
    spoken, wanted = appointment.mediator.languages, [one.received_in for one in people]
    # Whoever was received without their language had somebody with them.
    language = next((said for said in wanted if said != Language.FR and said in spoken), "")
    step_free = any(ReceptionNeed.STEP_FREE in one.reception_needs for one in people)
    return appointment.reason_id, appointment.site_id, language, step_free, appointment.mode


def _clash(one: Slot, other: Slot) -> bool:
    return one.mediator == other.mediator and one.starts_at < _free_again(other) and other.starts_at < _free_again(one)


def _free_again(slot: Slot) -> dt.datetime:
    return slot.ends_at + dt.timedelta(minutes=slot.reason.buffer_minutes)
