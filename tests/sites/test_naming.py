"""How a place is spoken of: "à la médiathèque Empalot"."""

import csv
from pathlib import Path

import pytest
from django.conf import settings

from directory.models import Organisation
from mediation.accounts.actor import Actor, Door
from sites.naming import suggest_locative
from sites.services import create_site


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("Médiathèque Empalot", "à la médiathèque Empalot"),
        ("Centre social Bellefontaine", "au centre social Bellefontaine"),
        ("Espace Saint-Cyprien", "à l’espace Saint-Cyprien"),
        ("Équipement de quartier Niel", "à l’équipement de quartier Niel"),
        ("MJC Ancely", "à la MJC Ancely"),
        ("CCAS", "au CCAS"),
        ("Le Fil", ""),
        ("France services Rieumes", ""),
        ("", ""),
    ],
)
def test_the_first_word_tells_the_article(name, said):
    assert suggest_locative(name) == said


def test_the_places_that_are_shipped_are_spoken_of_as_somebody_wrote():
    """Where we suggest anything, its article is the one that was written by hand."""
    rows = csv.DictReader(Path(settings.BASE_DIR, "sites/data/toulouse.csv").read_text().splitlines())
    written = [(row["locative"].replace("'", "’"), suggest_locative(row["name"])) for row in rows]
    suggested = [(hand, ours) for hand, ours in written if ours]
    assert len(suggested) > len(written) / 2
    assert [pair for pair in suggested if pair[0].split()[0][:3] != pair[1].split()[0][:3]] == []


def test_a_new_place_gets_its_phrase_unless_somebody_wrote_one(db):
    organisation = Organisation.objects.create(name="Mairie", kind="municipal", side="municipal")
    where = {"address": "1 rue des Lois", "postcode": "31000", "commune_name": "Toulouse", "organisation": organisation}
    by = Actor(door=Door.COMMAND)
    assert create_site(by=by, name="Bibliothèque Fabre", **where).locative == "à la bibliothèque Fabre"
    assert create_site(by=by, name="Salle Lafage", locative="dans la salle Lafage", **where).locative.startswith("dans")
