"""The questions of a call, by name."""

from mediation.channels.voice.steps.base import Step
from mediation.channels.voice.steps.menu import Languages, Menu
from mediation.channels.voice.steps.own import Cancel, Code, Done, Own, Reference
from mediation.channels.voice.steps.person import Dialled, Number, reach
from mediation.channels.voice.steps.places import Places, Postcode
from mediation.channels.voice.steps.times import Confirm, Times

STEPS: dict[str, Step] = {
    "menu": Menu(),
    "languages": Languages(),
    "postcode": Postcode(),
    "places": Places(),
    "times": Times(),
    "confirm": Confirm(),
    "own": Own(),
    "cancel": Cancel(),
    "reference": Reference(),
    "code": Code(),
    "done": Done(),
    "dialled": Dialled(),
    "number": Number(),
}

__all__ = ["STEPS", "Step", "reach"]
