"""Build the middle of each postcode of Haute-Garonne: where somebody who types one is looked for."""

from collections import defaultdict
from statistics import median

from shapely.geometry import shape
from territory import read_features
from text import read_csv, write_csv

BUILDINGS_FILE = "toulouse_erp_ville.geojson"
OUTLINES_FILE = "haute-garonne_communes.geojson"
CITY = "31555"
# Fewer buildings than this say little of where people live: a business postcode, a slip of the keyboard.
LEAST_BUILDINGS = 5


def build_postcodes(source, communes, destination):
    """Write postcodes.csv: in Toulouse the middle of its public buildings, elsewhere that of the inhabitants."""
    found = {**_of_communes(source, communes), **_of_the_city(source)}
    rows = [
        {"postcode": code, "commune": name, "latitude": f"{latitude:.5f}", "longitude": f"{longitude:.5f}"}
        for code, (name, latitude, longitude) in sorted(found.items())
    ]
    write_csv(destination, ["postcode", "commune", "latitude", "longitude"], rows)


def _of_communes(source, communes):
    features = read_features(source / OUTLINES_FILE)
    points = {one["properties"]["code"]: shape(one["geometry"]).representative_point() for one in features}
    sharing = defaultdict(list)
    for row in read_csv(communes):
        if row["insee_code"] != CITY and (point := points.get(row["insee_code"])):
            for code in row["postcodes"].split("|"):
                sharing[code].append((int(row["population"] or 1) or 1, row["name"], point))
    return {code: _middle(there) for code, there in sharing.items()}


def _middle(communes):
    inhabitants = sum(people for people, _name, _point in communes)
    latitude = sum(people * point.y for people, _name, point in communes) / inhabitants
    longitude = sum(people * point.x for people, _name, point in communes) / inhabitants
    return max(communes, key=lambda commune: commune[:2])[1], latitude, longitude


def _of_the_city(source):
    points = defaultdict(list)
    for building in read_features(source / BUILDINGS_FILE):
        properties = building["properties"]
        if building["geometry"] and properties["commune"] == "TOULOUSE" and properties["code_postal"]:
            points[str(int(properties["code_postal"]))].append(shape(building["geometry"]).representative_point())
    return {
        code: ("Toulouse", median(point.y for point in there), median(point.x for point in there))
        for code, there in points.items()
        if len(there) >= LEAST_BUILDINGS
    }
