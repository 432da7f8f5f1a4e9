"""Load the shipped catalogue of démarches."""

from typing import Any

from django.core.management.base import BaseCommand
from django.utils.translation import gettext as _

from mediation.activity.services import load_demarches


class Command(BaseCommand):
    """``manage.py load_demarches``: run again after an upgrade, it mends what it knows."""

    help = "Charge le catalogue des démarches livré avec l’application."

    def handle(self, *args: Any, **options: Any) -> None:
        """Load and say how many."""
        self.stdout.write(_("Démarches ajoutées : %(created)d, déjà connues : %(known)d.") % load_demarches())
