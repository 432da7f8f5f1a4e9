"""The first question, and the languages."""

from django.conf import settings
from django.utils import timezone, translation

from mediation.channels.models import Call
from mediation.channels.voice.answers import Go, Outcome, Said
from mediation.channels.voice.prompts import Prompt, say
from mediation.channels.voice.selectors import desk_answers
from mediation.channels.voice.steps.base import Step
from mediation.channels.voice.steps.own import own
from mediation.kernel.languages import LANGUAGES, PLAIN_FRENCH, spoken

# Plain French is for those who read: it is spoken as French.
SPOKEN = tuple((code, name) for code, name in LANGUAGES if code != PLAIN_FRENCH)
LANGUAGES_KEY = "8"


class Menu(Step):
    """What somebody calls for. Whoever says nothing stays on the line, for a person."""

    def ask(self, call: Call) -> tuple[Said, ...]:
        """Return the menu, then in each other language that there are others."""
        person = Prompt.MENU_PERSON if desk_answers(timezone.now()) else Prompt.MENU_CALL_BACK
        return (
            say(Prompt.GREETING, service=settings.NETWORK_NAME),
            *map(say, (Prompt.MENU_BOOK, Prompt.MENU_OWN, Prompt.MENU_PLACES, person)),
            *(_in(code, Prompt.OTHER_LANGUAGES) for code, _name in SPOKEN if code != spoken(call.language)),
        )

    def answer(self, call: Call, keys: str) -> Outcome | None:
        """Return where the key leads."""
        call.memory = {}
        match keys:
            case "1" | "3":
                call.memory["wants_places"] = keys == "3"
                return Go("postcode")
            case "2":
                return own(call)
            case "8":
                return Go("languages")
        return None


class Languages(Step):
    """Each language in its own words."""

    def ask(self, call: Call) -> tuple[Said, ...]:
        """Return the languages, numbered from 1 on."""
        return tuple(
            _in(code, Prompt.LANGUAGE, language=name, key=number) for number, (code, name) in enumerate(SPOKEN, start=1)
        )

    def answer(self, call: Call, keys: str) -> Outcome | None:
        """Go on in the language that was chosen."""
        chosen = {str(number): code for number, (code, _name) in enumerate(SPOKEN, start=1)}
        if keys not in chosen:
            return None
        call.language = chosen[keys]
        return Go("menu")


def _in(code: str, prompt: Prompt, **values: object) -> Said:
    """Return a prompt in another language than the call's, in its voice."""
    with translation.override(code):
        said = say(prompt, **values)
    return Said(said.text, language=code, recording=said.recording)
