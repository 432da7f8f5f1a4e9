"""What is known of a call so far, as the page shows it."""

import uuid
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from django.core.exceptions import ValidationError
from django.forms import BoundField
from django.http import QueryDict

from directory.models import Beneficiary
from helpdesk.models import Appointment
from helpdesk.selectors import Slot, slot_from_token
from helpdesk.selectors.alternatives import next_slots_for
from helpdesk.services import SlotTaken
from mediation.desk import selectors
from mediation.desk.forms import NeedForm, PlaceForm, WhoForm
from mediation.desk.party import MOST_GUESTS, NEWCOMER_FIELDS, Guest
from mediation.desk.reading import Query, read_query
from sites.geography import Point


@dataclass
class KnownSoFar:
    """What was said until now, and what follows from it. ``focus`` names what the keyboard should be on next.

    ``party`` are the people already chosen for the same appointment, besides the one being looked for; ``moving`` is
    the appointment for which another time is being chosen.
    """

    user: Any
    data: QueryDict
    person: Beneficiary | None = None
    party: list[Guest] = field(default_factory=list)
    moving: Appointment | None = None
    found: selectors.Found | None = None
    duplicates: list[Beneficiary] = field(default_factory=list)
    next_slots: list[Slot] | None = None
    problem: str = ""
    focus: str = "search"
    just_chosen: bool = False

    @property
    def who(self) -> WhoForm:
        """Who calls, as far as it is known now."""
        form = WhoForm(self.data)
        form.is_valid()
        return form

    @cached_property
    def need_form(self) -> NeedForm:
        """What they need, once it is known which button was pressed: buttons change it."""
        return NeedForm(self.data, user=self.user, home=self.home)

    def checked_need(self) -> NeedForm:
        """Return what they need, once what is said of them can be read. Raises ValidationError where it cannot.

        A filter that cannot be read only leaves the search wide; a link that cannot be opened is no link.
        """
        self._refuse_unreadable(self.need_form)
        return self.need_form

    def place_of(self, slot: Slot) -> dict[str, str]:
        """Return where the appointment happens, as booking wants it. Raises ValidationError as ``checked_need``."""
        form = PlaceForm(self.data)
        form.offer_modes_of(slot.reason)
        self._refuse_unreadable(form)
        return form.place()

    def _refuse_unreadable(self, place: PlaceForm) -> None:
        wrong = {**self.who.errors.as_data(), "remote_link": place.errors.as_data().get("remote_link", [])}
        if problems := [error for errors in wrong.values() for error in errors]:
            raise ValidationError(problems)

    @property
    def is_lost(self) -> bool:
        """Whether somebody was quicker. Fifty may be told so at once: their page says what matters now and no more."""
        return self.next_slots is not None

    @property
    def kept_need(self) -> list[tuple[str, str]]:
        """What was said of the need, for a page that does not ask it again."""
        return [(name, self.data[name]) for name in NeedForm.base_fields if self.data.get(name)]

    @property
    def is_new(self) -> bool:
        """Whether the form of somebody new is open."""
        return bool(self.data.get("is_new"))

    @property
    def newcomer_fields(self) -> list[BoundField]:
        """The three fields of somebody new; the one to fill next has the focus."""
        who = self.who
        if self.focus in who.fields:
            who.fields[self.focus].widget.attrs["autofocus"] = True
        return [who[name] for name in NEWCOMER_FIELDS]

    @property
    def query_text(self) -> str:
        """What is in the search box."""
        return self.data.get("q", "")

    @property
    def query(self) -> Query:
        """What is in the search box, taken apart."""
        return read_query(self.query_text)

    @cached_property
    def request_key(self) -> uuid.UUID:
        """What tells this call from another: the same one sent twice books once."""
        try:
            return uuid.UUID(self.data.get("request_key", ""))
        except ValueError:
            return uuid.uuid4()

    @property
    def token(self) -> str:
        """The time that was chosen: one that is offered, or one that an agent takes all the same.

        None where another button was pressed as well: whoever looks at other slots never books one by it.
        """
        if "do" in self.data:
            return ""
        return self.data.get("slot", "") or self.data.get("override", "")

    @property
    def why_all_the_same(self) -> str:
        """Why a time that is not offered is taken; a slot of the list needs no reason."""
        return "" if self.data.get("slot") else self.data.get("override_reason", "")

    @property
    def key(self) -> uuid.UUID:
        """The key of what is asked for now: another time, or for somebody else, is another thing."""
        return uuid.uuid5(
            self.request_key, "|".join([self.token or self.data.get("do", ""), *(guest.token for guest in self.guests)])
        )

    @property
    def guests(self) -> list[Guest]:
        """Everybody who comes: those chosen before, and the one chosen now."""
        if self.person:
            return [*self.party, Guest(person=self.person)]
        if self.is_new and any((known := self.who.known()).values()):
            return [*self.party, Guest(known=known)]
        return self.party

    @property
    def may_add(self) -> bool:
        """Whether one more person may come to the same appointment."""
        return bool(self.person or self.is_new) and not self.moving and len(self.party) < MOST_GUESTS - 1

    @cached_property
    def picked(self) -> Slot | None:
        """The time that was chosen in the agenda, until other ones are asked for."""
        if self.is_lost or self.moving or self.data.get("do") == "slots":
            return None
        try:
            return slot_from_token(self.data.get("picked", ""))
        except ValidationError:
            return None

    @cached_property
    def home(self) -> Point | None:
        """Where those who come live, as far as it is known."""
        known = [guest.person.quartier for guest in reversed(self.guests) if guest.person and guest.person.quartier]
        return selectors.centre_of(known[0] if known else None)

    @cached_property
    def near(self) -> Point | None:
        """From where distances are told."""
        self.need_form.is_valid()
        return self.need_form.point

    def lose(self, taken: SlotTaken) -> None:
        """Propose the next slots of the same search; where the time came from elsewhere, those around it."""
        self.need_form.is_valid()
        need = self.need_form.need()
        is_of_the_search = self.data.get("slot") and not self.data.get("picked") and need.reason == taken.slot.reason
        self.next_slots = next_slots_for(need, taken.slot) if is_of_the_search else taken.next_slots
        self.problem, self.focus = " ".join(taken.messages), "slots"

    @cached_property
    def slots(self) -> list[selectors.SlotLine]:
        """The first slots for the need, or those proposed instead of the one that was lost."""
        self.need_form.is_valid()
        slots = self.next_slots
        if slots is None:
            slots = [self.picked] if self.picked else selectors.slots_for(self.need_form.need())
        return selectors.slot_lines(slots, self.user, near=self.near, mode=self.mode)

    @property
    def mode(self) -> str:
        """How the person will be received: as it was agreed, where their appointment is moved."""
        return self.moving.mode if self.moving else self.need_form.cleaned_data.get("mode", "")
