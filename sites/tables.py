"""Lists of places and of computers."""

import datetime as dt
from typing import Any

import django_tables2 as tables
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from mediation.kernel.tables import BadgeColumn, MomentColumn, SheetColumn, Table
from mediation.territory.selectors import SchoolCalendar
from sites import rules
from sites.enums import Equipment, Typology, WorkstationState
from sites.models import Site, Workstation
from sites.selectors import timetable

STATE_TONES = {
    WorkstationState.FREE: "ok",
    WorkstationState.IN_USE: "warn",
    WorkstationState.BROKEN: "stop",
}


class SiteTable(Table):
    """Places, with what one asks first: open now, computers free, seen by the public."""

    caption = _("Lieux du réseau")
    empty_title = _("Aucun lieu")

    name = SheetColumn(verbose_name=_("Lieu"), attrs={"td": {"class": "wide-cell"}})
    typologies = tables.Column(verbose_name=_("Sorte"), orderable=False)
    quartier = tables.Column(verbose_name=_("Quartier"), order_by=("quartier__number", "commune_name"), empty_values=())
    organisation = tables.Column(verbose_name=_("Structure"), default="–")
    status = tables.Column(verbose_name=_("Aujourd’hui"), orderable=False, empty_values=())
    computers = tables.Column(
        verbose_name=_("Postes libres"), order_by=("free_count",), empty_values=(), attrs={"td": {"class": "number"}}
    )
    is_published = BadgeColumn(
        verbose_name=_("Public"),
        tones={True: "ok", False: "plain"},
        labels={True: _("visible"), False: _("caché")},
    )

    class Meta:
        model = Site
        fields = ()
        order_by = "name"

    def __init__(self, *args: Any, at: dt.datetime, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.at = at
        self.calendar = SchoolCalendar.read()

    def render_typologies(self, value: list[str]) -> str:
        """Return the kinds in words."""
        labels = dict(Typology.choices)
        return ", ".join(str(labels.get(code, code)) for code in value)

    def render_quartier(self, record: Site) -> str:
        """Return the quartier, or the commune of a place outside the city."""
        return str(record.quartier or record.commune_name)

    def render_status(self, record: Site) -> str:
        """Return whether the place is open now."""
        status = timetable(record, self.calendar).status(self.at)
        now, _dot, then = status.words.partition(" · ")
        badge = render_to_string("ui/badge.html", {"label": now, "tone": status.tone})
        return format_html('{}<br><span class="muted">{}</span>', badge, then) if then else badge

    def value_status(self, record: Site) -> str:
        """Return the words for a file."""
        return timetable(record, self.calendar).status(self.at).words

    def render_computers(self, record: Any) -> str:
        """Return "2 sur 6", those that are broken said apart."""
        if not record.workstation_count:
            return "–"
        return _("%(free)s sur %(all)s") % {"free": record.free_count, "all": record.workstation_count}


class WorkstationTable(Table):
    """Public computers; their state changes where it is read."""

    caption = _("Postes informatiques")
    empty_title = _("Aucun poste")

    label = tables.Column(verbose_name=_("Poste"))
    site = tables.Column(verbose_name=_("Lieu"), order_by=("site__name", "label"), linkify=True)
    state = tables.Column(verbose_name=_("État"), attrs={"td": {"class": "state-cell"}})
    equipment = tables.Column(verbose_name=_("Équipement"), orderable=False, empty_values=())
    state_changed_at = MomentColumn(verbose_name=_("Depuis"), default="–")
    note = tables.Column(verbose_name=_("Remarque"), orderable=False, default="–")

    class Meta:
        model = Workstation
        fields = ()
        order_by = ("site", "label")

    def __init__(self, *args: Any, request_user: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.request_user = request_user

    def render_label(self, record: Workstation) -> str | SafeString:
        """Return the name, leading to the form for those who may describe the computer."""
        if not rules.may_edit(self.request_user, record.site):
            return record.label
        return format_html('<a href="{}">{}</a>', record.get_absolute_url(), record.label)

    def value_label(self, value: str) -> str:
        """Return the name for a file."""
        return value

    def render_state(self, record: Workstation) -> str:
        """Return the state, with one button for each other one."""
        return render_to_string("sites/_workstation_state.html", state_context(record, self.request_user))

    def value_state(self, record: Workstation) -> str:
        """Return the word for a file."""
        return str(state_context(record, self.request_user)["label"])

    def render_equipment(self, record: Workstation) -> str | SafeString:
        """Return the equipment in words, and the remark below."""
        words = equipment_words(record.equipment) or "–"
        return format_html('{}<br><span class="muted">{}</span>', words, record.note) if record.note else words

    def value_equipment(self, value: list[str]) -> str:
        """Return the equipment alone for a file."""
        return equipment_words(value)


def equipment_words(equipment: list[str]) -> str:
    """Return a computer's equipment in words."""
    labels = dict(Equipment.choices)
    return ", ".join(str(labels.get(item, item)).lower() for item in equipment)


def state_context(workstation: Any, user: Any) -> dict[str, Any]:
    """Return what the fragment of a computer's state shows; the computer comes with its ``sessions``."""
    at = timezone.now()
    state, label = WorkstationState(workstation.state), workstation.get_state_display()
    session = next((one for one in workstation.sessions if one.is_under_way(at)), None)
    if session and state is WorkstationState.FREE:
        state = WorkstationState.IN_USE
        label = state.label if session.arrived_at else _("Réservé")
    return {
        "workstation": workstation,
        "label": label,
        "tone": STATE_TONES[state],
        "session": session,
        "coming": next((one for one in workstation.sessions if one.starts_at > at), None),
        "may_run": rules.may_run_computers(user, workstation.site),
        "may_see_who": rules.may_see_who_computes(user, workstation.site),
        # Whoever is there leaves by a gesture of their own.
        "others": [WorkstationState.BROKEN] if session else [one for one in WorkstationState if one != state],
    }


def workstation_line(workstation: Workstation, user: Any) -> dict[str, Any]:
    """Return what a computer's line on the sheet of its place shows."""
    return {**state_context(workstation, user), "equipment": equipment_words(workstation.equipment)}
