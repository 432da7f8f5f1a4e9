"""The postcode, and the nearest places with their hours."""

from django.utils import timezone

from mediation.channels.models import Call
from mediation.channels.nearest import nearest_places
from mediation.channels.voice import sayings
from mediation.channels.voice.answers import Go, Outcome, Said, ToPerson, Wrong
from mediation.channels.voice.prompts import Prompt, say
from mediation.channels.voice.selectors import place_named
from mediation.channels.voice.steps.base import Step
from mediation.channels.voice.steps.times import offer
from mediation.territory.selectors import spot_of

PLACES_SAID = 3


class Postcode(Step):
    """Where the caller lives, to book there or to find a place."""

    keys = 5

    def ask(self, call: Call) -> tuple[Said, ...]:
        """Ask for five keys."""
        return (say(Prompt.ASK_POSTCODE),)

    def answer(self, call: Call, keys: str) -> Outcome | None:
        """Look around there."""
        spot = spot_of(keys)
        if spot is None:
            return Wrong(say(Prompt.UNKNOWN_POSTCODE))
        call.memory["near"] = [spot.latitude, spot.longitude]
        return _say_places(call) if call.memory.get("wants_places") else offer(call)


class Places(Step):
    """One place after the other, nearest first."""

    def ask(self, call: Call) -> tuple[Said, ...]:
        """Say where it is and when it is open."""
        site = place_named(call.memory["places"][0])
        found = (sayings.place(site), sayings.hours(site, timezone.now())) if site else (say(Prompt.NO_PLACE),)
        following = (say(Prompt.NEXT_PLACE),) if call.memory["places"][1:] else ()
        return (*found, *following, say(Prompt.BACK_TO_MENU))

    def answer(self, call: Call, keys: str) -> Outcome | None:
        """Go on to the next one, or back."""
        if keys == "1":
            return Go("menu")
        following = call.memory["places"][1:]
        if keys == "2" and following:
            call.memory["places"] = following
            return Go("places")
        return None


def _say_places(call: Call) -> Outcome:
    latitude, longitude = call.memory["near"]
    call.memory["places"] = [site.uid.hex for site in nearest_places((latitude, longitude), limit=PLACES_SAID)]
    return Go("places") if call.memory["places"] else ToPerson((say(Prompt.NO_PLACE),))
