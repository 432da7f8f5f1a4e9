"""Check, or fetch again, the browser files that other people wrote."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from mediation.kernel.assets import find_faults, read_lock, refresh, write_lock


class Command(BaseCommand):
    help = "Verify the vendored browser files against assets.lock.json; with --refresh, fetch them at those versions."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--refresh", action="store_true", help="fetch each package again with npm")

    def handle(self, *args: Any, **options: Any) -> None:
        packages = read_lock()
        if options["refresh"]:
            packages = [refresh(package) for package in packages]
            write_lock(packages)
        faults = find_faults(packages)
        if faults:
            raise CommandError("\n".join(faults))
        count = sum(len(package.assets) for package in packages)
        self.stdout.write(f"{count} files of {len(packages)} packages are as locked.")
