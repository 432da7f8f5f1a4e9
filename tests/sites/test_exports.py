"""The national standard, out again."""

import csv
import datetime as dt
import io
import json
import re
from pathlib import Path

import pytest
from django.core.management import call_command

from mediation.accounts.actor import Actor, Door
from mediation.territory.services import load_territory
from sites.enums import FileFormat, Service, TrainingLabel
from sites.models import Site
from sites.national import COLUMNS
from sites.services import import_sites, load_places, update_site
from tests.cast import TODAY

pytestmark = pytest.mark.django_db

DATA = Path(__file__).parent / "data"
EXAMPLE = DATA / "standard-mediation-num_exemple-valide.csv"
SCHEMA = json.loads((DATA / "standard-mediation-num_schema_v1.0.2.json").read_text(encoding="utf-8"))["fields"]
SOMEBODY = Actor(Door.COMMAND)


def table(text: str) -> list[dict[str, str]]:
    """Return the rows of a CSV."""
    return list(csv.DictReader(io.StringIO(text)))


@pytest.fixture
def export(capsys):
    """Return what export_sites writes on standard output."""

    def _export() -> str:
        capsys.readouterr()
        call_command("export_sites")
        return capsys.readouterr().out

    return _export


@pytest.fixture
def example() -> Site:
    """The official example, imported."""
    import_sites(content=EXAMPLE.read_bytes(), file_format=FileFormat.NATIONAL, by=SOMEBODY)
    return Site.objects.get()


def problems(row: dict[str, str]) -> list[str]:
    """Return what the schema has against a row: required fields, patterns, lengths and types."""
    found = []
    for field in SCHEMA:
        value, limits = row[field["name"]], field["constraints"]
        if not value:
            found += [f"{field['name']} is required"] if limits.get("required") else []
            continue
        # Table Schema's patterns are searched for: the anchors they need are their own.
        if "pattern" in limits and not re.search(limits["pattern"], value):
            found.append(f"{field['name']} breaks its pattern: {value}")
        if len(value) > limits.get("maxLength", len(value)):
            found.append(f"{field['name']} is too long")
        if field["type"] == "number":
            float(value)
        if field["type"] == "date":
            dt.date.fromisoformat(value)
    return found


def test_our_columns_are_the_schemas_in_its_order():
    assert [column.name for column in COLUMNS] == [field["name"] for field in SCHEMA]
    required = {field["name"] for field in SCHEMA if field["constraints"].get("required")}
    assert {column.name for column in COLUMNS if column.required} == required


def test_our_labels_are_the_schemas_letter_by_letter():
    patterns = {field["name"]: field["constraints"].get("pattern", "") for field in SCHEMA}
    for column in COLUMNS:
        for label in column.choices.values if column.choices else ():
            written = "Étapes numériques(La Poste)" if label == TrainingLabel.ETAPES else label
            assert re.search(patterns[column.name], written), label


@pytest.mark.usefixtures("example")
def test_the_official_example_survives_cell_by_cell(export):
    assert table(export()) == table(EXAMPLE.read_text(encoding="utf-8"))


def test_after_an_edit_only_what_was_edited_changes_and_its_date(example, export, now):
    before = table(export())[0]
    update_site(
        site=example,
        by=SOMEBODY,
        name="Autre nom",
        fees=["Gratuit"],
        websites=["https://example.org/", "https://b.org/"],
    )
    after = table(export())[0]
    changed = {name: after[name] for name in after if after[name] != before[name]}
    assert changed == {
        "nom": "Autre nom",
        "frais_a_charge": "Gratuit",
        "site_web": "https://example.org/|https://b.org/",
        "date_maj": TODAY.isoformat(),
    }


def test_what_only_this_network_says_does_not_touch_the_national_row(example, export, now):
    before = export()
    update_site(site=example, by=SOMEBODY, short_name="Anonymal Reims", how_to_come="Tram A", step_free=True)
    assert export() == before


def test_the_export_passes_the_schema(example, export):
    load_territory()
    load_places()
    update_site(site=example, by=SOMEBODY, training_labels=[TrainingLabel.ETAPES, TrainingLabel.MES])
    rows = table(export())
    assert len(rows) > 40
    assert {row["id"]: problems(row) for row in rows if problems(row)} == {}
    assert "Étapes numériques(La Poste)|Formé à « Mon Espace Santé »" in {row["formations_labels"] for row in rows}


def test_hidden_places_and_those_without_services_stay_out(cast, capsys):
    Site.objects.filter(pk=cast.empalot.pk).update(services=[Service.ACCESS], is_published=False)
    call_command("export_sites")
    shown = capsys.readouterr()
    assert table(shown.out) == []
    assert "1 lieu visible n’indique aucun service" in shown.err


def test_agents_download_the_same_file(cast, sign_in, export):
    Site.objects.update(services=[Service.ACCESS])
    file = sign_in(cast.claire).get("/agent/lieux/export-national/")
    assert file.content.decode() == export()
    assert "lieux-mediation-numerique.csv" in file["Content-Disposition"]
