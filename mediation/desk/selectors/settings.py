"""What an administrator sets up, and where."""

from dataclasses import dataclass, replace
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from directory import rules
from mediation.kernel.access import Rule


@dataclass(frozen=True)
class SettingsPage:
    """One page of the settings, in words that say what it is for, and who may open it."""

    label: str | Promise
    text: str | Promise
    url_name: str
    icon: str
    seen_by: Rule = rules.is_administrator


@dataclass(frozen=True)
class SettingsGroup:
    """Pages that one thinks of together."""

    label: str | Promise
    pages: tuple[SettingsPage, ...]


# In the order in which a new network is set up.
SETTINGS = (
    SettingsGroup(
        _("Les personnes"),
        (
            SettingsPage(
                _("Structures et médiateurs"),
                _("Qui fait partie du réseau, qui reçoit, dans quelles langues."),
                "directory:organisations",
                "building-2",
            ),
            SettingsPage(
                _("Comptes et rôles"),
                _("Qui ouvre l’application, et pour y faire quoi."),
                "directory:accounts",
                "key-round",
            ),
        ),
    ),
    SettingsGroup(
        _("Les rendez-vous"),
        (
            SettingsPage(
                _("Motifs"),
                _("Pourquoi on vient, pour combien de temps, qui peut réserver."),
                "helpdesk:reasons",
                "list",
            ),
            SettingsPage(
                _("Plages d’ouverture"), _("Quand chaque médiateur reçoit, et où."), "helpdesk:openings", "calendar"
            ),
            SettingsPage(
                _("Absences"), _("Qui est absent, et quels rendez-vous déplacer."), "helpdesk:absences", "user-x"
            ),
            SettingsPage(
                _("Agendas dans les téléphones"),
                _("Les adresses secrètes que lisent les téléphones, et comment les retirer."),
                "calendars:feeds",
                "smartphone",
            ),
            SettingsPage(
                _("Textes des messages"),
                _("Ce que disent les SMS, les e-mails, les appels et les lettres."),
                "messaging:wordings",
                "message-square",
                rules.is_network_administrator,
            ),
        ),
    ),
    SettingsGroup(
        _("Les lieux"),
        (
            SettingsPage(_("Lieux et horaires"), _("Adresses, horaires, accès, fermetures."), "sites:list", "map-pin"),
            SettingsPage(
                _("Postes informatiques"), _("Les ordinateurs ouverts au public."), "sites:workstations", "monitor"
            ),
            SettingsPage(
                _("Importer des lieux"), _("Depuis un fichier du standard national."), "sites:import", "download"
            ),
            SettingsPage(_("Bornes"), _("Les écrans en libre service, lieu par lieu."), "kiosk:devices", "smartphone"),
        ),
    ),
    SettingsGroup(
        _("L’activité"),
        (
            SettingsPage(
                _("Importer un fichier de La Coop"),
                _("Ce que les partenaires ont saisi dans l’outil national."),
                "activity:import",
                "download",
            ),
            SettingsPage(
                _("Outils de déclaration"),
                _("Où chaque médiateur déclare son activité, et depuis quand."),
                "activity:sources",
                "clipboard-list",
            ),
            SettingsPage(
                _("Totaux mensuels"),
                _("Les chiffres du mois d’une structure qui ne tient pas de journal."),
                "activity:monthly",
                "calendar",
            ),
        ),
    ),
)


def settings_of(user: Any) -> list[SettingsGroup]:
    """Return what this administrator may set up."""
    return [replace(group, pages=tuple(page for page in group.pages if page.seen_by(user))) for group in SETTINGS]
