"""Bring in a file of La Coop from the command line."""

import sys
from pathlib import Path
from typing import Any

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils.translation import gettext as _

from directory.models import Organisation
from mediation.accounts.actor import Actor, Door
from mediation.activity.services import import_coop

ROWS_REFUSED = 2
LISTED = 50


class Command(BaseCommand):
    """``manage.py import_coop FILE --organisation NAME [--dry-run]``; exit code 2 where rows were refused."""

    help = "Importe l’export « Activités » de La Coop (.xlsx) d’une structure."

    def add_arguments(self, parser: CommandParser) -> None:
        """Declare the arguments."""
        parser.add_argument("file", type=Path)
        parser.add_argument("--organisation", required=True, help="Nom exact de la structure.")
        parser.add_argument("--dry-run", action="store_true", help="Vérifie sans rien enregistrer.")

    def handle(self, *args: Any, file: Path, organisation: str, dry_run: bool, **options: Any) -> None:
        """Import, and say what became of each row."""
        owner = Organisation.objects.filter(name=organisation).first()
        if owner is None:
            names = "\n".join(f"  {name}" for name in Organisation.objects.values_list("name", flat=True))
            raise CommandError(_("Structure inconnue : %s. Celles du réseau :") % organisation + f"\n{names}")
        try:
            with file.open("rb") as opened:
                by = Actor(door=Door.COMMAND, label="import_coop")
                run = import_coop(file=opened, name=file.name, organisation=owner, by=by, dry_run=dry_run)
        except OSError as error:
            raise CommandError(_("Fichier illisible : %s.") % file) from error
        except ValidationError as error:
            raise CommandError(" ".join(error.messages)) from error
        self._say(run.summary)
        if run.summary["refused_count"]:
            sys.exit(ROWS_REFUSED)

    def _say(self, summary: dict[str, Any]) -> None:
        """Write the result in a few lines, then what needs a look."""
        self.stdout.write(
            _(
                "Lignes : %(rows)d. Activités ajoutées : %(created)d, modifiées : %(updated)d, "
                "inchangées : %(unchanged)d. Accompagnements : %(assistances)d."
            )
            % summary
        )
        if summary["not_counted"]:
            self.stdout.write(_("Gardées mais pas comptées (source non déclarée) : %(not_counted)d.") % summary)
        self.stdout.write(_("Lignes refusées : %(refused_count)d.") % summary)
        for line in summary["refused"][:LISTED]:
            self.stderr.write(_("Ligne %(row)d refusée : %(reason)s") % line)
        for column, labels in summary["unknown_labels"].items():
            self._list(_("Mots inconnus, %s") % column, labels)
        self._list(_("Lieux inconnus"), summary["unknown_places"])
        self._list(_("Médiateurs inconnus"), summary["unknown_mediators"])
        for line in summary["incomplete"][:LISTED]:
            self.stdout.write(_("Ligne %(row)d : %(there)d participants dans le fichier sur %(of)d annoncés.") % line)

    def _list(self, heading: str, names: dict[str, int]) -> None:
        if names:
            self.stdout.write(f"{heading} : {', '.join(names)}")
