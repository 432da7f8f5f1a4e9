"""Lists of reasons, opening periods, absences, people to call back and appointments booked elsewhere."""

from functools import cached_property
from typing import Any

import django_tables2 as tables
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from directory.models import Beneficiary
from helpdesk import rules
from helpdesk.models import Absence, Appointment, HelpRequest, OpeningPeriod, Reason
from helpdesk.selectors import people_of_ours
from helpdesk.selectors.appointments import tone_of
from mediation.accounts.actor import SELF_SERVICE
from mediation.kernel import formats
from mediation.kernel.tables import BadgeColumn, DurationColumn, SheetColumn, Table
from mediation.territory.selectors import SchoolCalendar

REASONS_NAMED = 2


class ReasonTable(Table):
    """Reasons."""

    label = SheetColumn(url=lambda record: reverse("helpdesk:reason", args=[record.uid]))
    organisation = tables.Column(default=_("Tout le réseau"))
    duration_minutes = DurationColumn(verbose_name=_("Durée"))
    who_books = tables.Column(verbose_name=_("Réservé par"))
    is_active = BadgeColumn(
        verbose_name=_("État"), tones={True: "ok", False: "plain"}, labels={True: _("Proposé"), False: _("Retiré")}
    )

    caption = _("Motifs")
    empty_title = _("Aucun motif")

    class Meta:
        model = Reason
        fields = ["label", "organisation", "duration_minutes", "who_books", "is_active"]


class OpeningTable(Table):
    """Opening periods."""

    mediator = SheetColumn(
        url=lambda record: reverse("helpdesk:opening", args=[record.uid]),
        order_by=["mediator__last_name", "mediator__first_name"],
    )
    first_day = tables.Column(verbose_name=_("Quand"))
    reasons = tables.ManyToManyColumn(verbose_name=_("Motifs"))
    takes = tables.Column(verbose_name=_("Comment vient-on"), empty_values=(), orderable=False)

    caption = _("Plages d’ouverture")
    empty_title = _("Aucune plage d’ouverture")

    class Meta:
        model = OpeningPeriod
        fields = ["mediator", "site", "first_day", "reasons", "takes"]

    def render_first_day(self, record: OpeningPeriod) -> str:
        """Return "Le 2e mardi du mois, 9 h – 12 h, sauf vacances scolaires"."""
        return record.in_words(self.school)

    def render_reasons(self, record: OpeningPeriod) -> str:
        """Return the first reasons, and how many more: most periods take nearly all of them."""
        names = [reason.label for reason in record.reasons.all()]
        more = len(names) - REASONS_NAMED
        if more <= 1:
            return ", ".join(names)
        return _("%(names)s et %(more)s autres") % {"names": ", ".join(names[:REASONS_NAMED]), "more": more}

    def value_reasons(self, record: OpeningPeriod) -> str:
        """Return all reasons for a file."""
        return ", ".join(reason.label for reason in record.reasons.all())

    def render_takes(self, record: OpeningPeriod) -> str:
        """Return whether one comes by appointment, with a ticket, or both."""
        if record.takes_appointments and record.takes_tickets:
            return str(_("Avec ou sans rendez-vous"))
        return str(_("Sur rendez-vous") if record.takes_appointments else _("Sans rendez-vous"))

    @cached_property
    def school(self) -> SchoolCalendar:
        """The school holidays that are known, read once for the list."""
        return SchoolCalendar.read()


class AbsenceTable(Table):
    """Absences to come."""

    mediator = SheetColumn(
        url=lambda record: reverse("helpdesk:absence", args=[record.uid]),
        order_by=["mediator__last_name", "mediator__first_name"],
    )
    in_words = tables.Column(verbose_name=_("Quand"), order_by=["starts_at"])
    label = tables.Column(verbose_name=_("Raison"), default="")

    caption = _("Absences")
    empty_title = _("Personne n’est absent")
    empty_text: Any = _("Les absences à venir de votre équipe s’afficheront ici.")

    class Meta:
        model = Absence
        fields = ["mediator", "in_words", "label"]

    def render_in_words(self, record: Absence) -> str:
        """Return when, with what is not published yet."""
        return record.in_words(self.school)

    @cached_property
    def school(self) -> SchoolCalendar:
        """The school holidays that are known, read once for the list."""
        return SchoolCalendar.read()


