"""Partners' activity, from the workbook that La Coop de la médiation numérique exports."""

from mediation.activity.services.coop.importing import Summary, import_coop

__all__ = ["Summary", "import_coop"]
