"""Text rules shared by the builders: GSM-7, address comparison, tidy files."""

import csv
import re
import unicodedata
from pathlib import Path

GSM7 = set(
    "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?¡"
    "ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà"
)
SHORT_NAME_LENGTH = 48
STREET_WORDS = {
    "ALL": "ALLEE",
    "AV": "AVENUE",
    "BD": "BOULEVARD",
    "CHE": "CHEMIN",
    "CHEMNT": "CHEMINEMENT",
    "DR": "DOCTEUR",
    "IMP": "IMPASSE",
    "LT": "LIEUTENANT",
    "PAS": "PASSAGE",
    "PL": "PLACE",
    "RTE": "ROUTE",
    "ST": "SAINT",
}


def fits_sms(text):
    """Tell whether `text` can stand in a one-part GSM-7 message as a place's short name."""
    return 0 < len(text) <= SHORT_NAME_LENGTH and set(text) <= GSM7


def comparable(address):
    """Reduce an address to bare capitals with street words spelled out, so that two spellings can be compared."""
    bare = unicodedata.normalize("NFKD", address).encode("ascii", "ignore").decode().upper()
    words = re.findall(r"[A-Z0-9]+", bare)
    return " ".join(STREET_WORDS.get(word, word) for word in words)


def read_csv(path):
    """Return the rows of a CSV file as dictionaries."""
    with Path(path).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def write_csv(path, columns, rows):
    """Write rows in the given column order, with LF line ends, so that the same source gives the same bytes."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, columns, lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)
