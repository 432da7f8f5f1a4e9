"""Find our places, mediators, communes and démarches behind the words of a file."""

from dataclasses import dataclass, field
from typing import Any

from directory.models import Mediator, Organisation
from mediation.activity.models import Demarche
from mediation.activity.services.coop.lines import Line
from mediation.kernel.formats import searchable
from mediation.territory.models import Commune
from sites.models import Site


@dataclass
class Known:
    """What this network knows, by the words a file may use; read once per file, four queries."""

    sites: dict[str, Site] = field(default_factory=dict)
    addresses: dict[str, Site] = field(default_factory=dict)
    mediators: dict[str, Mediator] = field(default_factory=dict)
    communes: dict[str, Commune] = field(default_factory=dict)
    demarches: dict[str, Demarche] = field(default_factory=dict)

    @classmethod
    def of(cls, organisation: Organisation) -> "Known":
        """Read what a file of ``organisation`` may speak of; only its own mediators are recognised."""
        known = cls(
            mediators={searchable(str(one)): one for one in Mediator.objects.filter(organisation=organisation)},
            communes={one.insee_code: one for one in Commune.objects.all()},
            demarches={searchable(one.name): one for one in Demarche.objects.all()},
        )
        for site in Site.objects.all():
            known.sites.setdefault(searchable(site.name), site)
            known.sites.setdefault(searchable(site.short_name), site)
            known.addresses.setdefault(searchable(f"{site.address} {site.postcode}"), site)
        known.sites.pop("", None)
        return known

    def site(self, line: Line) -> Site | None:
        """Return our place by its name, else by its address."""
        named = self.sites.get(searchable(line.place_name))
        return named or self.addresses.get(searchable(f"{line.address} {line.postcode}"))

    def people(self, line: Line) -> tuple[Any, ...]:
        """Return what the file says of one person, as the log keeps it."""
        commune = self.communes.get(line.commune)
        return (line.age_band, line.gender, line.status, commune.pk if commune else None)
