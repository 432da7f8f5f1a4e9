"""The fixed cast: the same few people and places in every test. All of them are invented.

``make_cast()`` writes them; the fixture ``cast`` (tests/conftest.py) gives them to a test. The clock of tests that
care about dates is ``NOW``: Tuesday 1 December 2026, 9:00 in Toulouse.
"""

import datetime as dt
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from directory.enums import OrganisationKind, Role, Side, Source
from directory.models import Beneficiary, BeneficiaryLink, Mediator, Membership, Organisation
from helpdesk.enums import WhoBooks
from helpdesk.models import OpeningPeriod, Reason
from mediation.accounts.models import User
from mediation.activity.enums import DemarcheTheme, Level, Theme
from mediation.activity.models import Demarche
from mediation.territory.models import Commune, Quartier
from sites.models import Site, Workstation

PARIS = ZoneInfo("Europe/Paris")
NOW = dt.datetime(2026, 12, 1, 9, 0, tzinfo=PARIS)
TODAY = NOW.date()
PASSWORD = "une phrase de passe"


def at(hour: int, minute: int = 0, *, days: int = 0) -> dt.datetime:
    """Return an instant of the cast's today (or ``days`` later), by wall time."""
    return dt.datetime.combine(TODAY + dt.timedelta(days=days), dt.time(hour, minute), tzinfo=PARIS)


@dataclass
class Cast:
    """Everybody, by a name that says who they are."""

    toulouse: Commune
    empalot_quartier: Quartier
    mairie: Organisation  # municipal, reports here
    partner: Organisation  # an association, reports in La Coop
    empalot: Site  # the Mairie's library
    bellefontaine: Site  # the partner's centre social
    claire: User  # front desk of the Mairie
    amina: User  # mediator of the Mairie
    paul: User  # mediator of the partner
    sofia: User  # coordinator, network-wide
    admin: User  # administrator, network-wide
    amina_mediator: Mediator
    paul_mediator: Mediator
    admin_help: Reason  # 30 minutes, everyone may book
    any_need: Reason  # 30 minutes, everyone, the reason of doors that ask no need
    desk_only: Reason  # 60 minutes, the Mairie's own desk only
    opening: OpeningPeriod  # Amina at Empalot, Tuesdays 9:00–12:00, from 1 December 2026
    partner_opening: OpeningPeriod  # Paul at Bellefontaine, Wednesdays 14:00–17:00
    lucette: Beneficiary  # 78, a mobile number, linked to the Mairie
    hassan: Beneficiary  # linked to the partner only
    caf: Demarche
    workstation: Workstation


def make_cast() -> Cast:
    """Write the cast to the database and return it."""
    toulouse = Commune.objects.create(insee_code="31555", name="Toulouse", postcodes=["31000", "31400"])
    quartier = Quartier.objects.create(
        commune=toulouse,
        number=5,
        name="Saint-Michel / Saint-Agne / Empalot",
        short_name="Saint-Michel / Empalot",
        population=34188,
        population_65=3915,
        outline={
            "type": "Polygon",
            "coordinates": [[[1.43, 43.57], [1.46, 43.57], [1.46, 43.60], [1.43, 43.60], [1.43, 43.57]]],
        },
    )
    mairie, partner = _organisations()
    empalot, bellefontaine = _sites(mairie, partner, quartier)
    users = _users(mairie, partner)
    amina = Mediator.objects.create(
        organisation=mairie, user=users["amina"], first_name="Amina", last_name="Benali", languages=["fr", "ar"]
    )
    paul = Mediator.objects.create(
        organisation=partner, user=users["paul"], first_name="Paul", last_name="Rivière", languages=["fr", "en"]
    )
    empalot.mediators.add(amina)
    bellefontaine.mediators.add(paul)
    reasons = _reasons(mairie)
    openings = _openings(amina, paul, empalot, bellefontaine, reasons)
    lucette, hassan = _people(mairie, partner, toulouse, quartier)
    return Cast(
        toulouse=toulouse,
        empalot_quartier=quartier,
        mairie=mairie,
        partner=partner,
        empalot=empalot,
        bellefontaine=bellefontaine,
        **users,
        amina_mediator=amina,
        paul_mediator=paul,
        **reasons,
        **openings,
        lucette=lucette,
        hassan=hassan,
        caf=Demarche.objects.create(
            slug="caf",
            name="CAF (allocations, RSA, prime d’activité)",
            public_body="Caisse d’allocations familiales",
            theme=DemarcheTheme.SOCIAL,
            level=Level.STATE,
        ),
        workstation=Workstation.objects.create(site=empalot, label="Poste 1", equipment=["printer"]),
    )


