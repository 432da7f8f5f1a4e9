"""Check, or fetch again, the browser files that other people wrote."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from mediation.kernel.assets import LOCK_NAME, VENDOR_DIR, find_faults, read_lock, refresh, write_lock


class Command(BaseCommand):
    help = "Verify the vendored browser files against assets.lock.json; with --refresh, fetch them at those versions."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--refresh", action="store_true", help="fetch each package again with npm")
        parser.add_argument(
            "--folder", type=Path, default=VENDOR_DIR, help="another folder with its lock: what tests bring into a page"
        )

    def handle(self, *args: Any, folder: Path, **options: Any) -> None:
        lock = folder / LOCK_NAME
        packages = read_lock(lock)
        if options["refresh"]:
            packages = [refresh(package, folder) for package in packages]
            write_lock(packages, lock)
        faults = find_faults(packages, folder)
        if faults:
            raise CommandError("\n".join(faults))
        count = sum(len(package.assets) for package in packages)
        self.stdout.write(f"{count} files of {len(packages)} packages are as locked.")
