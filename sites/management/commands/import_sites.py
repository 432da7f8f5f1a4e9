"""``manage.py import_sites``: take in a file of places."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from tqdm import tqdm

from mediation.accounts.actor import Actor, Door
from sites.enums import FileFormat, RowResult
from sites.imports.reading import LARGEST_FILE, UnreadableFile
from sites.services import ImportReport, import_sites

ROWS_REFUSED = 2


class Command(BaseCommand):
    """Create and update the places of a file; exit with 2 where a row was refused."""

    help = "Crée et met à jour les lieux d’un fichier ; le même fichier une seconde fois ne change rien."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Declare the command line."""
        parser.add_argument("file", type=Path)
        parser.add_argument("--format", choices=FileFormat.values, default=FileFormat.NATIONAL)
        parser.add_argument("--insee", default="", metavar="DÉBUT", help="Début du code INSEE à garder.")
        parser.add_argument("--dry-run", action="store_true", help="Dit ce qui changerait, sans rien écrire.")
        parser.add_argument("--all-or-nothing", action="store_true", help="N’écrit rien si une ligne est refusée.")

    def handle(self, *args: Any, **options: Any) -> None:
        """Read, write and report."""
        try:
            report = import_sites(
                content=_read(options["file"]),
                file_format=FileFormat(options["format"]),
                by=Actor(Door.COMMAND, label="import_sites"),
                insee_prefix=options["insee"],
                dry_run=options["dry_run"],
                all_or_nothing=options["all_or_nothing"],
                progress=lambda rows: tqdm(rows, unit=" lignes", disable=None, leave=False),
            )
        except UnreadableFile as error:
            raise CommandError(str(error)) from error
        self._tell(report)

    def _tell(self, report: ImportReport) -> None:
        """Write one line for each refused row, then the totals."""
        for row in report.refused:
            line = {"number": row.number, "name": row.name or _("sans nom"), "reasons": " ; ".join(row.details)}
            self.stderr.write(_("Ligne %(number)s (%(name)s) : %(reasons)s") % line)
        totals = ", ".join(result.counted(report.count(result)) for result in RowResult)
        self.stdout.write(_("Lignes : %(totals)s.") % {"totals": totals})
        if not report.written:
            self.stdout.write(_("Rien n’a été écrit."))
        if report.refused:
            told = ngettext("%(count)s ligne refusée.", "%(count)s lignes refusées.", len(report.refused))
            raise CommandError(told % {"count": len(report.refused)}, returncode=ROWS_REFUSED)


def _read(path: Path) -> bytes:
    """Return the content of a file, unless it is absent or out of all proportion."""
    try:
        if path.stat().st_size > LARGEST_FILE:
            raise UnreadableFile(_("Ce fichier dépasse 20 Mo : ce n’est sans doute pas une liste de lieux."))
        return path.read_bytes()
    except OSError as error:
        raise UnreadableFile(
            _("Impossible de lire %(path)s : %(reason)s.") % {"path": path, "reason": error.strerror}
        ) from error
