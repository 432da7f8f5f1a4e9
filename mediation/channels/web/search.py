"""What somebody asks of the list of places: where, and which ones.

Filters, quartiers and postcodes may stand in the page's address. A street or the device's position tells where
somebody lives: it comes by POST, into no address and no log, and is kept nowhere.
"""

import re
from dataclasses import dataclass
from functools import cached_property
from urllib.parse import urlencode

from django import forms
from django.http import HttpRequest, QueryDict
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from mediation.channels.web.filters import ResidentPlaceFilter
from mediation.channels.web.selectors import ids_that_suit
from mediation.kernel.forms import FilterForm, SearchInput
from mediation.territory.geocoding import Found, locate
from sites.geography import Point, distance_km
from sites.models import Site
from sites.selectors import ids_named

POSITION = re.compile(r"(-?\d{1,2}(?:\.\d+)?),(-?\d{1,3}(?:\.\d+)?)")

# What nearly everybody asks stands beside the search, and a name is typed in its box.
UNFOLDED = ("service", "text")


class WhereForm(FilterForm):
    """Where: typed, or told by the device."""

    near = forms.CharField(
        label=gettext_lazy("Adresse, quartier ou code postal"),
        required=False,
        max_length=120,
        widget=SearchInput({"aria-describedby": "aide-lieu"}),
    )
    here = forms.RegexField(f"^{POSITION.pattern}$", required=False, widget=forms.HiddenInput)


@dataclass(frozen=True)
class Chip:
    """A filter in use, which a touch takes away."""

    name: str
    label: str


class PlaceSearch:
    """One request for places, by GET or by POST."""

    def __init__(self, request: HttpRequest, *, may_ask: bool = True) -> None:
        self.is_sent = request.method == "POST"
        self.asked = _without_removed(request.POST if self.is_sent else request.GET)
        self.may_ask = self.is_sent and may_ask
        self.where = WhereForm(self.asked)
        self.where.is_valid()
        self.published = Site.objects.published().order_by("name", "pk")

    @property
    def typed(self) -> str:
        """What was typed as a place."""
        return self.where.cleaned_data.get("near", "")

    @cached_property
    def named(self) -> bool:
        """Whether what was typed is the name of places, and no quartier or postcode."""
        return bool(self.typed) and not self.found.is_listed and bool(self._named_ids)

    @cached_property
    def _named_ids(self) -> list[int]:
        return ids_named(self.published, self.typed)

    @cached_property
    def found(self) -> Found:
        """What the typed text means; the name of a place is no address to ask for."""
        if not self.typed:
            return Found(None)
        return locate(self.typed, may_ask=self.may_ask and not self._named_ids)

    @cached_property
    def filters(self) -> ResidentPlaceFilter:
        """The filters, the name of a place among them."""
        asked = self.asked.copy()
        if self.named:
            asked["text"] = self.typed
        return ResidentPlaceFilter(asked, self.published)

    @property
    def point(self) -> Point | None:
        """From where distances are counted."""
        if self.named:
            return None
        if self.typed:
            spot = self.found.spot
            return (spot.latitude, spot.longitude) if spot else None
        said = POSITION.fullmatch(self.where.cleaned_data.get("here", ""))
        return (float(said[1]), float(said[2])) if said else None

    @property
    def around(self) -> str:
        """What the list is sorted around, in words."""
        if self.point is None:
            return ""
        return self.found.spot.label if self.found.spot else _("votre position")

    @property
    def is_private(self) -> bool:
        """Whether the answer must not be given an address: it would tell where somebody is."""
        listed = not self.typed or self.found.is_listed or self.named
        return self.is_sent and (bool(self.where.cleaned_data.get("here")) or not listed)

    @property
    def query(self) -> str:
        """The filters as an address repeats them, and where it tells of nobody."""
        form = self.filters.form
        said = {name: self.filters.data.get(name, "") for name in form.changed_data if name not in form.errors}
        if self.found.is_listed:
            said["near"] = self.typed
        return urlencode(said)

    @property
    def chips(self) -> list[Chip]:
        """The filters in use."""
        form = self.filters.form
        return [Chip(name, _in_words(form, name)) for name in form.changed_data if name not in form.errors]

    @property
    def folded_in_use(self) -> int:
        """How many of the folded filters are in use."""
        return sum(chip.name not in UNFOLDED for chip in self.chips)

    @property
    def boxes(self) -> list[forms.BoundField]:
        """The folded filters that are ticked."""
        return [field for field in self._folded if field.widget_type == "checkbox"]

    @property
    def lists(self) -> list[forms.BoundField]:
        """The folded filters that are chosen from a list."""
        return [field for field in self._folded if field.widget_type != "checkbox"]

    @property
    def _folded(self) -> list[forms.BoundField]:
        return [field for field in self.filters.form.visible_fields() if field.name not in UNFOLDED]

    def sites(self) -> list[tuple[int, float | None]]:
        """Return the places that suit and how many kilometres away they are: nearest first, else by name."""
        rows = self._rows()
        point = self.point
        if point is None:
            return [(pk, None) for pk, *_point in rows]
        found = [
            (pk, None if latitude is None else distance_km(point, (latitude, longitude)))
            for pk, latitude, longitude in rows
        ]
        # A place without coordinates may be next door: it stands after those whose distance is known.
        return sorted(found, key=lambda one: (one[1] is None, one[1] or 0))

    def _rows(self) -> list[tuple[int, float | None, float | None]]:
        rows = list(self.filters.qs.values_list("pk", "latitude", "longitude"))
        if boxes := self.filters.boxes_of_the_hour:
            suiting = ids_that_suit([row[0] for row in rows], timezone.now(), boxes)
            return [row for row in rows if row[0] in suiting]
        return rows


def _without_removed(said: QueryDict) -> QueryDict:
    kept = said.copy()
    if removed := kept.get("without"):
        kept.pop(removed, None)
        # The name of a place is a filter that was typed.
        if removed == "text":
            kept.pop("near", None)
    if kept.get("near"):
        kept.pop("text", None)
    return kept


def _in_words(form: forms.Form, name: str) -> str:
    field, value = form.fields[name], form.cleaned_data[name]
    if isinstance(field, forms.ModelChoiceField):
        return str(value)
    if isinstance(field, forms.ChoiceField):
        return str(dict(field.choices)[value])
    return _("« %(text)s »") % {"text": value} if name == "text" else str(field.label)
