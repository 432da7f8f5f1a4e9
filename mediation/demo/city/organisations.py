"""The ten organisations, their accounts and their forty mediators."""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass, field

from django.contrib.auth.hashers import make_password

from directory.enums import Language, OrganisationKind, Role, Side, Source
from directory.models import Mediator, Membership, Organisation
from mediation.accounts.models import User
from mediation.activity.models import DeclaredSource
from mediation.demo.city.accounts import ACCOUNTS, PASSWORD, Account
from mediation.demo.city.almanac import Almanac
from mediation.demo.city.dice import Dice
from mediation.demo.city.names import FEMALE, MALE, SURNAMES

SKILLS = ("démarches en ligne", "smartphone", "bureautique", "sécurité numérique", "parentalité", "emploi", "seniors")


@dataclass(frozen=True)
class Plan:
    """What an organisation is, with how many mediators, and the beginnings of the identifiers of its places."""

    key: str
    name: str
    kind: OrganisationKind
    side: Side
    mediators: int
    places: tuple[str, ...]
    source: Source = Source.HERE
    open_on_saturdays: bool = False
    silent_month: bool = False


MUNICIPAL, PARTNER = Side.MUNICIPAL, Side.PARTNER
PLANS = (
    Plan(
        "citoyennete",
        "Mairie – Maisons de la citoyenneté",
        OrganisationKind.MUNICIPAL,
        MUNICIPAL,
        6,
        ("tls-maison-citoyennete", "tls-mairie"),
    ),
    Plan(
        "bibliotheques",
        "Mairie – Réseau de lecture publique",
        OrganisationKind.LIBRARIES,
        MUNICIPAL,
        7,
        ("tls-bibliotheque", "tls-mediatheque"),
        open_on_saturdays=True,
    ),
    Plan(
        "centres-sociaux",
        "Mairie – Centres sociaux",
        OrganisationKind.MUNICIPAL,
        MUNICIPAL,
        5,
        ("tls-centre-social", "tls-centre-polyvalent", "tls-espace-famille"),
    ),
    Plan(
        "quartiers",
        "Mairie – Maisons de quartier",
        OrganisationKind.MUNICIPAL,
        MUNICIPAL,
        4,
        ("tls-maison-quartier", "tls-espace-quartier", "tls-salle", "tls-maison-vestrepain"),
    ),
    Plan(
        "ccas",
        "CCAS – Pôle seniors",
        OrganisationKind.CCAS,
        MUNICIPAL,
        5,
        ("tls-club-seniors", "tls-maison-seniors", "tls-pole-seniors"),
    ),
    Plan(
        "mjc",
        "Les MJC reliées",
        OrganisationKind.ASSOCIATION,
        PARTNER,
        3,
        ("tls-mjc",),
    ),
    Plan(
        "passeurs",
        "Les Passeurs numériques",
        OrganisationKind.ASSOCIATION,
        PARTNER,
        3,
        ("tls-centre-animation", "tls-centre-culturel"),
        source=Source.COOP,
    ),
    Plan(
        "clic",
        "Clic et Parole",
        OrganisationKind.ASSOCIATION,
        PARTNER,
        3,
        ("tls-accueil-jeunes", "tls-espace-saint"),
        source=Source.COOP,
        silent_month=True,
    ),
    Plan(
        "droits",
        "Accès aux droits pour tous",
        OrganisationKind.ASSOCIATION,
        PARTNER,
        2,
        ("tls-maison-justice", "tls-espace-diversites", "tls-maison-associations", "tls-espace-bonnefoy"),
    ),
    Plan(
        "france-services",
        "Relais France services",
        OrganisationKind.FRANCE_SERVICES,
        PARTNER,
        2,
        ("fs-",),
        source=Source.COOP,
    ),
)


@dataclass
class Network:
    """Who takes part, as written to the database."""

    organisations: dict[str, Organisation] = field(default_factory=dict)
    mediators: dict[str, list[Mediator]] = field(default_factory=dict)

    def all_mediators(self) -> list[Mediator]:
        """Return the mediators, organisation by organisation."""
        return [mediator for mediators in self.mediators.values() for mediator in mediators]


def write_network(seed: int, almanac: Almanac) -> Network:
    """Write organisations, accounts and mediators."""
    dice, network = Dice(seed, "network"), Network()
    for number, plan in enumerate(PLANS):
        network.organisations[plan.key] = Organisation.objects.create(
            uid=dice.uid(),
            name=plan.name,
            kind=plan.kind,
            side=plan.side,
            phone=f"05 36 49 01 {number:02}",
            email=f"{plan.key}@example.org",
            dpo_contact=f"dpo-{plan.key}@example.org",
            default_source=plan.source,
            is_fictional=True,
        )
    users = _accounts(network)
    # No two of one name: people choose a mediator by it.
    surnames = iter(dice.sample(SURNAMES, len(SURNAMES)))
    for plan in PLANS:
        network.mediators[plan.key] = _mediators(dice, plan, network, users, surnames)
    _declare_sources(network, almanac)
    return network


def _accounts(network: Network) -> dict[str, User]:
    """Return the users by organisation key, those who mediate."""
    password, mediating = make_password(PASSWORD), {}
    for account in ACCOUNTS:
        user = User.objects.create(
            email=account.email, first_name=account.first_name, last_name=account.last_name, password=password
        )
        _give_roles(user, account, network)
        if Role.MEDIATOR in account.roles:
            mediating[account.organisation] = user
    return mediating


def _give_roles(user: User, account: Account, network: Network) -> None:
    for role in account.roles:
        Membership.objects.create(user=user, organisation=network.organisations.get(account.organisation), role=role)


def _mediators(
    dice: Dice, plan: Plan, network: Network, users: dict[str, User], surnames: Iterator[str]
) -> list[Mediator]:
    """Write an organisation's mediators; the one with an account comes first."""
    return [
        _mediator(dice, network.organisations[plan.key], users.get(plan.key) if number == 0 else None, next(surnames))
        for number in range(plan.mediators)
    ]


def _mediator(dice: Dice, organisation: Organisation, user: User | None, surname: str) -> Mediator:
    languages = [Language.FR, *dice.some([Language.EN, Language.ES, Language.PT, Language.AR, Language.UK], 0, 2)]
    return Mediator.objects.create(
        uid=dice.uid(),
        organisation=organisation,
        user=user,
        first_name=user.first_name if user else dice.choice(FEMALE + MALE),
        last_name=user.last_name if user else surname,
        languages=[*languages, Language.LSF] if dice.happens(0.08) else languages,
        skills=dice.some(SKILLS, 2, 4),
    )


def _declare_sources(network: Network, almanac: Almanac) -> None:
    """One municipal mediator, paid by the national programme, has reported in La Coop for a year."""
    DeclaredSource.objects.create(
        mediator=network.mediators["centres-sociaux"][-1],
        source=Source.COOP,
        starts_on=almanac.today - dt.timedelta(days=365),
    )
