"""Build the outlines of Toulouse's 20 quartiers, with population, and the list of Haute-Garonne's communes."""

import json
import re

import shapely
from shapely.geometry import mapping, shape
from text import read_csv, write_csv

QUARTIERS_FILE = "toulouse_quartiers-de-democratie-locale.geojson"
POPULATION_FILE = "toulouse_grands-quartiers_recensement2015.geojson"
COMMUNES_FILE = "haute-garonne_communes_cog_population.csv"

# About 8 m: below the width of a street, so that no front door changes quartier.
TOLERANCE = 0.00008
SHORT_NAMES = {
    1: "Capitole / Arnaud Bernard / Carmes",
    2: "Amidonniers / Compans-Caffarelli",
    3: "Les Chalets / Saint-Aubin / Dupuy",
    4: "Bonnefoy / Marengo / Lapujade",
    5: "Saint-Michel / Empalot / Saint-Agne",
    6: "Saint-Cyprien",
    7: "Sept Deniers / Lalande",
    8: "Minimes / Barrière de Paris",
    9: "Trois Cocus / Borderouge / Croix-Daurade",
    10: "Jolimont / Soupetard / Roseraie",
    11: "Côte Pavée / Bonhoure / Guilheméry",
    12: "Pont des Demoiselles / Montaudran",
    13: "Rangueil / Sauzelong / Pech-David",
    14: "Saint-Simon / Lafourguette / Oncopole",
    15: "Croix-de-Pierre / Route d'Espagne",
    16: "Fontaine-Lestang / Bagatelle / Papus",
    17: "Mirail / Reynerie / Bellefontaine",
    18: "Lardenne / Pradettes / Basso-Cambo",
    19: "Casselardit / Cartoucherie",
    20: "Purpan / Ancely / Saint-Martin du Touch",
}


def read_features(path):
    """Return the features of a GeoJSON file."""
    return json.loads(path.read_text(encoding="utf-8"))["features"]


def tidy_name(name):
    """Give the parts of a quartier's name one separator and single blanks."""
    parts = (re.sub(r"\s+", " ", part).strip() for part in name.split("/"))
    return re.sub(r" -(?=\S)", "-", " / ".join(parts))


def read_quartiers(source):
    """Return {number: (name, outline)} as published."""
    features = read_features(source / QUARTIERS_FILE)
    return {
        feature["properties"]["quartier"]: (
            tidy_name(feature["properties"]["nom_quartier"]),
            shape(feature["geometry"]),
        )
        for feature in sorted(features, key=lambda feature: feature["properties"]["quartier"])
    }


def quartier_at(point, outlines):
    """Return the number of the outline that holds the point, or None outside the city."""
    return next((number for number, outline in outlines.items() if outline.covers(point)), None)


def simplify(outlines):
    """Simplify all outlines together, so that neighbours keep one common border."""
    simplified = shapely.coverage_simplify(list(outlines.values()), TOLERANCE)
    # Rounding moves points by half a metre and may fold a sliver: make_valid mends it.
    rounded = shapely.make_valid(shapely.transform(simplified, lambda points: points.round(5)))
    return dict(zip(outlines, rounded, strict=True))


def count_population(source, outlines):
    """Return {number: [all ages, 65 and over]}: each census district counts where its inner point lies."""
    totals = {number: [0.0, 0.0] for number in outlines}
    for feature in read_features(source / POPULATION_FILE):
        point = shape(feature["geometry"]).representative_point()
        nearest = min(outlines, key=lambda number: outlines[number].distance(point))
        totals[nearest][0] += feature["properties"]["p15_pop"]
        totals[nearest][1] += feature["properties"]["p15_pop65p"]
    return {number: [round(all_ages), round(seniors)] for number, (all_ages, seniors) in totals.items()}


def build_quartiers(source, destination):
    """Write quartiers.geojson and return the simplified outlines for the other builders."""
    quartiers = read_quartiers(source)
    published = {number: outline for number, (_name, outline) in quartiers.items()}
    outlines = simplify(published)
    population = count_population(source, published)
    features = [
        {
            "type": "Feature",
            "properties": {
                "number": number,
                "name": quartiers[number][0],
                "short_name": SHORT_NAMES[number],
                "population": population[number][0],
                "population_65": population[number][1],
            },
            "geometry": mapping(outline),
        }
        for number, outline in outlines.items()
    ]
    lines = ",\n".join(json.dumps(feature, ensure_ascii=False, separators=(",", ":")) for feature in features)
    destination.parent.mkdir(parents=True, exist_ok=True)
    destination.write_text(f'{{"type":"FeatureCollection","features":[\n{lines}\n]}}\n', encoding="utf-8")
    return published, outlines


def build_communes(source, destination):
    """Write communes.csv and return {INSEE code: postcodes}."""
    rows = [
        {
            "insee_code": row["code_insee"],
            "name": row["nom"],
            "postcodes": "|".join(sorted(re.findall(r"\d{5}", row["codes_postaux"]))),
            "population": row["population_municipale"],
            "epci": row["nom_epci"],
        }
        for row in sorted(read_csv(source / COMMUNES_FILE), key=lambda row: row["code_insee"])
    ]
    write_csv(destination, ["insee_code", "name", "postcodes", "population", "epci"], rows)
    return {row["insee_code"]: row["postcodes"].split("|") for row in rows}
