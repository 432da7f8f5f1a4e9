"""What an agent types while listening, taken apart."""

import pytest

from mediation.desk.reading import read_query


@pytest.mark.parametrize(
    ("text", "first_name", "last_name", "phone", "reference"),
    [
        ("lucette fabré", "Lucette", "Fabré", "", ""),
        ("Lucette Fabré 06 39 98 00 01", "Lucette", "Fabré", "06 39 98 00 01", ""),
        ("0639980001 FABRÉ Lucette", "Lucette", "Fabré", "0639980001", ""),
        ("DE LA TOUR Anne", "Anne", "De La Tour", "", ""),
        ("Fatima", "Fatima", "", "", ""),
        ("jean-pierre o'brien", "Jean-Pierre", "O'Brien", "", ""),
        ("+33 6 39 98 00 01", "", "", "+33 6 39 98 00 01", ""),
        ("48 21 07 33", "", "", "", "48210733"),
        ("48210733", "", "", "", "48210733"),
        ("00 01", "", "", "00 01", ""),
        ("   ", "", "", "", ""),
    ],
)
def test_a_name_a_number_or_a_reference(text, first_name, last_name, phone, reference):
    query = read_query(text)
    assert (query.first_name, query.last_name) == (first_name, last_name)
    assert (query.phone, query.reference) == (phone, reference)
