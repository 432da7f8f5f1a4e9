"""``manage.py benchmark``: how fast, beside how fast it must be."""

import json
from dataclasses import asdict
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from mediation.benchmarks.database import throwaway_database
from mediation.benchmarks.figures import Figure
from mediation.benchmarks.registry import BENCHMARKS

MISSED = 1


class Command(BaseCommand):
    """Run benchmarks, each in a database of its own; exit 1 when a target is missed."""

    help = "Measure, in a database created for it and dropped afterwards (PostgreSQL); exit 1 when a target is missed."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("names", nargs="*", metavar="NAME", help=", ".join(BENCHMARKS))
        parser.add_argument("--json", action="store_true", help="write figures as JSON")

    def handle(self, *args: Any, **options: Any) -> None:
        """Run those named, else all."""
        if unknown := set(options["names"]) - BENCHMARKS.keys():
            raise CommandError(f"No benchmark {', '.join(sorted(unknown))}: there are {', '.join(BENCHMARKS)}.")
        figures: dict[str, list[Figure]] = {}
        for name in options["names"] or BENCHMARKS:
            figures[name] = []
            if not options["json"]:
                self.stdout.write(self.style.MIGRATE_HEADING(name))
            with throwaway_database() as url:
                for figure in BENCHMARKS[name](url):
                    figures[name].append(figure)
                    if not options["json"]:
                        self.stdout.write(self.line(figure))
        if options["json"]:
            self.stdout.write(json.dumps({name: list(map(_as_json, found)) for name, found in figures.items()}))
        if not all(figure.is_met for found in figures.values() for figure in found):
            raise SystemExit(MISSED)

    def line(self, figure: Figure) -> str:
        """Return one figure as a line: what, how much, beside what, and whether that is enough."""
        value = f"{figure.value:,.4g} {figure.unit}".rstrip()
        verdict = self.style.SUCCESS("met") if figure.is_met else self.style.ERROR("MISSED")
        words = [f"  {figure.label:<52} {value:>12}"]
        words += [f"({figure.beside})"] if figure.beside else []
        words += [f"{figure.target}: {verdict}"] if figure.target else []
        return "  ".join(words)


def _as_json(figure: Figure) -> dict[str, Any]:
    return {**asdict(figure), "is_met": figure.is_met}
