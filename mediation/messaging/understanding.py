"""What a reply means: a key, or one of a few words in six languages, however they were typed. Never a guess."""

import re
import unicodedata

from mediation.messaging.enums import Meaning

# Keys as they are read out: 1 is yes and 2 is no, slots are chosen with 3 and 4.
KEYS = {1: Meaning.YES, 2: Meaning.NO, 3: Meaning.FIRST, 4: Meaning.SECOND}

# Written as ``_words`` leaves them: small, without accents, diacritics and punctuation. Several words stand for a whole
# message. Each line is French, English, Spanish, Portuguese, Arabic, Ukrainian.
VOCABULARY: dict[Meaning, str] = {
    Meaning.YES: "oui, ouais, ok, okay, d accord, yes, yep, si, sim, نعم, ايوه, так, да",
    Meaning.NO: "non, nan, no, nope, nao, لا, كلا, ні, нет",
    Meaning.CANCEL: (
        "annuler, annule, annulez, annulation, cancel, cancelar, cancela, anular, anula, إلغاء, الغي, "
        "скасувати, відмінити"
    ),
    Meaning.STOP: (
        "stop, arret, arreter, arretez, desabonner, unsubscribe, stopall, parar, pare, parada, alto, basta, توقف, قف, "
        "ايقاف, стоп"
    ),
    Meaning.START: "start, unstop, iniciar, comenzar, empezar, comecar, ابدا, بدء, старт, почати",
    Meaning.HELP: "aide, help, info, infos, ayuda, ajuda, مساعدة, مساعده, допомога, допоможіть",
}

# What may follow or precede without changing the meaning: thanks and greetings.
POLITE = frozenset(
    [
        *("merci", "beaucoup", "bonjour", "bonsoir", "salut", "svp", "stp", "cordialement", "bien", "sur"),
        *("volontiers", "parfait", "madame", "monsieur"),
        *("thanks", "thank", "you", "please", "hello", "hi"),
        *("gracias", "por", "favor", "hola", "obrigado", "obrigada", "bom", "dia"),
        *("شكرا", "مرحبا", "дякую", "будь", "ласка", "привіт", "спасибо"),
    ]
)


def understand(body: str) -> Meaning:
    """Return what a text message says. What is not plainly one of the words is OTHER: somebody will read it."""
    words = _words(body)
    if meaning := MEANINGS.get(" ".join(words)):
        return meaning
    telling = [word for word in words if word not in POLITE]
    if not telling:
        return Meaning.OTHER
    if meaning := MEANINGS.get(" ".join(telling)):
        return meaning
    # "oui oui", "stop stop": the same thing, said again.
    meanings = {MEANINGS.get(word) for word in telling}
    meaning = meanings.pop()
    return meaning if meaning and not meanings else Meaning.OTHER


def is_key(body: str) -> bool:
    """Say whether somebody sent one digit and nothing else: they believe that they were asked."""
    words = _words(body)
    return len(words) == 1 and words[0].isdecimal() and len(words[0]) == 1


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


def _known() -> dict[str, Meaning]:
    """Return the vocabulary by its words, written as people's words are."""
    known = {str(key): meaning for key, meaning in KEYS.items()}
    for meaning, words in VOCABULARY.items():
        known |= {" ".join(_words(word)): meaning for word in words.split(",")}
    return known


MEANINGS = _known()
