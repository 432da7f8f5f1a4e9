"""``manage.py load_reference``: the territory and the places that come with the project."""

from typing import Any

from django.core.management.base import BaseCommand

from mediation.territory.services import load_territory
from sites.services import load_places


class Command(BaseCommand):
    """Load communes, quartiers, school holidays and places; a second run changes nothing."""

    help = "Charge les communes, les quartiers, les vacances scolaires et les lieux livrés avec l’application."

    def handle(self, *args: Any, **options: Any) -> None:
        """Load the territory first: places find their quartier in it."""
        load_territory()
        count = load_places()
        self.stdout.write(f"{count} lieux nouveaux ou modifiés.")
