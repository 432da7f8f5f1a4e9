"""Build the files of places: Toulouse's municipal buildings and Haute-Garonne's France services.

What a person decided (which buildings, their readable names, words for messages) stands in the two
`*_selection.csv` files; everything else comes from the source files and is checked against them.
"""

import re
import zlib
from pathlib import Path

from shapely.geometry import Point, shape
from territory import quartier_at, read_features
from text import comparable, fits_sms, read_csv, write_csv

HERE = Path(__file__).parent
ERP_FILE = "toulouse_erp_ville.geojson"
FRANCE_SERVICES_FILE = "france-services_liste-fs-20240801.csv"
TOULOUSE = "31555"

# The city's own code of a quartier (sector.number) and the number used on the map.
QUARTIER_OF_CODE = {
    "1.1": 1, "1.2": 2, "1.3": 3, "2.1": 6, "2.2": 15, "2.3": 16, "2.4": 19, "3.1": 8, "3.2": 7, "3.3": 9,
    "4.1": 4, "4.2": 10, "4.3": 11, "5.1": 12, "5.2": 13, "5.3": 5, "6.1": 20, "6.2": 18, "6.3": 17, "6.4": 14,
}  # fmt: skip
# The field tells how far accessibility works have gone. Only "accessible", "under study" and "under works" say
# something about the building; "not begun" is also written for buildings that needed none.
WHEELCHAIR = {"04": "yes", "02": "no", "03": "no"}
REPETITION = {"B": "bis", "T": "ter"}

TOULOUSE_COLUMNS = [
    "id", "name", "kind", "address", "postcode", "commune", "insee_code", "latitude", "longitude", "quartier",
    "short_name", "locative", "wheelchair", "source_name",
]  # fmt: skip
FRANCE_SERVICES_COLUMNS = [
    "id", "name", "kind", "address", "postcode", "commune", "insee_code", "latitude", "longitude", "quartier",
    "short_name", "locative", "opening_hours", "type", "format", "booking",
]  # fmt: skip
DAYS = {
    "Mo": "h_lundi", "Tu": "h_mardi", "We": "h_mercredi", "Th": "h_jeudi", "Fr": "h_vendredi", "Sa": "h_samedi",
}  # fmt: skip

# Invented opening hours, by kind of place; several per kind so that a list of places looks alive.
DEMO_HOURS = {
    "BIB": [
        "Tu,Th,Fr 10:00-19:00; We,Sa 10:00-18:00; PH off",
        "Tu,Th,Fr 14:00-18:30; We,Sa 10:00-12:30,14:00-18:00; PH off",
        "Tu-Fr 12:30-18:30; Sa 10:00-18:00; PH off",
    ],
    "CS": [
        "Mo-Fr 09:00-12:00,14:00-18:00; PH off",
        "Mo,Tu,Th,Fr 09:00-12:30,13:30-18:00; We 09:00-12:00,14:00-18:00; PH off",
        "Mo 14:00-18:00; Tu-Fr 09:00-12:00,14:00-18:00; PH off",
    ],
    "MJC": [
        "Tu-Fr 14:00-20:00; We 10:00-20:00; Sa 10:00-13:00; PH off",
        "Mo,Tu,Th,Fr 14:00-19:00; We 09:30-12:30,13:30-19:00; PH off",
    ],
    "MQ": [
        "Mo-Fr 09:00-12:00,14:00-17:30; PH off",
        "Tu,Th 14:00-18:00; We 09:00-12:00,14:00-18:00; PH off",
    ],
    "MUNI": [
        "Mo-Fr 08:30-12:30,13:30-17:00; PH off",
        "Mo,We,Fr 08:30-17:00; Tu,Th 10:00-17:00; PH off",
    ],
    "PAD": ["Mo-Th 09:00-12:00,13:30-17:00; Fr 09:00-12:00; PH off"],
}
SENIORS_HOURS = [
    "Mo,Tu,Th,Fr 14:00-18:00; PH off",
    "Mo-Fr 13:30-17:30; PH off",
]


class SourceMismatchError(Exception):
    """A curated row says something that the source file does not confirm."""


def refuse_unless(condition, row_id, what):
    """Stop the build with the row's name: a silent doubt would end in somebody's appointment."""
    if not condition:
        raise SourceMismatchError(f"{row_id}: {what}")


def erp_address(properties):
    """Return the address as the building list has it, in comparable form."""
    repetition = REPETITION.get(properties["complement_rue"] or "", "")
    return comparable(f"{properties['numero_rue'] or ''} {repetition} {properties['nom_rue']}")


def erp_point(feature):
    """Return the first point of a building."""
    return shape(feature["geometry"]).geoms[0]


def point_of(choice, feature, buildings, france_services):
    """Return where the place stands; without a point of its own it takes its neighbour's at the same address."""
    origin = choice["point_from"]
    if not origin:
        return erp_point(feature)
    if origin.startswith("france-services:"):
        row = france_services[origin.removeprefix("france-services:")]
        neighbour_address, point = comparable(row["adresse"]), Point(float(row["longitude"]), float(row["latitude"]))
    else:
        neighbour_address = erp_address(buildings[origin]["properties"])
        point = erp_point(buildings[origin])
    refuse_unless(neighbour_address == comparable(choice["address"]), choice["id"], "neighbour at another address")
    return point


