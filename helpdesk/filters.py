"""Filters of the lists of people to call back, of opening periods and of what was booked elsewhere."""

from typing import Any

import django_filters as filters
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from directory.models import Beneficiary, Mediator
from helpdesk.enums import AttendeeStatus, Cause
from helpdesk.forms.repetition import with_organisation
from helpdesk.models import Appointment, Attendee, HelpRequest, OpeningPeriod
from helpdesk.querysets import AppointmentQuerySet, HelpRequestQuerySet, OpeningPeriodQuerySet
from mediation.accounts.actor import SELF_SERVICE, Door
from mediation.kernel.forms import DateInput, FilterForm, SearchInput
from mediation.territory.models import Quartier
from sites.models import Site

COMING, ALL, CANCELLED = "coming", "all", "cancelled"
DUE, CLOSED, SENT = "due", "closed", "sent"
MINE, NOBODY = "mine", "nobody"
PAST = "past"


class OpeningFilter(filters.FilterSet):
    """Opening periods by mediator, place, and how people come."""

    mediator = filters.ModelChoiceFilter(
        label=_("Médiateur"), queryset=Mediator.objects.none(), to_field_name="uid", empty_label=_("Tous")
    )
    site = filters.ModelChoiceFilter(
        label=_("Lieu"), queryset=Site.objects.none(), to_field_name="uid", empty_label=_("Tous")
    )
    past = filters.ChoiceFilter(
        label=_("Quand"),
        choices=[(PAST, _("Terminées"))],
        method="at_time",
        empty_label=_("En cours et à venir"),
    )

    class Meta:
        model = OpeningPeriod
        fields = ["mediator", "site", "past"]
        form = FilterForm

    def __init__(self, data: Any, queryset: OpeningPeriodQuerySet, *, mediators: Any) -> None:
        super().__init__(data, queryset)
        self.filters["mediator"].queryset = mediators
        self.filters["mediator"].field.label_from_instance = with_organisation
        self.filters["site"].queryset = Site.objects.filter(opening_periods__mediator__in=mediators).distinct()

    def filter_queryset(self, queryset: OpeningPeriodQuerySet) -> OpeningPeriodQuerySet:
        """Keep those that still count, unless the past ones are asked."""
        found = super().filter_queryset(queryset)
        return found if self.form.cleaned_data.get("past") else found.to_come()

    def count_past(self) -> int:
        """How many more there are behind the list, in the same filters: none where the past is what is shown."""
        if self.form.cleaned_data.get("past"):
            return 0
        return self.at_time(super().filter_queryset(self.queryset.all()), "past", PAST).order_by().count()

    def at_time(self, periods: OpeningPeriodQuerySet, name: str, when: str) -> OpeningPeriodQuerySet:
        """Keep those that are over."""
        return periods.exclude(pk__in=periods.to_come().order_by().values("pk"))


class HelpRequestFilter(filters.FilterSet):
    """People to call back, by state, cause, owner and quartier. Unless something else is asked: those who wait."""

    state = filters.ChoiceFilter(
        label=_("Où en est-on"),
        choices=[
            (DUE, _("Aujourd’hui ou en retard")),
            (CLOSED, _("Terminées")),
            (SENT, _("Confiées à une autre structure")),
        ],
        method="in_state",
        empty_label=_("Toutes celles à rappeler"),
    )
    cause = filters.ChoiceFilter(label=_("Pourquoi"), choices=Cause.choices, empty_label=_("Toutes les raisons"))
    owner = filters.ChoiceFilter(
        label=_("Suivie par"),
        choices=[(MINE, _("Moi")), (NOBODY, _("Personne encore"))],
        method="followed_by",
        empty_label=_("Tout le monde"),
    )
    asked_through = filters.ChoiceFilter(
        label=_("Venue par"),
        choices=[(door.value, door.label) for door in (Door.DESK, *SELF_SERVICE)],
        empty_label=_("Tous les moyens"),
    )
    quartier = filters.ModelChoiceFilter(
        label=_("Quartier"), queryset=Quartier.objects.defer("outline"), empty_label=_("Tous")
    )

    class Meta:
        model = HelpRequest
        fields = ["state", "cause", "asked_through", "owner", "quartier"]
        form = FilterForm

    def filter_queryset(self, queryset: Any) -> HelpRequestQuerySet:
        """Keep those whom the user's organisations call and who wait, unless another state is asked."""
        found = super().filter_queryset(queryset)
        if self.form.cleaned_data.get("state"):
            return found
        return found.called_back_by(self.request.user).waiting()

    def in_state(self, requests: HelpRequestQuerySet, name: str, state: str) -> HelpRequestQuerySet:
        """Keep those that stand there."""
        ours = requests.called_back_by(self.request.user)
        if state == DUE:
            return ours.due_by(timezone.localdate())
        if state == CLOSED:
            return ours.filter(closed_at__isnull=False).order_by("-closed_at", "-pk")
        return requests.exclude(pk__in=ours.order_by().values("pk")).order_by("-asked_at", "-pk")

    def followed_by(self, requests: HelpRequestQuerySet, name: str, owner: str) -> HelpRequestQuerySet:
        """Keep one's own, or those that nobody follows yet."""
        return requests.filter(owner=self.request.user if owner == MINE else None)


