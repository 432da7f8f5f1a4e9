"""Everything about one place, in the order in which a colleague asks."""

import datetime as dt
from dataclasses import dataclass

from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from directory.enums import Language
from directory.models import Mediator
from mediation.kernel import formats
from sites.enums import Typology
from sites.hours import DayHours, OpeningStatus
from sites.models import Closure, Site, Workstation
from sites.national import UNKNOWN_PIVOT
from sites.selectors import timetable

Fact = tuple[str | Promise, str]
YES_NO = {True: _("Oui"), False: _("Non"), None: ""}


@dataclass(frozen=True)
class MediatorLine:
    """Somebody who receives here, and in which languages."""

    mediator: Mediator
    languages: str


@dataclass(frozen=True)
class SiteSheet:
    """A place as its sheet shows it."""

    site: Site
    status: OpeningStatus
    today: dt.date
    week: list[DayHours]
    closures: list[Closure]
    workstations: list[Workstation]
    mediators: list[MediatorLine]
    groups: list[tuple[str | Promise, list[Fact]]]


def site_sheet(site: Site, at: dt.datetime) -> SiteSheet:
    """Return everything about a place at some moment."""
    today, hours = timezone.localdate(at), timetable(site)
    return SiteSheet(
        site=site,
        status=hours.status(at),
        today=today,
        week=hours.week(today),
        closures=list(site.closures.filter(ends_on__gte=today)),
        workstations=list(site.workstations.select_related("site").with_sessions(at)),
        mediators=[_mediator(mediator) for mediator in site.mediators.active().select_related("organisation")],
        groups=[(title, [fact for fact in facts if fact[1]]) for title, facts in _groups(site)],
    )


def _groups(site: Site) -> list[tuple[str | Promise, list[Fact]]]:
    return [
        (_("Où"), _where(site)),
        (_("Joindre"), _contact(site)),
        (_("Ce qu’on y trouve"), _offer(site)),
        (_("Pour qui"), [(_("Publics"), _lines(site.audiences)), (_("Prise en charge"), _lines(site.specific_care))]),
        (_("Dans les messages"), [(_("Nom"), site.place_in_messages), (_("Dans une phrase"), site.locative)]),
        (_("Référencement national"), _reference(site)),
    ]


def _where(site: Site) -> list[Fact]:
    point = f"{site.latitude:.5f}, {site.longitude:.5f}" if site.latitude is not None else ""
    return [
        (_("Adresse"), "\n".join(filter(None, (site.address, site.address_extra)))),
        (_("Commune"), f"{site.postcode} {site.commune_name}"),
        (_("Quartier"), site.quartier.name if site.quartier else ""),
        (_("Accessible en fauteuil"), str(YES_NO[site.step_free])),
        (_("Fiche Acceslibre"), site.accessibility_url),
        (_("Comment venir"), site.how_to_come),
        (_("Itinérance"), _lines(site.mobility)),
        (_("Point sur la carte"), point),
    ]


def _contact(site: Site) -> list[Fact]:
    return [
        (_("Téléphone"), formats.phone(site.phone)),
        (_("E-mail"), _lines(site.emails)),
        (_("Site web"), _lines(site.websites)),
        (_("Rendez-vous en ligne ailleurs"), site.booking_url),
        (_("Pour venir"), _lines(site.access_modes)),
    ]


def _offer(site: Site) -> list[Fact]:
    return [
        (_("Services"), _lines(site.services)),
        (_("Accompagnement"), _lines(site.support_modes)),
        (_("Frais"), _lines(site.fees)),
        (_("Dispositifs nationaux"), _lines(site.programmes)),
        (_("Formations et labels"), _lines([*site.training_labels, *site.other_labels])),
    ]


def _reference(site: Site) -> list[Fact]:
    labels = dict(Typology.choices)
    return [
        (_("Identifiant"), site.national_id),
        (_("SIRET ou RNA"), "" if site.pivot == UNKNOWN_PIVOT else site.pivot),
        (_("Sorte de lieu"), _lines([str(labels.get(code, code)) for code in site.typologies])),
        (_("Structure parente"), site.parent_structure),
        (_("Source"), site.source),
        (_("Mis à jour le"), formats.long_day(site.updated_on, year=True)),
    ]


def _mediator(mediator: Mediator) -> MediatorLine:
    labels = dict(Language.choices)
    return MediatorLine(mediator, ", ".join(str(labels.get(code, code)) for code in mediator.languages))


def _lines(values: list[str]) -> str:
    return "\n".join(values)
