"""What the demonstration adds to the real places: hours, who helps there, services and public computers."""

import csv
from pathlib import Path

import sites
from mediation.demo.city.dice import Dice
from mediation.demo.city.organisations import PLANS, Network, Plan
from sites.enums import AccessMode, Equipment, Fee, Mobility, Service, SupportMode, WorkstationState
from sites.models import Site, Workstation

HOURS_FILE = Path(sites.__file__).parent / "data" / "demo_hours.csv"
# Public computers by kind of place: Toulouse announces more than 300 in all.
COMPUTERS = {"BIB": (6, 12), "CS": (4, 8), "MJC": (3, 6), "MUNI": (1, 4), "MQ": (1, 4), "RFS": (1, 3), "PAD": (1, 2)}
STATES = {WorkstationState.FREE: 0.72, WorkstationState.IN_USE: 0.2, WorkstationState.BROKEN: 0.08}
EQUIPMENT = {
    Equipment.PRINTER: 0.6,
    Equipment.SCANNER: 0.4,
    Equipment.WEBCAM: 0.5,
    Equipment.HEADSET: 0.5,
    Equipment.LARGE_SCREEN: 0.25,
    Equipment.ACCESSIBLE: 0.3,
}


def furnish_places(seed: int, network: Network) -> dict[str, list[Site]]:
    """Complete the places and return those of each organisation, by its key."""
    dice, hours = Dice(seed, "places"), _hours()
    places: dict[str, list[Site]] = {}
    for plan in PLANS:
        found = [site for start in plan.places for site in Site.objects.filter(national_id__startswith=start)]
        places[plan.key] = _in_the_city(found)
        for site in places[plan.key]:
            _furnish(dice, plan, site, network, hours.get(site.national_id, site.opening_hours))
    Site.objects.bulk_update(
        [site for found in places.values() for site in found],
        ["organisation", "opening_hours", "services", "fees", "mobility", "access_modes", "support_modes", "phone"]
        + ["summary", "how_to_come", "is_fictional"],
    )
    _write_workstations(dice, [site for found in places.values() for site in found])
    return places


def _hours() -> dict[str, str]:
    with HOURS_FILE.open(encoding="utf-8", newline="") as file:
        return {row["id"]: row["opening_hours"] for row in csv.DictReader(file)}


def _in_the_city(found: list[Site]) -> list[Site]:
    """France services cover the whole département; mediators of the network receive in those of the city."""
    return [site for site in found if site.quartier_id]


def _furnish(dice: Dice, plan: Plan, site: Site, network: Network, hours: str) -> None:
    site.organisation = network.organisations[plan.key]
    site.opening_hours = hours
    site.services = [Service.ADMIN, Service.EVERYDAY, Service.ACCESS, *dice.some([Service.SAFETY, Service.JOBS], 0, 2)]
    site.fees, site.mobility = [Fee.FREE], [Mobility.FIXED]
    site.access_modes = [AccessMode.WALK_IN, AccessMode.PHONE, AccessMode.ONLINE]
    site.support_modes = [SupportMode.ALONE, SupportMode.INDIVIDUAL, SupportMode.WORKSHOP]
    site.phone = f"+3353649{dice.randrange(1000, 9999)}"
    site.summary = "Des ordinateurs en libre accès et des médiateurs pour vous aider, sur rendez-vous ou sans."
    site.how_to_come = dice.choice(
        ("Métro à moins de dix minutes à pied.", "Arrêt de bus devant la porte.", "Tramway et bus à cinq minutes.")
    )
    site.is_fictional = True


def _write_workstations(dice: Dice, furnished: list[Site]) -> None:
    Workstation.objects.bulk_create(
        Workstation(
            uid=dice.uid(),
            site=site,
            label=f"Poste {number}",
            state=dice.pick(STATES),
            equipment=[item for item, share in EQUIPMENT.items() if dice.happens(share)],
        )
        for site in furnished
        for number in range(1, dice.randint(*COMPUTERS.get(site.typologies[0], (1, 2))) + 1)
    )
