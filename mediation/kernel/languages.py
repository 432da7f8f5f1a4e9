"""The languages in which residents are served, each in its own name; agents read French."""

from django.utils.translation import get_language

SOURCE = "fr"
PLAIN_FRENCH = "fr-simple"
LANGUAGES = [
    (SOURCE, "français"),
    (PLAIN_FRENCH, "français simple"),
    ("en", "English"),
    ("es", "español"),
    ("pt", "português"),
    ("ar", "العربية"),
    ("uk", "українська"),
]


def spoken(language: str | None = None) -> str:
    """Return the language that is spoken by whoever reads ``language`` (the active one): plain French is French.

    It is also what a page declares to screen readers, which know no plain French.
    """
    return (language or get_language() or SOURCE).partition("-")[0]


def in_french() -> bool:
    """Say whether whoever reads now reads French, plain or not."""
    return spoken() == SOURCE
