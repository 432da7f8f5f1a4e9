"""Where a call stands: from what the page sends back to what it shows next."""

from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from django.http import QueryDict
from django.utils.translation import gettext as _

from directory import rules
from directory.enums import Language, ReceptionNeed, Role
from directory.models import Beneficiary
from directory.selectors import possible_duplicates
from mediation.desk import selectors
from mediation.desk.forms import NeedForm
from mediation.desk.known import KnownSoFar
from mediation.desk.party import NEWCOMER_FIELDS, read_party
from mediation.desk.reading import read_query
from mediation.kernel import formats
from mediation.kernel.questions import asked_often

OF_ONE_PERSON = ("person", "is_new", "is_somebody_else", *NEWCOMER_FIELDS)


class Call(KnownSoFar):
    """One call, from the first words to the choice of a slot: each button of the page is a verb here."""

    @classmethod
    def begin(cls, user: Any, *, filters: dict[str, str], person: str = "", picked: str = "") -> "Call":
        """Nobody has said anything yet; or somebody comes from their page, the list of calls, a time of the agenda."""
        call = cls(user=user, data=QueryDict(mutable=True))
        call.data.update(filters)
        if picked:
            call.data["picked"] = picked
        if call.picked:
            call.data["reason"] = str(call.picked.reason.uid)
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
            if name in self.data and "do" not in self.data:
                verb(self.data[name])
                return
        steps = {
            "new": self._somebody_new,
            "else": self._somebody_else,
            "with": self._with_somebody,
            "stay": self._stay,
            "slots": self._refresh,
            "other": self._another_time,
            "back": self._search,
        }
        steps.get(self.data.get("do", ""), self._listen)()

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
        elif self.query.is_reference:
            self._say_reference_is_unknown()
        elif self.data["heard"]:
            self._somebody_new()

    def _say_reference_is_unknown(self) -> None:
        """Nobody is made out of eight digits: they were misheard, or are of a partner, and the words tell neither."""
        # The same digits once more are a search again, not "go on".
        self.data["heard"] = ""
        self.problem = _(
            "Aucun rendez-vous que vous pouvez voir ne porte le numéro %(reference)s. "
            "Vérifiez les chiffres, ou cherchez par le nom."
        ) % {"reference": formats.reference(self.query.reference).replace(" ", formats.NO_BREAK)}

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

    def _another_time(self) -> None:
        """Look at a time that is not offered, and at what speaks against it."""
        self.focus = "other"

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
        try:
            uid = UUID(self.data.get("person", ""))
        except ValueError:
            return None
        organisations = rules.organisation_ids(self.user, Role.FRONT_DESK, Role.MEDIATOR)
        return next(iter(_visible(uid=uid, organisations=list(organisations))), None)

    def _take_reason_for_demarches(self) -> None:
        """Whoever names a démarche needs somebody who helps with them."""
        if reason := NeedForm(self.data, user=self.user).reason_for_demarches():
            self.data["reason"] = str(reason.uid)


@asked_often
def _visible(*, uid: Any, organisations: Any) -> QuerySet:
    """The person, as ``visible_to`` shows them to agents of these organisations."""
    visible = Beneficiary.objects.visible_at(organisations).filter(uid=uid)
    return visible.select_related("quartier").order_by()