def toulouse_row(choice, feature, point, outlines):
    """Join a curated row with its building and check both against each other."""
    properties = feature["properties"]
    number = QUARTIER_OF_CODE[str(properties["quartier"])]
    for coverage in outlines:
        refuse_unless(quartier_at(point, coverage) == number, choice["id"], f"not in quartier {number} on the map")
    refuse_unless(fits_sms(choice["short_name"]), choice["id"], "short name is not GSM-7 or too long")
    refuse_unless(erp_address(properties) == comparable(choice["address"]), choice["id"], erp_address(properties))
    return {
        **{key: choice[key] for key in ("id", "name", "kind", "address", "short_name", "locative", "source_name")},
        "postcode": f"{properties['code_postal']:.0f}",
        "commune": "Toulouse",
        "insee_code": TOULOUSE,
        "latitude": f"{point.y:.6f}",
        "longitude": f"{point.x:.6f}",
        "quartier": number,
        "wheelchair": WHEELCHAIR.get(properties["accessible"][:2], ""),
    }


def build_toulouse(source, destination, outlines):
    """Write toulouse.csv and return its rows. `outlines` are the published and the simplified quartiers."""
    buildings = {feature["properties"]["equipement"]: feature for feature in read_features(source / ERP_FILE)}
    france_services = {row["id_fs"]: row for row in read_csv(source / FRANCE_SERVICES_FILE)}
    rows = []
    for choice in read_csv(HERE / "toulouse_selection.csv"):
        feature = buildings[choice["source_name"]]
        point = point_of(choice, feature, buildings, france_services)
        rows.append(toulouse_row(choice, feature, point, outlines))
    rows.sort(key=lambda row: row["id"])
    write_csv(destination, TOULOUSE_COLUMNS, rows)
    return rows


def osm_hours(row):
    """Turn a France services row ("09:00 - 12:00 / 13:30 - 17:00" a day) into OSM opening_hours."""
    groups = []
    for day, column in DAYS.items():
        spans = [span.replace(" ", "") for span in row[column].split(" / ") if span and "00:00 - 00:00" not in span]
        hours = ",".join(spans)
        if hours and groups and groups[-1][1] == hours and groups[-1][2]:
            groups[-1][0].append(day)
        elif hours:
            groups.append([[day], hours, True])
        elif groups:
            groups[-1][2] = False  # a closed day ends the run
    return "; ".join(f"{days[0] if len(days) == 1 else f'{days[0]}-{days[-1]}'} {hours}" for days, hours, _ in groups)


def france_services_row(choice, row, postcodes, outlines):
    """Join a curated row with the national list; e-mail, telephone and comments are left behind."""
    point = Point(float(row["longitude"]), float(row["latitude"]))
    refuse_unless(fits_sms(choice["short_name"]), choice["id_fs"], "short name is not GSM-7 or too long")
    # A business postcode (CEDEX) finds no street: the commune's own is written instead.
    postcode = row["code_postal"] if row["code_postal"] in postcodes else postcodes[0]
    return {
        **{key: choice[key] for key in ("name", "address", "short_name", "locative")},
        "id": f"fs-{row['id_fs']}",
        "kind": "RFS",
        "postcode": postcode,
        "commune": row["lib_com"],
        "insee_code": row["insee_com"],
        "latitude": f"{point.y:.6f}",
        "longitude": f"{point.x:.6f}",
        "quartier": quartier_at(point, outlines) or "",
        "opening_hours": osm_hours(row),
        "type": row["type_fs"],
        "format": row["format_fs"],
        "booking": {"Oui": "yes", "Non": "no"}[row["prise_rdv"]],
    }


def build_france_services(source, destination, postcodes, outlines):
    """Write france_services_31.csv and return its rows."""
    listed = {row["id_fs"]: row for row in read_csv(source / FRANCE_SERVICES_FILE) if row["insee_dep"] == "31"}
    choices = read_csv(HERE / "france_services_selection.csv")
    refuse_unless({choice["id_fs"] for choice in choices} == set(listed), "france services", "another set of ids")
    rows = [
        france_services_row(choice, listed[choice["id_fs"]], postcodes[listed[choice["id_fs"]]["insee_com"]], outlines)
        for choice in choices
    ]
    write_csv(destination, FRANCE_SERVICES_COLUMNS, rows)
    return rows


def build_demo_hours(places, destination):
    """Write invented opening hours for places whose source has none; the id alone decides which."""
    rows = []
    for place in places:
        choices = SENIORS_HOURS if re.search(r"seniors", place["id"]) else DEMO_HOURS[place["kind"]]
        hours = choices[zlib.crc32(place["id"].encode()) % len(choices)]
        rows.append({"id": place["id"], "opening_hours": hours})
    write_csv(destination, ["id", "opening_hours"], rows)
