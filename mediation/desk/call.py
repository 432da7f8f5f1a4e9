"""Where a call stands: from what the page sends back to what it shows next."""

from dataclasses import dataclass, field
from typing import Any

from django.forms import BoundField
from django.http import QueryDict

from directory.enums import Language, ReceptionNeed
from directory.models import Beneficiary
from directory.selectors import possible_duplicates
from helpdesk.selectors import Slot
from mediation.activity.enums import Theme
from mediation.desk import selectors
from mediation.desk.forms import NeedForm, WhoForm
from mediation.desk.reading import Query, read_query

NEWCOMER_FIELDS = ("first_name", "last_name", "phone_typed")


@dataclass
class Call:
    """One call, from the first words to the choice of a slot. ``focus`` names what the keyboard should be on next."""

    user: Any
    data: QueryDict
    person: Beneficiary | None = None
    found: selectors.Found | None = None
    duplicates: list[Beneficiary] = field(default_factory=list)
    next_slots: list[Slot] | None = None
    problem: str = ""
    focus: str = "search"
    just_chosen: bool = False

    @classmethod
    def begin(cls, user: Any) -> "Call":
        """Nobody has said anything yet."""
        return cls(user=user, data=QueryDict(mutable=True))

    @classmethod
    def hear(cls, said: QueryDict, user: Any) -> "Call":
        """Go on from what the page sends back: the button that was pressed says where."""
        call = cls(user=user, data=said.copy())
        call.person = call._person()
        if "choose" in said:
            call._choose(said["choose"])
        else:
            steps = {
                "new": call._somebody_new,
                "else": call._somebody_else,
                "slots": call._refresh,
                "back": call._search,
            }
            steps.get(said.get("do", ""), call._listen)()
        return call

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
    def has_rare_filters(self) -> bool:
        """Whether a filter that is usually folded is in use."""
        return any(self.data.get(name) for name in ("language", "mediator", "first_day", "step_free"))

    @property
    def query_text(self) -> str:
        """What is in the search box."""
        return self.data.get("q", "")

    @property
    def query(self) -> Query:
        """What is in the search box, taken apart."""
        return read_query(self.query_text)

    def slots(self) -> list[selectors.SlotLine]:
        """Return the first slots for the need, or those proposed instead of the one that was lost."""
        near = selectors.centre_of(self.person.quartier if self.person else None)
        if self.next_slots is not None:
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
        self.person = None
        for name in ("person", "is_new", "is_somebody_else", *NEWCOMER_FIELDS):
            self.data[name] = ""
        self.found = selectors.find(self.query, self.user)
        if not self.found.is_empty:
            self.focus = "results"
        elif self.found.demarches:
            self._take_reason_for_demarches()
        elif self.data["heard"]:
            self._somebody_new()

    def _go_on(self) -> None:
        """Check what is known of somebody new, and go to the slots."""
        self.focus = "slots" if self.person or self._is_somebody() else "search"
        if self.is_new and not self.who.is_valid():
            self.focus = "phone_typed"
        elif self.is_new and self.look_for_duplicates():
            self.focus = "duplicates"

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

    def _refresh(self) -> None:
        """Other slots for the same person; the focus stays on the filter that changed."""
        self.focus = ""
        if not self.person and not self.is_new and self.data.get("heard"):
            self.found = selectors.find(read_query(self.data["heard"]), self.user)

    # --- Pieces -------------------------------------------------------------------------------------------------------

    def look_for_duplicates(self) -> bool:
        """Say whether people already on file look like somebody new, unless the agent said it is somebody else."""
        who = self.who
        if who.is_valid() and not who.cleaned_data["is_somebody_else"]:
            self.duplicates = possible_duplicates(self.user, **who.known())
        return bool(self.duplicates)

    def _is_somebody(self) -> bool:
        return self.is_new and any(self.data.get(name) for name in NEWCOMER_FIELDS)

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