class PrescriptionFilterForm(FilterForm):
    """The filters of what was booked elsewhere; a period does not run backwards."""

    def clean(self) -> dict[str, Any]:
        """Say beside its field that the last day comes before the first."""
        said = super().clean() or self.cleaned_data
        if said.get("since") and said.get("until") and said["until"] < said["since"]:
            self.add_error("until", _("Ce jour vient avant le premier."))
        return said


class PrescriptionFilter(filters.FilterSet):
    """What was booked elsewhere, by name or reference, state, place and days. Unless something is asked: what comes."""

    q = filters.CharFilter(label=_("Nom ou référence"), method="search", widget=SearchInput)
    state = filters.ChoiceFilter(
        label=_("Où en est-on"),
        choices=[
            (COMING, _("À venir")),
            (AttendeeStatus.UNKNOWN, _("Passés, sans suite connue")),
            (AttendeeStatus.SEEN, _("Reçus")),
            (AttendeeStatus.NOSHOW, _("Pas venus")),
            (CANCELLED, _("Annulés")),
            (ALL, _("Tous")),
        ],
        method="in_state",
    )
    site = filters.ModelChoiceFilter(
        label=_("Lieu"), queryset=Site.objects.none(), to_field_name="uid", empty_label=_("Tous")
    )
    since = filters.DateFilter(
        label=_("À partir du"), field_name="engagement__starts_at", lookup_expr="date__gte", widget=DateInput
    )
    until = filters.DateFilter(
        label=_("Jusqu’au"), field_name="engagement__starts_at", lookup_expr="date__lte", widget=DateInput
    )

    class Meta:
        model = Appointment
        fields = ["q", "state", "site", "since", "until"]
        form = PrescriptionFilterForm

    def __init__(self, data: Any, queryset: AppointmentQuerySet, *, user: Any) -> None:
        super().__init__(data, queryset)
        self.user = user
        # Whoever looks for a name, a number or a day means the past as well: the list says what it shows.
        self.usual = ALL if any(data.get(name) for name in ("q", "since", "until")) else COMING
        state = self.filters["state"]
        labels = dict(state.extra["choices"])
        state.extra["empty_label"] = labels.pop(self.usual)
        state.extra["choices"] = list(labels.items())
        self.filters["site"].queryset = Site.objects.filter(appointments__in=queryset.order_by()).distinct()

    def filter_queryset(self, queryset: Any) -> AppointmentQuerySet:
        """Keep those of the usual state, unless another one is asked."""
        found = super().filter_queryset(queryset)
        return found if self.form.cleaned_data.get("state") else self.in_state(found, "state", self.usual)

    def in_state(self, appointments: AppointmentQuerySet, name: str, state: str) -> AppointmentQuerySet:
        """Keep those that stand there: the next one first, of past ones the last."""
        if state == COMING:
            return appointments.upcoming().order_by("engagement__starts_at", "pk")
        if state == CANCELLED:
            return appointments.filter(engagement__released_at__isnull=False)
        if state == ALL:
            return appointments
        people = Attendee.objects.filter(status=state).values("appointment")
        return appointments.standing().filter(engagement__ends_at__lte=timezone.now(), pk__in=people)

    def search(self, appointments: AppointmentQuerySet, name: str, text: str) -> AppointmentQuerySet:
        """Keep this reference, and people whose file the user may see: a partner's name is not confirmed."""
        people = Beneficiary.objects.visible_to(self.user).matching(text)
        named = Attendee.objects.filter(beneficiary__in=people.order_by()).values("appointment")
        digits = "".join(character for character in text if character.isdigit())
        return appointments.filter(Q(reference=digits) | Q(pk__in=named))
