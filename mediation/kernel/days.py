"""How days, hours and numbers are written in other languages than French. Django knows their days and months."""

import datetime as dt

from django.utils import translation
from django.utils.dateformat import format as written

# Short, in full; the 24 hours of French clocks everywhere, since that is what doors and tickets show.
SHORT = {"en": "D j N", "es": "D j N", "pt": "D j N", "ar": "l j F", "uk": "D, j E"}
FULL = {"en": "l j F", "es": r"l j \d\e F", "pt": r"l, j \d\e F", "ar": "l j F", "uk": "l, j E"}
YEAR = {"es": r"\d\e Y", "pt": r"\d\e Y", "uk": "Y р."}
# Between two numbers a dash does not say on which side one begins to read.
RANGE = {"ar": "من {start} إلى {end}"}
# Between thousands, before decimals: where it is not a narrow space and a comma. Arabic has our digits, as in the
# Maghreb, from where most people come who read it here.
SEPARATORS = {"en": (",", "."), "es": (".", ","), "pt": (".", ","), "ar": (".", ",")}
JOINED_PERCENT = ("en", "pt", "ar")
# Here days and months begin with a small letter, whatever Django's lists hold.
WITH_CAPITALS = ("en", "ar")


def day(value: dt.date, language: str, pattern: str) -> str:
    """Return a local day as ``pattern`` writes it in ``language``."""
    with translation.override(language):
        text = written(value, pattern)
    return text if language in WITH_CAPITALS else text.lower()


def hour(value: dt.datetime | dt.time) -> str:
    """Return "14:30"."""
    return f"{value.hour:02}:{value.minute:02}"
