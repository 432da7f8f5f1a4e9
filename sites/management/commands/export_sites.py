"""``manage.py export_sites``: the published places, in the national standard, on standard output."""

from typing import Any

from django.core.management.base import BaseCommand
from django.utils.translation import ngettext

from sites.exports import write_national
from sites.models import Site


class Command(BaseCommand):
    """Write the published places as CSV of the national standard v1.0.2."""

    help = "Écrit les lieux publiés sur la sortie standard : CSV du standard national v1.0.2."

    def handle(self, *args: Any, **options: Any) -> None:
        """Write the file; say on the error output what the standard does not let through."""
        self.stdout.write(write_national(Site.objects.publishable().order_by("national_id")), ending="")
        silent = Site.objects.published().filter(services=[]).count()
        if silent:
            told = ngettext(
                "%(count)s lieu visible n’indique aucun service : il n’est pas dans ce fichier.",
                "%(count)s lieux visibles n’indiquent aucun service : ils ne sont pas dans ce fichier.",
                silent,
            )
            self.stderr.write(told % {"count": silent})
