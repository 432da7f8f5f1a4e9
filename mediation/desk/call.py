"""Where a call stands: from what the page sends back to what it shows next."""

import uuid
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from django.core.exceptions import ValidationError
from django.forms import BoundField
from django.http import QueryDict

from directory.enums import Language, ReceptionNeed
from directory.models import Beneficiary
from directory.selectors import possible_duplicates
from helpdesk.models import Appointment
from helpdesk.selectors import Slot
from mediation.activity.enums import Theme
from mediation.desk import selectors
from mediation.desk.forms import NeedForm, WhoForm
from mediation.desk.party import MOST_GUESTS, NEWCOMER_FIELDS, Guest, read_party
from mediation.desk.reading import Query, read_query

OF_ONE_PERSON = ("person", "is_new", "is_somebody_else", *NEWCOMER_FIELDS)


@dataclass
class Call:
    """One call, from the first words to the choice of a slot. ``focus`` names what the keyboard should be on next.

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

    @classmethod
    def begin(cls, user: Any, person: str = "") -> "Call":
        """Nobody has said anything yet; or somebody comes from their own page."""
        call = cls(user=user, data=QueryDict(mutable=True))
        if person:
            call._choose(person)
        return call

    @classmethod
    def hear(cls, said: QueryDict, user: Any) -> "Call":
        """Go on from what the page sends back: the button that was pressed says where."""
        call = cls(user=user, data=said.copy())
        call.person = call._person()
        call.party = read_party(said.getlist("party"), user)
        call.moving = selectors.appointment_to_move(said.get("moving", ""), user)
        call._press()
        return call

    def _press(self) -> None:
        """Do what the button says."""
        values = {"choose": self._choose, "without": self._without, "move": self._move}
        for name, verb in values.items():
            if name in self.data:
                verb(self.data[name])
                return
        steps = {
            "new": self._somebody_new,
            "else": self._somebody_else,
            "with": self._with_somebody,
            "stay": self._stay,
            "slots": self._refresh,
            "back": self._search,
        }
        steps.get(self.data.get("do", ""), self._listen)()

    # --- What the page shows ------------------------------------------------------------------------------------------

    @property
    def who(self) -> WhoForm:
        """Who calls, as far as it is known now."""
        form = WhoForm(self.data)
        form.is_valid()
        return form

    @property
    def need_form(self) -> NeedForm:
        """What they need."""
        return NeedForm(self.data, user=self.user)

    def checked_need(self) -> NeedForm:
        """Return what they need, once what is said of them can be read. Raises ValidationError where it cannot.

        A filter that cannot be read only leaves the search wide; a link that cannot be opened is no link.
        """
        who, need = self.who, self.need_form
        need.is_valid()
        wrong = {**who.errors.as_data(), "remote_link": need.errors.as_data().get("remote_link", [])}
        if problems := [error for errors in wrong.values() for error in errors]:
            raise ValidationError(problems)
        return need

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
    def key(self) -> uuid.UUID:
        """The key of what is asked for now: another time, or for somebody else, is another thing."""
        wanted = self.data.get("slot", "") or self.data.get("do", "")
        return uuid.uuid5(self.request_key, "|".join([wanted, *(guest.token for guest in self.guests)]))

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
    def slots(self) -> list[selectors.SlotLine]:
        """The first slots for the need, or those proposed instead of the one that was lost."""
        known = [guest.person.quartier for guest in reversed(self.guests) if guest.person and guest.person.quartier]
        near = selectors.centre_of(known[0] if known else None)
        if self.is_lost:
            return selectors.slot_lines(self.next_slots, self.user, near)
        form = self.need_form
        form.is_valid()
        return selectors.slots_for(form.need(near), self.user)

    # --- What the agent does ------------------------------------------------------------------------------------------

    def _listen(self) -> None:
        """Search for new words; the same words again mean "go on"."""
        if self.query_text.strip() == self.data.get("heard", ""):
            self._go_on()
        else:
            self._search()

    def _search(self) -> None:
        """Look for the words; where nobody answers to them, open the form of somebody new with what was said."""
        self.data["heard"] = self.query_text.strip()
        self._forget_person()
        self.found = selectors.find(self.query, self.user, besides=self.party)
        if not self.found.is_empty:
            self.focus = "results"
        elif self.found.demarches:
            self._take_reason_for_demarches()
        elif self.data["heard"]:
            self._somebody_new()

    def _go_on(self) -> None:
        """Check what is known of somebody new, and go to the slots."""
        self.focus = "slots" if self.guests else "search"
        self._check_newcomer()

    def _check_newcomer(self) -> bool:
        """Say whether somebody new may come; otherwise the focus is on what stands in the way."""
        if self.is_new and not self.who.is_valid():
            self.focus = "phone_typed"
        elif self.is_new and self.look_for_duplicates():
            self.focus = "duplicates"
        else:
            return True
        return False

    def _choose(self, uid: str) -> None:
        """Take one of the people found, and what is known of how they come."""
        self.data["person"] = uid
        self.person = self._person()
        if self.person is None:
            self._search()
            return
        self.just_chosen = True
        self.data["is_new"] = ""
        if self.person.language != Language.FR:
            self.data["language"] = self.person.language
        if ReceptionNeed.SIGN_LANGUAGE in self.person.reception_needs:
            self.data["language"] = Language.LSF
        if ReceptionNeed.STEP_FREE in self.person.reception_needs:
            self.data["step_free"] = "on"
        self.focus = "slots"

    def _somebody_new(self) -> None:
        """Open the form of somebody new, with what was typed in the search box already in its place."""
        said = self.query
        self.person = None
        self.data["person"], self.data["is_new"] = "", "1"
        known = {"first_name": said.first_name, "last_name": said.last_name, "phone_typed": said.phone}
        for name, value in known.items():
            self.data[name] = self.data.get(name) or value
        empty = [name for name in ("first_name", "phone_typed") if not self.data[name]]
        self.focus = empty[0] if empty else "slots"

    def _somebody_else(self) -> None:
        """Whoever calls is none of the people who look alike."""
        self.data["is_somebody_else"] = "1"
        self.focus = "slots"

    def _with_somebody(self) -> None:
        """Keep whoever was chosen, and look for one more person who comes along."""
        if not self._check_newcomer() or not self.may_add:
            return
        self.party = self.guests
        self._forget_person()
        self.data["q"] = self.data["heard"] = ""

    def _without(self, token: str) -> None:
        """Somebody does not come along after all."""
        self.party = [guest for guest in self.party if guest.token != token]
        self.focus = "slots" if self.guests else "search"

    def _move(self, uid: str) -> None:
        """Choose another time for an appointment: the slots are for its reason."""
        self.moving = selectors.appointment_to_move(uid, self.user)
        if self.moving:
            self.data["reason"] = str(self.moving.reason.uid)
        self.focus = "slots"

    def _stay(self) -> None:
        """Leave the appointment where it is."""
        self.moving = None
        self.focus = "slots"

    def _refresh(self) -> None:
        """Other slots for the same person; the focus stays on the filter that changed."""
        self.focus = ""
        if not self.person and not self.is_new and self.data.get("heard"):
            self.found = selectors.find(read_query(self.data["heard"]), self.user, besides=self.party)

    # --- Pieces -------------------------------------------------------------------------------------------------------

    def look_for_duplicates(self) -> bool:
        """Say whether people already on file look like somebody new, unless the agent said it is somebody else."""
        who = self.who
        if who.is_valid() and not who.cleaned_data["is_somebody_else"]:
            along = {guest.person for guest in self.party}
            alike = possible_duplicates(self.user, **who.known())
            self.duplicates = [person for person in alike if person not in along]
        return bool(self.duplicates)

    def _forget_person(self) -> None:
        self.person = None
        for name in OF_ONE_PERSON:
            self.data[name] = ""

    def _person(self) -> Beneficiary | None:
        """Return whoever the page says is on the phone, if the agent may see them."""
        uid = self.who.cleaned_data.get("person")
        if uid is None:
            return None
        return Beneficiary.objects.visible_to(self.user).select_related("quartier").filter(uid=uid).first()

    def _take_reason_for_demarches(self) -> None:
        """Whoever names a démarche needs somebody who helps with them."""
        form = self.need_form
        form.is_valid()
        said = form.cleaned_data.get("reason")
        helping = [reason for reason in form.fields["reason"].queryset if Theme.ADMIN in reason.themes]
        if helping and said not in helping:
            self.data["reason"] = str(helping[0].uid)