class HelpRequestTable(Table):
    """People to call back: by when, who, at which number, why, and what was tried."""

    due_on = tables.Column(verbose_name=_("Rappeler avant le"), order_by=("due_on", "asked_at", "pk"))
    beneficiary = SheetColumn(
        verbose_name=_("Qui"),
        order_by=("beneficiary__last_name", "beneficiary__first_name", "pk"),
        url=lambda record: reverse("helpdesk:request", args=[record.uid]),
    )
    phone = tables.Column(verbose_name=_("Téléphone"), accessor="beneficiary__phone", orderable=False, empty_values=())
    cause = tables.Column(verbose_name=_("Pourquoi"))
    calls = tables.Column(verbose_name=_("Appels"), orderable=False)
    owner = tables.Column(verbose_name=_("Suivie par"), default=_("Personne encore"), orderable=False)

    caption = _("Personnes à rappeler")
    empty_title = _("Personne à rappeler")
    empty_text: Any = _("Qui ne trouve pas de créneau, demande à être rappelé ou n’est pas venu s’affichera ici.")

    class Meta:
        model = HelpRequest
        fields = ["due_on", "beneficiary", "phone", "cause", "calls", "owner"]

    def __init__(self, *args: Any, user: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.user = user
        self.today = timezone.localdate()

    def render_due_on(self, record: HelpRequest) -> SafeString:
        """Return the day, with a word where it is today or past; of a closed request, how it ended."""
        return render_to_string("helpdesk/_request_state.html", {"request": record, "today": self.today})

    def value_due_on(self, record: HelpRequest) -> Any:
        """Return the day for a file."""
        return record.due_on

    def render_beneficiary(self, record: HelpRequest) -> str:
        """Return the name; the number of the request for those who do not call."""
        if rules.calls_back(self.user, record):
            return str(record.beneficiary)
        return str(_("Demande %(number)s") % {"number": formats.reference(record.reference)})

    def render_phone(self, record: HelpRequest) -> SafeString | str:
        """Return the number to dial with one touch, and when to."""
        number = record.beneficiary.phone
        if not rules.calls_back(self.user, record):
            return str(record.organisation)
        if not number:
            return str(_("Pas de téléphone"))
        written = formats.phone(number).replace(" ", formats.NO_BREAK)
        when = record.get_best_time_display()
        return format_html('<a class="dial" href="tel:{}">{}</a> <span class="note">{}</span>', number, written, when)

    def value_phone(self, record: HelpRequest) -> str:
        """Return the number for a file."""
        return formats.phone(record.beneficiary.phone) if rules.calls_back(self.user, record) else ""

    def render_cause(self, record: HelpRequest) -> SafeString:
        """Return why, how they asked where nobody took it down, and what for."""
        alone = record.get_asked_through_display() if record.asked_through in SELF_SERVICE else ""
        about = " · ".join(str(one) for one in (alone, record.reason, record.quartier) if one)
        return format_html('{} <span class="note">{}</span>', record.get_cause_display(), about)

    def value_cause(self, record: HelpRequest) -> str:
        """Return why for a file."""
        return record.get_cause_display()

    def render_calls(self, record: HelpRequest) -> SafeString | str:
        """Return how many calls were made, and what the last one gave."""
        calls = list(record.calls.all())
        if not calls:
            return str(_("Aucun"))
        return format_html('{} <span class="note">{}</span>', len(calls), calls[-1].get_result_display())

    def value_calls(self, record: HelpRequest) -> int:
        """Return how many calls were made, for a file."""
        return len(record.calls.all())


class PrescriptionTable(Table):
    """Appointments booked elsewhere: when, where, for whom where their file is ours, and what became of them."""

    starts_at = SheetColumn(
        verbose_name=_("Quand"),
        order_by=("engagement__starts_at", "pk"),
        url=lambda record: reverse("helpdesk:appointment", args=[record.uid]),
    )
    site = tables.Column(verbose_name=_("Où"), order_by=("site__name", "engagement__starts_at", "pk"))
    people = tables.Column(verbose_name=_("Pour"), empty_values=(), orderable=False)
    reference = tables.Column(verbose_name=_("Référence"), orderable=False)
    states = tables.Column(verbose_name=_("Suite"), empty_values=(), orderable=False)

    caption = _("Rendez-vous pris ailleurs")
    empty_title = _("Aucun rendez-vous pris ailleurs")
    empty_text: Any = _(
        "Ce que vous réservez chez une autre structure se suit ici ; les passés s’affichent avec « Tous »."
    )

    class Meta:
        model = Appointment
        fields = ["starts_at", "site", "people", "reference", "states"]

    def __init__(self, *args: Any, user: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.user = user

    @cached_property
    def people_shown(self) -> dict[int, list[Beneficiary]]:
        """Who may be named, read once for the rows that are shown."""
        return people_of_ours([row.record for row in self.paginated_rows], user=self.user)

    def render_starts_at(self, record: Appointment) -> str:
        """Return "mar. 8 déc., 10 h", with the year where it is another."""
        return formats.dated_moment(record.starts_at)

    def value_starts_at(self, record: Appointment) -> Any:
        """Return the instant for a file."""
        return formats.local(record.starts_at)

    def render_site(self, record: Appointment) -> str:
        """Return the place and whose it is."""
        return f"{record.site}, {record.mediator.organisation}"

    def render_people(self, record: Appointment) -> str:
        """Return the names that may be read here."""
        return ", ".join(str(person) for person in self.people_shown[record.pk]) or "–"

    def render_reference(self, value: str) -> str:
        """Return "48 21 07 33", in one piece."""
        return formats.reference(value).replace(" ", formats.NO_BREAK)

    def value_reference(self, value: str) -> str:
        """Return the digits for a file."""
        return value

    def render_states(self, record: Appointment) -> SafeString:
        """Return each state once, as a word with its shape."""
        states = dict.fromkeys((one.state_label, tone_of(one)) for one in record.attendees.all())
        badges = ((render_to_string("ui/badge.html", {"label": label, "tone": tone}),) for label, tone in states)
        return format_html_join(" ", "{}", badges)

    def value_states(self, record: Appointment) -> str:
        """Return the words for a file."""
        return ", ".join(dict.fromkeys(one.state_label for one in record.attendees.all()))
