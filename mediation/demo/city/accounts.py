"""The accounts that a newcomer signs in with, printed by the command."""

from dataclasses import dataclass

from directory.enums import Role

PASSWORD = "bienvenue-toulouse"  # noqa: S105 — it opens invented data on one's own machine only


@dataclass(frozen=True)
class Account:
    """One person to be: what they are, and where (an organisation's key; none for the whole network)."""

    label: str
    email: str
    first_name: str
    last_name: str
    roles: tuple[Role, ...]
    organisation: str = ""


ACCOUNTS = (
    Account("Accueil", "accueil@example.org", "Claire", "Autan", (Role.FRONT_DESK,), "bibliotheques"),
    Account("Médiatrice", "mediatrice@example.org", "Amina", "Ramieux", (Role.MEDIATOR,), "bibliotheques"),
    Account(
        "Médiateur d’un partenaire (La Coop)",
        "partenaire@example.org",
        "Paul",
        "Platanel",
        (Role.MEDIATOR,),
        "passeurs",
    ),
    Account("Coordinatrice", "coordination@example.org", "Sofia", "Marengue", (Role.COORDINATOR,)),
    Account("Administrateur", "administration@example.org", "Alex", "Peyrolade", (Role.ADMINISTRATOR,)),
)