def _organisations() -> tuple[Organisation, Organisation]:
    mairie = Organisation.objects.create(
        name="Mairie, médiation numérique",
        kind=OrganisationKind.MUNICIPAL,
        side=Side.MUNICIPAL,
        phone="05 36 49 00 01",
    )
    partner = Organisation.objects.create(
        name="Association Le Fil",
        kind=OrganisationKind.ASSOCIATION,
        side=Side.PARTNER,
        phone="05 36 49 00 02",
        default_source=Source.COOP,
    )
    return mairie, partner


def _sites(mairie: Organisation, partner: Organisation, quartier: Quartier) -> tuple[Site, Site]:
    place = {"commune_name": "Toulouse", "insee_code": "31555"}
    empalot = Site.objects.create(
        national_id="tls-empalot",
        name="Médiathèque Empalot",
        short_name="médiathèque Empalot",
        locative="à la médiathèque Empalot",
        address="40 avenue Jean Moulin",
        postcode="31400",
        latitude=43.5790,
        longitude=1.4430,
        quartier=quartier,
        organisation=mairie,
        typologies=["BIB"],
        opening_hours="Tu-Sa 10:00-18:00",
        phone="+33536490003",
        step_free=True,
        **place,
    )
    bellefontaine = Site.objects.create(
        national_id="tls-bellefontaine",
        name="Centre social Bellefontaine",
        short_name="centre social Bellefontaine",
        locative="au centre social Bellefontaine",
        address="1 allée Jean Griffon",
        postcode="31100",
        latitude=43.5640,
        longitude=1.3990,
        organisation=partner,
        typologies=["CS"],
        opening_hours="Mo-Fr 09:00-12:00,14:00-18:00",
        **place,
    )
    return empalot, bellefontaine


def _users(mairie: Organisation, partner: Organisation) -> dict[str, User]:
    roles = {
        "claire": ("Claire", "Martin", mairie, Role.FRONT_DESK),
        "amina": ("Amina", "Benali", mairie, Role.MEDIATOR),
        "paul": ("Paul", "Rivière", partner, Role.MEDIATOR),
        "sofia": ("Sofia", "Costa", None, Role.COORDINATOR),
        "admin": ("Alex", "Durand", None, Role.ADMINISTRATOR),
    }
    users = {}
    for key, (first_name, last_name, organisation, role) in roles.items():
        users[key] = User.objects.create_user(
            f"{key}@example.org", PASSWORD, first_name=first_name, last_name=last_name
        )
        Membership.objects.create(user=users[key], organisation=organisation, role=role)
    return users


def _reasons(mairie: Organisation) -> dict[str, Reason]:
    return {
        "admin_help": Reason.objects.create(
            label="Faire une démarche avec quelqu’un", themes=[Theme.ADMIN], who_books=WhoBooks.EVERYONE
        ),
        "any_need": Reason.objects.create(label="Tous besoins", is_any_need=True, who_books=WhoBooks.EVERYONE),
        "desk_only": Reason.objects.create(
            label="Bilan numérique", organisation=mairie, duration_minutes=60, who_books=WhoBooks.DESK
        ),
    }


def _openings(
    amina: Mediator, paul: Mediator, empalot: Site, bellefontaine: Site, reasons: dict[str, Reason]
) -> dict[str, OpeningPeriod]:
    opening = OpeningPeriod.objects.create(
        mediator=amina, site=empalot, first_day=TODAY, start_time=dt.time(9), end_time=dt.time(12)
    )
    opening.reasons.set(reasons.values())
    partner_opening = OpeningPeriod.objects.create(
        mediator=paul,
        site=bellefontaine,
        first_day=TODAY + dt.timedelta(days=1),
        start_time=dt.time(14),
        end_time=dt.time(17),
    )
    partner_opening.reasons.set([reasons["admin_help"], reasons["any_need"]])
    return {"opening": opening, "partner_opening": partner_opening}


def _people(
    mairie: Organisation, partner: Organisation, toulouse: Commune, quartier: Quartier
) -> tuple[Beneficiary, Beneficiary]:
    lucette = Beneficiary.objects.create(
        first_name="Lucette",
        last_name="Fabré",
        phone_typed="06 39 98 00 01",
        birth_year=1948,
        commune=toulouse,
        quartier=quartier,
    )
    hassan = Beneficiary.objects.create(first_name="Hassan", last_name="Idrissi", phone_typed="06 39 98 00 02")
    BeneficiaryLink.objects.create(beneficiary=lucette, organisation=mairie, since=TODAY, last_contact_on=TODAY)
    BeneficiaryLink.objects.create(beneficiary=hassan, organisation=partner, since=TODAY, last_contact_on=TODAY)
    return lucette, hassan
