"""Make the project's tidy reference files out of the published source files.

    python scripts/data/build.py SOURCE_FOLDER [PROJECT_FOLDER]

SOURCE_FOLDER holds the files listed in docs/SOURCES.md under their published names. The same sources give
the same bytes. Needs the standard library and shapely 2.1 or later. A curated row that the sources do not
confirm (address, quartier, length of the short name) stops the build.
"""

import argparse
from pathlib import Path

from places import build_demo_hours, build_france_services, build_toulouse
from postcodes import build_postcodes
from territory import build_communes, build_quartiers

PROJECT = Path(__file__).resolve().parents[2]


def build(source, project):
    """Write every file and print how many rows each has."""
    territory, sites = project / "mediation/territory/data", project / "sites/data"
    published, outlines = build_quartiers(source, territory / "quartiers.geojson")
    postcodes = build_communes(source, territory / "communes.csv")
    build_postcodes(source, territory / "communes.csv", territory / "postcodes.csv")
    places = build_toulouse(source, sites / "toulouse.csv", [published, outlines])
    france_services = build_france_services(source, sites / "france_services_31.csv", postcodes, outlines)
    build_demo_hours(places, sites / "demo_hours.csv")
    short_names = [row["short_name"] for row in [*places, *france_services]]
    if len(short_names) != len(set(short_names)):
        raise SystemExit("Two places share a short name.")
    print(f"{len(outlines)} quartiers, {len(postcodes)} communes")
    print(f"{len(places)} places, {len(france_services)} France services")


def main():
    """Read the arguments and build."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("source", type=Path, help="folder of the published source files")
    parser.add_argument("project", type=Path, nargs="?", default=PROJECT, help="folder of the project")
    arguments = parser.parse_args()
    build(arguments.source, arguments.project)


if __name__ == "__main__":
    main()
