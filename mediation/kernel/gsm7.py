"""The alphabet of a plain SMS (3GPP TS 23.038): what fits, and in how many parts.

A message of GSM-7 characters holds 160 of them, or 153 in each part of several; any other character turns the whole
message into UCS-2: 70, or 67 in each part.
"""

import unicodedata

BASIC = (
    "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?"
    "¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà"
)
# Each of these costs two characters: an escape and itself.
EXTENDED = "^{}\\[~]|€"
_ALPHABET = frozenset(BASIC + EXTENDED)

REPLACEMENTS = {
    "’": "'",
    "‘": "'",
    "“": '"',
    "”": '"',
    "«": '"',
    "»": '"',
    "…": "...",
    "–": "-",
    "—": "-",
    "œ": "oe",
    "Œ": "Oe",
    "\u00a0": " ",
    "\u202f": " ",
    "\u2009": " ",
}

# For a CHECK in the database: the basic alphabet without line breaks, escaped for a regular expression's brackets.
ONE_LINE_PATTERN = (
    "^["
    + "".join(
        f"\\{character}" if character in "\\]^-[" else character for character in BASIC if character not in "\n\r"
    )
    + "]*$"
)


def is_gsm7(text: str) -> bool:
    """Say whether every character of ``text`` is GSM-7, extension included."""
    return _ALPHABET.issuperset(text)


def transliterate(text: str) -> str:
    """Return ``text`` with the nearest GSM-7 characters (ç → c, ê → e, ’ → '); what has none stays as it is."""
    return text if is_gsm7(text) else "".join(_nearest(character) for character in text)


def count_characters(text: str) -> int:
    """Return how many characters of its alphabet ``text`` takes."""
    if is_gsm7(text):
        return len(text) + sum(text.count(character) for character in EXTENDED)
    return len(text.encode("utf-16-le")) // 2


def room(text: str, parts: int) -> int:
    """Return how many characters of the alphabet of ``text`` so many parts take."""
    alone, each = (160, 153) if is_gsm7(text) else (70, 67)
    return alone if parts <= 1 else parts * each


def count_parts(text: str) -> int:
    """Return the number of SMS parts that ``text`` is billed as; 0 for an empty text."""
    length = count_characters(text)
    if length <= room(text, 1):
        return min(length, 1)
    return -(-length // (room(text, 2) // 2))


def _nearest(character: str) -> str:
    if is_gsm7(character):
        return character
    if character in REPLACEMENTS:
        return REPLACEMENTS[character]
    bare = "".join(c for c in unicodedata.normalize("NFD", character) if not unicodedata.combining(c))
    return bare if bare and is_gsm7(bare) else character
