"""Two files side by side: what each says, what each would learn, and what would move."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.db.models import Field, QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy, ngettext_lazy

from directory.enums import ReceptionNeed
from directory.models import Beneficiary
from directory.selectors import Tie, filled_fields, ties, why_not_one
from mediation.kernel import formats


def _needs(person: Beneficiary) -> str:
    labels = dict(ReceptionNeed.choices)
    return ", ".join(str(labels.get(code, code)) for code in person.reception_needs)


# In the words of the pages; a later app's rows are counted under the name of their model.
COUNTED: dict[str, Promise] = {
    "helpdesk.Attendee.beneficiary": ngettext_lazy("%(n)s rendez-vous", "%(n)s rendez-vous", "n"),
    "helpdesk.HelpRequest.beneficiary": ngettext_lazy("%(n)s demande d’aide", "%(n)s demandes d’aide", "n"),
    "helpdesk.Ticket.beneficiary": ngettext_lazy("%(n)s ticket", "%(n)s tickets", "n"),
    "workshops.Registration.beneficiary": ngettext_lazy(
        "%(n)s inscription à un atelier", "%(n)s inscriptions à des ateliers", "n"
    ),
    "activity.Assistance.beneficiary": ngettext_lazy("%(n)s activité", "%(n)s activités", "n"),
    "messaging.Message.beneficiary": ngettext_lazy("%(n)s message", "%(n)s messages", "n"),
}
FACTS: tuple[tuple[Promise, Callable[[Beneficiary], Any]], ...] = (
    (gettext_lazy("Prénom"), lambda one: one.first_name),
    (gettext_lazy("Nom"), lambda one: one.last_name),
    (gettext_lazy("Téléphone"), lambda one: formats.phone(one.phone) if one.phone else one.phone_typed),
    (gettext_lazy("Adresse e-mail"), lambda one: one.email),
    (gettext_lazy("Année de naissance"), lambda one: one.birth_year or ""),
    (gettext_lazy("Adresse postale"), lambda one: one.postal_address),
    (gettext_lazy("Quartier"), lambda one: one.quartier or ""),
    (gettext_lazy("Commune"), lambda one: one.commune or ""),
    (gettext_lazy("Langue"), lambda one: one.get_language_display()),
    (gettext_lazy("Besoins d’accueil"), _needs),
    (gettext_lazy("Référence de dossier"), lambda one: one.reference),
)


@dataclass(frozen=True)
class Fact:
    """One line of the comparison. ``differs`` where both say something, and not the same."""

    label: str | Promise
    values: tuple[str, str]

    @property
    def differs(self) -> bool:
        """Whether the two contradict each other."""
        one, other = self.values
        return bool(one and other) and formats.searchable(one) != formats.searchable(other)


@dataclass(frozen=True)
class Side:
    """One of the two files: what it would learn from the other if it is kept, and what is tied to it now."""

    person: Beneficiary
    since: str
    learns: list[str]
    tied: list[str]


@dataclass(frozen=True)
class Comparison:
    """Two files side by side. ``clash`` says what both are in at once, which tells two people."""

    sides: tuple[Side, Side]
    facts: list[Fact]
    clash: str


def compare(one: Beneficiary, other: Beneficiary, user: Any) -> Comparison:
    """Put two files side by side, as far as this agent may see what is tied to them."""
    facts = [Fact(label, (str(read(one)), str(read(other)))) for label, read in FACTS]
    return Comparison(
        sides=(_side(one, other, user), _side(other, one, user)),
        facts=[fact for fact in facts if any(fact.values)],
        clash=why_not_one(one, other),
    )


def _side(person: Beneficiary, other: Beneficiary, user: Any) -> Side:
    names = [name.removesuffix("_id") for name in filled_fields(person, other)]
    return Side(
        person=person,
        since=formats.long_day(person.created_at, year=True),
        learns=[_label(name) for name in names],
        tied=[line for tie in ties() if (line := _counted(tie, person, user))],
    )


def _label(name: str) -> str:
    """Return what a field is called, in the middle of a sentence."""
    field: Field = Beneficiary._meta.get_field(name)  # type: ignore[assignment]
    return str(field.verbose_name)


def _counted(tie: Tie, person: Beneficiary, user: Any) -> str:
    """Return "3 rendez-vous": those the agent may see; that another organisation helps somebody is theirs to tell."""
    rows: QuerySet = tie.rows(person)
    manager = tie.model._default_manager
    if hasattr(manager, "visible_to"):
        rows = rows.filter(pk__in=manager.visible_to(user).order_by().values("pk"))
    number = rows.count()
    if not number:
        return ""
    known = COUNTED.get(tie.key)
    return str(known % {"n": number}) if known else f"{number} {tie.model._meta.verbose_name_plural}"
