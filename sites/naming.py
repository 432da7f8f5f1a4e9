"""The name of a place in a message, short and of letters that every telephone knows; and in a sentence."""

from dataclasses import dataclass

from mediation.kernel.gsm7 import BASIC, transliterate

LONGEST = 48
# How a place is spoken of, by the first word of its name: "à la médiathèque", "au centre", "à l’espace".
FEMININE = {
    "bibliothèque",
    "cité",
    "ferme",
    "halle",
    "ludothèque",
    "mairie",
    "maison",
    "médiathèque",
    "mission",
    "mjc",
    "régie",
    "ressourcerie",
    "salle",
}
MASCULINE = {
    "bureau",
    "bus",
    "café",
    "ccas",
    "centre",
    "cinéma",
    "clae",
    "club",
    "collège",
    "complexe",
    "fablab",
    "foyer",
    "gymnase",
    "lieu",
    "lycée",
    "local",
    "musée",
    "pavillon",
    "pimms",
    "pôle",
    "point",
    "relais",
    "service",
    "théâtre",
    "tiers-lieu",
    "tribunal",
}
ELIDED = {
    "accueil",
    "agence",
    "antenne",
    "association",
    "atelier",
    "auberge",
    "école",
    "épicerie",
    "équipement",
    "espace",
    "hôpital",
    "hôtel",
    "université",
}


@dataclass(frozen=True)
class ShortNameCheck:
    """What is to be said of a name for messages."""

    name: str
    strange: tuple[str, ...]
    suggestion: str

    @property
    def length(self) -> int:
        """How many characters it has."""
        return len(self.name)

    @property
    def fits(self) -> bool:
        """Whether it can stand in a message as it is."""
        return not self.strange and self.length <= LONGEST


def check_short_name(name: str) -> ShortNameCheck:
    """Look at a name for messages: its length, the letters that do not pass, the nearest one that does."""
    strange = tuple(dict.fromkeys(character for character in name if not _is_plain(character)))
    fits = not strange and len(name) <= LONGEST
    return ShortNameCheck(name, strange, "" if fits else suggest_short_name(name))


def suggest_short_name(name: str) -> str:
    """Return a name that fits a message, cut between two words; "" where some letter has no plain neighbour."""
    plain = " ".join(transliterate(name).split())
    if len(plain) > LONGEST:
        plain = plain[: LONGEST + 1].rsplit(" ", 1)[0][:LONGEST]
    return plain if all(map(_is_plain, plain)) else ""


def suggest_locative(name: str) -> str:
    """Return where one is who is at a place: "à la médiathèque Empalot"; "" where its first word is none we know."""
    first = name.split(" ", 1)[0]
    # "MJC" stays as it is written.
    said = name if first.isupper() else f"{name[:1].lower()}{name[1:]}"
    for article, words in (("à la ", FEMININE), ("au ", MASCULINE), ("à l’", ELIDED)):
        if first.lower() in words:
            return f"{article}{said}"
    return ""


def _is_plain(character: str) -> bool:
    # Extended characters ([, €…) cost two: they are left out, as the database's own check does.
    return character in BASIC and character not in "\r\n"
