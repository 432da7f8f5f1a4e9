"""The list of messages."""

import datetime as dt
from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal

import django_tables2 as tables
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from directory.enums import Language
from mediation.kernel import formats
from mediation.kernel.tables import NUMBER_ATTRS, MomentColumn, NumberColumn, SheetColumn, Table
from mediation.messaging.enums import Medium
from mediation.messaging.models import Message
from mediation.messaging.selectors import Arrivals, OrganisationMonth, Spending, standing
from mediation.messaging.selectors.wordings import Wording


class MessageTable(Table):
    """What was or will be said, to whom, by which way, and where it stands."""

    caption = _("Messages")
    empty_title = _("Aucun message ici")
    empty_text = _("Les messages s’écrivent d’eux-mêmes quand un rendez-vous ou une inscription est pris.")

    due_at = MomentColumn(verbose_name=_("Prévu le"), order_by=("due_at", "pk"))
    beneficiary = SheetColumn(
        verbose_name=_("Pour"),
        order_by=("beneficiary__last_name", "beneficiary__first_name", "pk"),
        empty_values=(),
        url=lambda record: reverse("messaging:sheet", args=[record.uid]),
    )
    kind = tables.Column(verbose_name=_("Nature"))
    medium = tables.Column(verbose_name=_("Par"), orderable=False, accessor="recipient", empty_values=())
    state = tables.Column(
        verbose_name=_("Où il en est"), orderable=False, empty_values=(), attrs={"td": {"class": "standing"}}
    )

    class Meta:
        model = Message
        fields = ("due_at", "beneficiary", "kind", "medium", "state")

    def __init__(self, *args: object, now: dt.datetime, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        self.now = now

    def render_beneficiary(self, record: Message) -> str:
        """Return the name of whoever has a file: tickets and strangers have none."""
        return record.beneficiary.full_name if record.beneficiary else str(_("sans fiche"))

    def render_medium(self, record: Message) -> SafeString:
        """Return the way and the number or address."""
        # A number that is cut in two is read wrong.
        whole = "number-whole" if _rings(record) else ""
        return format_html('{} <bdi class="{}">{}</bdi>', _medium(record).label, whole, _said_to(record))

    def value_medium(self, record: Message) -> str:
        """Return the same for a file."""
        return f"{_medium(record).label} {_said_to(record)}".strip()

    def render_state(self, record: Message) -> SafeString:
        """Return where it stands, with its shape."""
        said = standing(record, self.now)
        return render_to_string("messaging/_standing.html", {"standing": said})

    def value_state(self, record: Message) -> str:
        """Return where it stands for a file."""
        said = standing(record, self.now)
        return " · ".join(words for words in (said.words, said.reason, said.advice) if words)


class WordingTable(Table):
    """What messages say, what a text message costs, and who wrote it."""

    caption = _("Textes des messages")

    title = SheetColumn(
        verbose_name=_("Message"),
        url=lambda record: reverse("messaging:wording", args=[record.slug, record.language]),
    )
    about = tables.Column(verbose_name=_("Pour"))
    text = tables.Column(verbose_name=_("Texte"), accessor="given__text", attrs={"td": {"class": "whole-row"}})
    parts = tables.Column(verbose_name=_("SMS"), accessor="given__parts")
    own = tables.Column(verbose_name=_("Écrit par"), empty_values=())

    class Meta:
        orderable = False
        fields = ("title", "about", "text", "parts", "own")

    def render_text(self, record: Wording, value: str) -> SafeString:
        """Return the text with its longest values, in its own direction."""
        return format_html('<span lang="{}" dir="auto">{}</span>', record.language, value)

    def render_parts(self, record: Wording, value: int) -> SafeString | str:
        """Return how many SMS it costs; French that no longer fits one shows it."""
        if not value:
            return "–"
        tone = "warn" if value > 1 and record.language == Language.FR else "plain"
        return render_to_string("ui/badge.html", {"label": f"{value}{formats.NO_BREAK}SMS", "tone": tone})

    def render_own(self, record: Wording) -> str:
        """Return whose text it is."""
        return str(_("votre réseau") if record.own else _("d’origine"))


def _medium(record: Message) -> Medium:
    """Return the way of the last attempt: the first one may have failed."""
    return Medium(record.last_medium or record.medium)


def _said_to(record: Message) -> str:
    return formats.phone(record.last_recipient or record.recipient)


def _rings(record: Message) -> bool:
    return _medium(record) in {Medium.SMS, Medium.VOICE, Medium.CALL_LIST}


class SpendingTable(Table):
    """What each organisation's text messages took of its month."""

    caption = _("SMS et coût par structure")
    empty_title = _("Aucune structure")

    organisation = tables.Column(verbose_name=_("Structure"), accessor="organisation__name")
    parts = NumberColumn(verbose_name=_("SMS"), accessor="spending__parts")
    limit = tables.Column(verbose_name=_("Plafond"), accessor="spending")
    cost = tables.Column(verbose_name=_("Coût"), accessor="spending__cost", attrs=NUMBER_ATTRS)

    class Meta:
        orderable = False

    def render_limit(self, value: Spending) -> SafeString | str:
        """Return the limit and how much of it is spent: in figures, with a word and a shape from four fifths on."""
        if value.limit is None:
            return str(_("sans"))
        return render_to_string("messaging/_share.html", {"spending": value, "percent": _percent(value.share)})

    def render_cost(self, value: Decimal) -> str:
        """Return euros as people write them."""
        return euros(value)


class ArrivalsTable(Table):
    """How many messages arrived, by each way."""

    caption = _("Messages arrivés, par moyen")
    empty_title = _("Rien n’est encore parti ce mois-ci")
    empty_text = _("Les chiffres viennent avec les premiers messages.")

    medium = tables.Column(verbose_name=_("Moyen"))
    ended = NumberColumn(verbose_name=_("Partis"))
    arrived = NumberColumn(verbose_name=_("Arrivés"))
    share = tables.Column(verbose_name=_("Sur 100 partis"), attrs=NUMBER_ATTRS)

    class Meta:
        orderable = False

    def render_medium(self, value: Medium) -> str:
        """Return the way."""
        return str(SAID_BY[value])

    def render_share(self, value: float) -> str:
        """Return how many arrive of a hundred."""
        return _percent(value)


SAID_BY = {
    Medium.SMS: _("SMS remis au téléphone"),
    Medium.VOICE: _("Appels automatiques écoutés"),
    Medium.EMAIL: _("E-mails partis"),
    Medium.LETTER: _("Lettres postées"),
    Medium.CALL_LIST: _("Appels des agents, personne jointe"),
}


def month_rows(day: dt.date, months: Iterable[OrganisationMonth]) -> Iterator[Sequence[object]]:
    """Yield the month for a file: a row for each organisation, after the heading."""
    media = [(medium, str(medium.label)) for medium in Medium]
    yield [
        *(str(word) for word in (_("Mois"), _("Structure"), _("SMS"), _("Plafond"), _("Coût (€)"))),
        *(f"{label} : {word}" for _medium, label in media for word in (_("partis"), _("arrivés"))),
    ]
    for month in months:
        by_medium = {one.medium: one for one in month.arrivals}
        ends = [by_medium.get(medium, Arrivals(medium)) for medium, _label in media]
        spent = month.spending
        figures = [figure for one in ends for figure in (one.ended, one.arrived)]
        yield [day, month.organisation.name, spent.parts, spent.limit, spent.cost.normalize(), *figures]


def euros(value: Decimal) -> str:
    """Return "12,40 €"."""
    whole, _point, cents = f"{value:.2f}".partition(".")
    return f"{formats.number(int(whole))},{cents}{formats.NO_BREAK}€"


def _percent(share: float | None) -> str:
    return "–" if share is None else f"{round(100 * share)}{formats.NARROW}%"
