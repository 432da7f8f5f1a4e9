"""What public pages read."""

from mediation.channels.web.selectors.listing import ListedPlace, ids_that_suit, listed_places
from mediation.channels.web.selectors.needs import any_need, reason_for_demarches, reasons_of
from mediation.channels.web.selectors.places import Place, PlaceSheet, place_sheet, places
from mediation.channels.web.selectors.times import Day, Times, instead_of, offered_places, times

__all__ = [
    "Day",
    "ListedPlace",
    "Place",
    "PlaceSheet",
    "Times",
    "any_need",
    "ids_that_suit",
    "instead_of",
    "listed_places",
    "offered_places",
    "place_sheet",
    "places",
    "reason_for_demarches",
    "reasons_of",
    "times",
]
