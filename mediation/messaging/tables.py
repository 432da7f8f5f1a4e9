"""The list of messages."""

import datetime as dt

import django_tables2 as tables
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from directory.enums import Language
from mediation.kernel import formats
from mediation.kernel.tables import MomentColumn, SheetColumn, Table
from mediation.messaging.models import Message
from mediation.messaging.selectors import standing
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
    medium = tables.Column(verbose_name=_("Par"), orderable=False)
    state = tables.Column(verbose_name=_("Où il en est"), orderable=False, empty_values=())

    class Meta:
        model = Message
        fields = ("due_at", "beneficiary", "kind", "medium", "state")

    def __init__(self, *args: object, now: dt.datetime, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        self.now = now

    def render_beneficiary(self, record: Message) -> str:
        """Return the name, or what is left of an erased person's message."""
        return record.beneficiary.full_name if record.beneficiary else str(_("personne effacée"))

    def render_medium(self, record: Message) -> str:
        """Return the way and the number or address."""
        # A number that is cut in two is read wrong.
        number = formats.phone(record.recipient).replace(" ", formats.NO_BREAK)
        return f"{record.get_medium_display()} {number}".strip()

    def value_medium(self, record: Message) -> str:
        """Return the same for a file."""
        return f"{record.get_medium_display()} {formats.phone(record.recipient)}".strip()

    def render_state(self, record: Message) -> SafeString:
        """Return where it stands, with its shape."""
        said = standing(record, self.now)
        return render_to_string("messaging/_standing.html", {"standing": said})

    def value_state(self, record: Message) -> str:
        """Return where it stands for a file."""
        said = standing(record, self.now)
        return f"{said.words} · {said.reason}" if said.reason else said.words


class WordingTable(Table):
    """What messages say, what a text message costs, and who wrote it."""

    caption = _("Textes des messages")

    title = SheetColumn(
        verbose_name=_("Message"),
        url=lambda record: reverse("messaging:wording", args=[record.slug, record.language]),
    )
    about = tables.Column(verbose_name=_("Pour"))
    text = tables.Column(verbose_name=_("Texte"), accessor="given__text")
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
