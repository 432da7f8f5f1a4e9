"""What residents may ask of places, beyond what agents ask; all but an address may stand in the page's address."""

import django_filters as filters
from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from sites.enums import Audience, Fee, Programme
from sites.filters import PlaceFilter, TickedFilter
from sites.models import Site
from sites.selectors import listing


class ResidentPlaceFilter(PlaceFilter):
    """The filters of the national map, and what people ask on the telephone: is it open, can I get in, is it free."""

    # What changes by the hour, which the list of places says (selectors/listing.py) and no database knows.
    OF_THE_HOUR = ("open_now", "computer_free", "saturday", "soon")

    open_now = TickedFilter(label=_("Ouvert maintenant"), method="leave_to_the_list")
    computer_free = TickedFilter(label=_("Un ordinateur libre maintenant"), method="leave_to_the_list")
    soon = TickedFilter(label=_("Un rendez-vous dans les sept jours"), method="leave_to_the_list")
    free_of_charge = TickedFilter(label=_("Gratuit"), method="filter_free_of_charge")
    audience = filters.ChoiceFilter(
        label=_("Public"), choices=Audience.choices, empty_label=_("Tous les publics"), method="filter_audience"
    )
    programme = filters.ChoiceFilter(
        label=_("Programme"),
        choices=Programme.choices,
        empty_label=_("Tous les programmes"),
        method="filter_programme",
    )

    @property
    def boxes_of_the_hour(self) -> list[str]:
        """The boxes that are ticked and that ``qs`` leaves to the list."""
        return [name for name in self.OF_THE_HOUR if self.form.cleaned_data.get(name)]

    def leave_to_the_list(self, sites: QuerySet[Site], name: str, ticked: bool) -> QuerySet[Site]:
        """Keep every place for now."""
        return sites

    filter_saturday = leave_to_the_list

    def filter_free_of_charge(self, sites: QuerySet[Site], name: str, ticked: bool) -> QuerySet[Site]:
        """Keep the places where nothing is paid, whatever the conditions."""
        return sites.filter(listing("fees", Fee.FREE.value)) if ticked else sites

    def filter_audience(self, sites: QuerySet[Site], name: str, audience: str) -> QuerySet[Site]:
        """Keep the places for these people: a place that names nobody is for everybody."""
        return sites.filter(listing("audiences", audience) | Q(audiences=[]))

    def filter_programme(self, sites: QuerySet[Site], name: str, programme: str) -> QuerySet[Site]:
        """Keep the places of a national programme."""
        return sites.filter(listing("programmes", programme))
