"""What a text means: a key, or one of a few words in six languages, however they were typed. Never a guess."""

import re
import unicodedata
from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass

from directory.enums import Language
from mediation.messaging.enums import Meaning
from mediation.messaging.vocabulary import BEFORE_A_PLACE, BEFORE_WHAT_IS_BOOKED, POLITE, REPLIES, WISHES

# Keys as they are read out: 1 is yes and 2 is no, slots are chosen with 3 and 4.
KEYS = {1: Meaning.YES, 2: Meaning.NO, 3: Meaning.FIRST, 4: Meaning.SECOND}
# Only these are about somewhere; the others are about what was booked.
SOMEWHERE = (Meaning.BOOK, Meaning.PLACES)
BOOKED = (Meaning.CHANGE, Meaning.CANCEL)
POSTCODE = re.compile(r"(?<!\d)(\d{2}) ?(\d{3})(?!\d)")
# A quartier's name has no more; what is longer is a sentence, for somebody to read.
LONGEST_NAME = 5


@dataclass(frozen=True)
class Said:
    """What a text says; ``about`` is where (a postcode, or a name as it was typed), ``languages`` those of its word.

    No language where the word is also a French one: everybody here knows RDV and STOP.
    """

    meaning: Meaning
    about: str = ""
    languages: frozenset[str] = frozenset()


def understand(body: str) -> Said:
    """Return what a text message says. What is not plainly one of the words is OTHER: somebody will read it."""
    words = _words(body)
    telling = [word for word in words if word not in POLITE_WORDS]
    if found := _whole(words) or (_whole(telling) if telling else None):
        return found
    # "oui oui", "stop stop": the same thing, said again.
    meanings = {MEANINGS.get(word) for word in telling}
    if len(meanings) == 1 and (meaning := meanings.pop()):
        return Said(meaning, languages=_languages(telling[0]))
    return _wish(body) or Said(Meaning.OTHER)


def is_key(body: str) -> bool:
    """Say whether somebody sent one digit and nothing else: they believe that they were asked."""
    words = _words(body)
    return len(words) == 1 and words[0].isdecimal() and len(words[0]) == 1


def _whole(words: Collection[str]) -> Said | None:
    """Return what the words say where all of them together are one of ours."""
    text = " ".join(words)
    meaning = MEANINGS.get(text)
    return Said(meaning, languages=_languages(text)) if meaning else None


def somewhere(body: str) -> str:
    """Return where a text says that somebody is: a postcode, or a name as it may be looked up."""
    return " ".join(_without_first(_telling(body), PLACE_WORDS))


def _telling(body: str) -> list[str]:
    """Return the words but those of politeness, a postcode in one: "31 400" as people type it, "RDV31400"."""
    text = " ".join(word for word in _words(body) if word not in POLITE_WORDS)
    return POSTCODE.sub(r"\1\2", re.sub(r"(?<=[^\W\d])(?=\d{2})", " ", text)).split()


def _wish(body: str) -> Said | None:
    """Return what is wished where a text begins with it: "rdv 31400", "lieu Empalot", "annuler mon rdv"."""
    # "31400 rdv" is as plain; a name before would be a sentence ("je serai en retard au rdv").
    text = re.sub(r"^(\d{5}) (\D+)$", r"\2 \1", " ".join(_telling(body)))
    for wish in WISH_WORDS:
        if text.startswith(f"{wish} ") and (said := _about(wish, text.removeprefix(f"{wish} ").split())):
            return said
    return None


def _about(wish: str, rest: list[str]) -> Said | None:
    """Return a wish with what it is about; None for what may mean something else ("rdv non")."""
    meaning, languages = MEANINGS[wish], _languages(wish)
    if meaning in BOOKED:
        is_booked = MEANINGS.get(" ".join(_without_first(rest, BOOKED_WORDS))) == Meaning.BOOK
        return Said(meaning, languages=languages) if is_booked else None
    name = _without_first(rest, PLACE_WORDS)
    is_name = 0 < len(name) <= LONGEST_NAME and not any(word in MEANINGS for word in name)
    return Said(meaning, " ".join(name), languages) if meaning in SOMEWHERE and is_name else None


def _without_first(words: list[str], small: Collection[str]) -> list[str]:
    """Return the words from the first one on that is not a ``small`` one."""
    return words[next((index for index, word in enumerate(words) if word not in small), len(words)) :]


def _words(body: str) -> list[str]:
    """Return the words, small, without accents, vowel signs, emoji and punctuation, with the digits of everywhere."""
    # Keycaps are a digit and two marks, "①" becomes "1", Arabic letters lose their joined forms.
    text = unicodedata.normalize("NFKD", body).casefold()
    plain = (_plain(character) for character in text if not unicodedata.combining(character))
    return re.findall(r"\w+", "".join(plain).replace("_", " "))


def _plain(character: str) -> str:
    """Return a digit as ours, a letter as it is, a blank for everything else."""
    if character.isdecimal():
        return str(unicodedata.decimal(character))
    category = unicodedata.category(character)
    # Marks, joiners and the stretching of Arabic words stand inside a word; everything else parts two.
    if category in {"Mn", "Me", "Cf"} or character == "\u0640":
        return ""
    return character if category[0] in "LN" else " "


def _split(words: str) -> list[str]:
    return [" ".join(_words(word)) for word in words.split(",")]


def _known() -> tuple[dict[str, Meaning], dict[str, frozenset[str]]]:
    """Return the vocabulary by its words, written as people's words are, and the languages of each."""
    known, languages = {str(key): meaning for key, meaning in KEYS.items()}, defaultdict(set)
    for meaning, by_language in (REPLIES | WISHES).items():
        for language, words in by_language.items():
            for word in _split(words):
                known[word] = meaning
                languages[word].add(str(language))
    return known, {word: frozenset(spoken) for word, spoken in languages.items()}


def _languages(word: str) -> frozenset[str]:
    spoken = LANGUAGES_OF.get(word, frozenset())
    return frozenset() if Language.FR in spoken else spoken


MEANINGS, LANGUAGES_OF = _known()
POLITE_WORDS, PLACE_WORDS, BOOKED_WORDS = (
    frozenset(_split(words)) for words in (POLITE, BEFORE_A_PLACE, BEFORE_WHAT_IS_BOOKED)
)
# The longest first: "prendre rdv" before "rdv".
WISH_WORDS = sorted((word for word, meaning in MEANINGS.items() if meaning in WISHES), key=len, reverse=True)
