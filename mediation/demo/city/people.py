"""Invented beneficiaries, linked to the organisations that help them."""

import datetime as dt
from collections import defaultdict
from dataclasses import dataclass, field

from directory.enums import AgeBand, Gender, Language, ReceptionNeed, Status, Title
from directory.models import Beneficiary, BeneficiaryLink, Organisation
from mediation.activity.services import Person
from mediation.demo.city.almanac import Almanac
from mediation.demo.city.dice import Dice
from mediation.demo.city.names import FEMALE, MALE, SURNAMES
from mediation.demo.city.organisations import PLANS, Network
from mediation.kernel import formats
from mediation.kernel.phones import to_e164
from mediation.territory.models import Commune, Quartier

PEOPLE = 3000
AGES = {(18, 29): 0.1, (30, 44): 0.18, (45, 59): 0.2, (60, 69): 0.2, (70, 79): 0.2, (80, 92): 0.12}
LANGUAGES = {
    Language.FR: 0.8,
    Language.AR: 0.08,
    Language.ES: 0.04,
    Language.PT: 0.03,
    Language.EN: 0.03,
    Language.UK: 0.02,
}


@dataclass
class Crowd:
    """The people of the demonstration, by organisation, and when each organisation saw them first and last."""

    by_organisation: dict[int, list[Beneficiary]]
    contacts: dict[tuple[int, int], list[dt.date]] = field(default_factory=lambda: defaultdict(list))

    def somebody(self, dice: Dice, organisation: Organisation) -> Beneficiary:
        """Return somebody of an organisation; a few come often, most once or twice."""
        people = self.by_organisation[organisation.pk]
        return people[int(len(people) * dice.random() ** 1.6)]

    def note_contact(self, beneficiary: Beneficiary, organisation: Organisation, day: dt.date) -> None:
        """Remember that an organisation saw somebody on a day."""
        seen = self.contacts[beneficiary.pk, organisation.pk]
        seen[:] = [min([day, *seen]), max([day, *seen])]

    def write_links(self, today: dt.date) -> None:
        """Write each organisation's link to the people it knows; whoever was never seen has just asked."""
        for organisation_id, people in self.by_organisation.items():
            for beneficiary in people:
                self.contacts.setdefault((beneficiary.pk, organisation_id), [today, today])
        BeneficiaryLink.objects.bulk_create(
            BeneficiaryLink(
                beneficiary_id=beneficiary_id,
                organisation_id=organisation_id,
                since=days[0],
                last_contact_on=min(days[-1], today),
                shares_history=(beneficiary_id % 5 == 0),
            )
            for (beneficiary_id, organisation_id), days in self.contacts.items()
        )


def write_people(seed: int, almanac: Almanac, network: Network) -> Crowd:
    """Write the people of every organisation, as many as it has mediators."""
    dice = Dice(seed, "people")
    home = _Homes(dice)
    mediators = sum(plan.mediators for plan in PLANS)
    people = Beneficiary.objects.bulk_create(_beneficiary(dice, home, almanac, number) for number in range(PEOPLE))
    by_organisation, start = {}, 0
    for plan in PLANS:
        end = start + round(PEOPLE * plan.mediators / mediators)
        by_organisation[network.organisations[plan.key].pk] = people[start:end]
        start = end
    return Crowd(by_organisation)


def anonymous(dice: Dice, day: dt.date, home: Quartier | None, people: int = 1) -> Person:
    """Return somebody who gave no name, or a group of people alike."""
    birth_year = day.year - dice.randint(*dice.pick(AGES))
    return Person(
        people=people,
        age_band=AgeBand.of(birth_year, day) if dice.happens(0.8) else AgeBand.UNKNOWN,
        gender=dice.choice([Gender.MALE, Gender.FEMALE, Gender.FEMALE]) if dice.happens(0.9) else Gender.UNKNOWN,
        status=_status(dice, birth_year, day) if dice.happens(0.7) else Status.UNKNOWN,
        commune=home.commune if home else None,
        quartier=home,
    )


class _Homes:
    """Where people live: mostly in the city's quartiers by their population, some in the communes around."""

    def __init__(self, dice: Dice) -> None:
        self.dice = dice
        self.quartiers = {quartier: quartier.population for quartier in Quartier.objects.select_related("commune")}
        city = next(iter(self.quartiers)).commune
        self.around = list(Commune.objects.filter(population__gt=8000).exclude(pk=city.pk))

    def somewhere(self) -> tuple[Commune | None, Quartier | None]:
        if self.dice.happens(0.08):
            return None, None
        if self.dice.happens(0.12):
            return self.dice.choice(self.around), None
        quartier = self.dice.pick(self.quartiers)
        return quartier.commune, quartier


def _beneficiary(dice: Dice, homes: _Homes, almanac: Almanac, number: int) -> Beneficiary:
    is_woman = dice.happens(0.58)
    first_name, last_name = dice.choice(FEMALE if is_woman else MALE), dice.choice(SURNAMES)
    birth_year = almanac.today.year - dice.randint(*dice.pick(AGES))
    phone = _phone(dice, number)
    commune, quartier = homes.somewhere()
    return Beneficiary(
        uid=dice.uid(),
        title=Title.MS if is_woman else Title.MR,
        first_name=first_name,
        last_name=last_name,
        search_name=formats.searchable(f"{first_name} {last_name}"),
        phone_typed=phone,
        phone=to_e164(phone),
        email=f"personne{number}@example.org" if dice.happens(0.35) else "",
        birth_year=birth_year if dice.happens(0.85) else None,
        gender=Gender.FEMALE if is_woman else Gender.MALE,
        status=_status(dice, birth_year, almanac.today),
        commune=commune,
        quartier=quartier,
        language=dice.pick(LANGUAGES),
        reception_needs=dice.some(list(ReceptionNeed), 1, 2) if dice.happens(0.08) else [],
    )


def _phone(dice: Dice, number: int) -> str:
    """Return a number reserved for fiction: mostly mobile, some landlines, some people have none."""
    if dice.happens(0.07):
        return ""
    pairs = f"{number % 10000:04}"
    return f"{'05 36 49' if dice.happens(0.15) else '06 39 98'} {pairs[:2]} {pairs[2:]}"


def _status(dice: Dice, birth_year: int, day: dt.date) -> Status:
    age = day.year - birth_year
    if age >= 64:
        return Status.RETIRED
    if age < 20:
        return Status.PUPIL
    return dice.pick({Status.UNEMPLOYED: 0.45, Status.EMPLOYED: 0.4, Status.UNKNOWN: 0.15})
