"""What residents may ask of places, beyond what agents ask; all but an address may stand in the page's address."""

import datetime as dt

import django_filters as filters
from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from mediation.channels.web.selectors import ids_with_appointments
from sites.enums import Audience, Fee, Programme
from sites.filters import PlaceFilter, TickedFilter
from sites.models import Site
from sites.selectors import listing

SOON = dt.timedelta(days=7)


class ResidentPlaceFilter(PlaceFilter):
    """The filters of the national map, and what people ask on the telephone: is it open, can I get in, is it free."""

    open_now = TickedFilter(label=_("Ouvert maintenant"), method="filter_ticked")
    computer_free = TickedFilter(label=_("Un ordinateur libre maintenant"), method="filter_ticked")
    soon = TickedFilter(label=_("Un rendez-vous dans les sept jours"), method="filter_soon")
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

    def filter_soon(self, sites: QuerySet[Site], name: str, ticked: bool) -> QuerySet[Site]:
        """Keep the places where residents may book within a week."""
        if not ticked:
            return sites
        return sites.filter(pk__in=ids_with_appointments(sites, until=timezone.localdate() + SOON))

    def filter_free_of_charge(self, sites: QuerySet[Site], name: str, ticked: bool) -> QuerySet[Site]:
        """Keep the places where nothing is paid, whatever the conditions."""
        return sites.filter(listing("fees", Fee.FREE.value)) if ticked else sites

    def filter_audience(self, sites: QuerySet[Site], name: str, audience: str) -> QuerySet[Site]:
        """Keep the places for these people: a place that names nobody is for everybody."""
        return sites.filter(listing("audiences", audience) | Q(audiences=[]))

    def filter_programme(self, sites: QuerySet[Site], name: str, programme: str) -> QuerySet[Site]:
        """Keep the places of a national programme."""
        return sites.filter(listing("programmes", programme))
