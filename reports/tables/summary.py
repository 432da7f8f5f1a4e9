"""The report in a few words: the figures that matter, what is missing, and how things are counted."""

from dataclasses import dataclass

from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from directory.enums import Source
from mediation.kernel import formats
from reports.selectors import CoordinationReport, Figures
from reports.tables.organisations import months_in_words, twice, untold
from reports.tables.table import at_least, hidden_meaning, hours


@dataclass(frozen=True)
class KeyFigure:
    """One figure of the first page."""

    label: str
    figure: str
    detail: str = ""


def key_figures(report: CoordinationReport) -> list[KeyFigure]:
    """Return the figures that matter, for the whole city."""
    city, number = report.city, formats.number
    return [
        KeyFigure(_("accompagnements"), number(city.assistances), _trend(report)),
        _helped(city),
        KeyFigure(
            _("ateliers animés"),
            number(city.workshops),
            _("%(count)s participations") % {"count": number(city.in_workshops)},
        ),
        KeyFigure(
            _("heures reçues par les personnes"),
            hours(city.minutes_received),
            _("%(hours)s données par les médiateurs") % {"hours": hours(city.minutes_given)},
        ),
        KeyFigure(
            _("places d’atelier prises"),
            f"{number(city.seats_taken)} / {number(city.seats)}",
            formats.percent(city.seats_taken, city.seats) if city.seats else "",
        ),
        KeyFigure(
            _("personnes absentes à leur rendez-vous"),
            number(city.no_shows),
            _("sur %(count)s attendues") % {"count": number(city.seen + city.no_shows)},
        ),
        KeyFigure(
            _("postes informatiques en état de marche"),
            f"{number(city.working)} / {number(city.computers)}",
            _("dans %(count)s lieux") % {"count": number(city.sites)},
        ),
        _declared(report),
    ]


def _helped(city: Figures) -> KeyFigure:
    """Return how many different people were helped, as far as the organisations can tell."""
    figure = at_least(city.people) if city.untold else formats.number(city.people)
    return KeyFigure(_("personnes aidées"), figure, f"{twice()} {untold(city)}".strip())


def _declared(report: CoordinationReport) -> KeyFigure:
    """Return how many organisations gave all their months, and confirmed them."""
    lines = report.organisations
    whole = sum(not line.missing_months for line in lines)
    confirmed = sum(line.confirmed is not None for line in lines)
    return KeyFigure(
        _("structures sans mois manquant"),
        f"{whole} / {len(lines)}",
        _confirmed_words(confirmed),
    )


def _confirmed_words(count: int) -> str:
    if not count:
        return _("aucune n’a encore validé ses chiffres")
    words = ngettext("%(count)s a validé ses chiffres", "%(count)s ont validé leurs chiffres", count)
    return words % {"count": count}


def warnings(report: CoordinationReport) -> list[str]:
    """Return, in sentences, what is missing from the figures; nothing where they are whole."""
    lines = report.organisations
    late = [
        _("%(name)s : aucune activité déclarée (%(tool)s), %(months)s.")
        % {"name": line.name, "tool": Source(line.source).label, "months": months_in_words(line.missing_months)}
        for line in lines
        if line.missing_months
    ]
    to_complete = sum(line.figures.to_complete for line in lines)
    overlapping = sum(line.overlapping for line in lines)
    silent = sum(line.confirmed is None for line in lines)
    counts = (
        (
            to_complete,
            ngettext(
                "%(count)s rendez-vous à compléter : il compte pour zéro.",
                "%(count)s rendez-vous à compléter : ils comptent pour zéro.",
                to_complete,
            ),
        ),
        (
            overlapping,
            ngettext(
                "%(count)s activité déclarée en double : elle n’est pas comptée.",
                "%(count)s activités déclarées en double : elles ne sont pas comptées.",
                overlapping,
            ),
        ),
        (
            silent,
            ngettext(
                "%(count)s structure n’a pas encore validé ses chiffres pour cette période.",
                "%(count)s structures n’ont pas encore validé leurs chiffres pour cette période.",
                silent,
            ),
        ),
    )
    return [*late, *(words % {"count": formats.number(count)} for count, words in counts if count)]


def definitions() -> list[tuple[str, str]]:
    """Return the words of the report and how each is counted."""
    return [
        (
            _("Accompagnement"),
            _("Une personne aidée une fois. Un atelier de dix personnes est une activité et dix accompagnements."),
        ),
        (
            _("Personnes aidées"),
            _("Personnes différentes, connues par une fiche. Ce nombre est exact dans une structure. %(twice)s")
            % {"twice": twice()},
        ),
        (
            _("Accompagnements anonymes"),
            _("Sans fiche, ou repris d’un autre outil : on ne sait pas combien de personnes différentes."),
        ),
        (
            _("Heures données, heures reçues"),
            _("Deux heures d’atelier pour dix personnes : deux heures données, vingt heures reçues."),
        ),
        (
            _("Une seule source"),
            _("Chaque médiateur déclare dans un seul outil : ici, La Coop ou des totaux mensuels. Lui seul compte."),
        ),
        (
            _("À compléter"),
            _("Rendez-vous passé, sans « venu » ni « pas venu », ou reçu sans compte rendu. Compte pour zéro."),
        ),
        (_("Masqué"), capfirst(hidden_meaning())),
        (
            _("Ordre"),
            _("Les structures sont dans l’ordre alphabétique ; aucune n’est classée. Aucun chiffre par médiateur."),
        ),
    ]


def _trend(report: CoordinationReport) -> str:
    """Return how accompagnements moved since the period before, in words."""
    if not report.before:
        return ""
    change = round(100 * (report.city.assistances - report.before) / report.before)
    sign = "+" if change > 0 else "−" if change < 0 else ""
    return _("%(sign)s%(change)s %% par rapport à la période d’avant (%(before)s)") % {
        "sign": sign,
        "change": abs(change),
        "before": report.period.before.title,
    }
