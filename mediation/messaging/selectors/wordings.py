"""The texts of messages as administrators see them: the product's, the city's own, and what each gives."""

from dataclasses import dataclass, replace

from django.utils.translation import gettext as _
from django.utils.translation import override

from directory.enums import Language
from mediation.messaging.enums import ANSWERS, ONLY_BY_SMS, MessageKind
from mediation.messaging.models import OwnWording
from mediation.messaging.places import PLACES
from mediation.messaging.sampling import LABELS, Sample, allowed, faults, gives, longest_values, sample
from mediation.messaging.wording import sender_receives
from mediation.messaging.wording.own import key_of
from mediation.messaging.wording.rendering import LANGUAGES
from mediation.messaging.wording.texts import TEXTS, Form, TextKey, in_use, placeholders


@dataclass(frozen=True)
class Wording:
    """One text in one language. ``own`` is the city's, where it has one; ``given`` what the text in force gives."""

    key: TextKey
    language: Language
    product: str
    own: OwnWording | None
    given: Sample

    @property
    def slug(self) -> str:
        """The name of the text in addresses."""
        return self.key.slug

    @property
    def title(self) -> str:
        """What the message says, and for what."""
        return str(MessageKind(self.key.kind).label)

    @property
    def about(self) -> str:
        """What the message speaks of and, of two texts that are both in use, when this one is said."""
        return f"{self._speaks_of} · {self._when}" if self._when else self._speaks_of

    @property
    def _when(self) -> str:
        """When this text is said rather than its twin; "" where only one of them is."""
        plain, other = (TEXTS.get(replace(self.key, is_answered=answered)) for answered in (False, True))
        more = placeholders(str(other)) - placeholders(str(plain)) if plain and other else set()
        if not more:
            return ""
        if "limite" in more:
            return _("on peut répondre") if self.key.is_answered else _("trop tard pour répondre")
        return _("s’il y en a deux") if self.key.is_answered else _("sinon")

    @property
    def _speaks_of(self) -> str:
        if self.key.kind == MessageKind.TICKET:
            return _("ticket")
        if self.key.kind in {*ANSWERS, *ONLY_BY_SMS} and self.key.kind != MessageKind.CONFIRMED:
            return _("réponse à un SMS")
        return _("atelier") if self.key.is_workshop else _("rendez-vous")

    @property
    def form(self) -> str:
        """By which ways it goes out."""
        return str(Form(self.key.form).label)

    @property
    def text(self) -> str:
        """The text in force, with its names between braces."""
        return self.own.text if self.own else self.product


@dataclass(frozen=True)
class Preview:
    """What a text that is being written gives, and what must be mended before it is kept."""

    given: Sample | None
    faults: list[str]
    is_short: bool
    language: Language


def wordings(language: Language) -> list[Wording]:
    """Return every text that may be said today in one language."""
    own = {key_of(row): row for row in OwnWording.objects.filter(language=language)}
    place = PLACES.longest()
    return [_wording(key, language, own.get(key), place) for key in in_use(can_answer=sender_receives())]


def wording(slug: str, language: str) -> Wording | None:
    """Return one text, or None where there is no such text or language."""
    key = next((key for key in TEXTS if key.slug == slug), None)
    if key is None or language not in LANGUAGES:
        return None
    rows = OwnWording.objects.filter(kind=key.kind, form=key.form, language=language).select_related("changed_by")
    own = next((row for row in rows if key_of(row) == key), None)
    return _wording(key, Language(language), own, PLACES.longest())


def preview(key: TextKey, language: Language, text: str) -> Preview:
    """Return what ``text`` gives with the longest real values, and its faults."""
    place = PLACES.longest()
    given = gives(key, language, text, place)
    return Preview(given, faults(key, language, text, place) if text else [], key.form == Form.SHORT, language)


def names(key: TextKey, language: Language) -> list[tuple[str, str, str]]:
    """Return each name that a text may use, in words, with its longest value."""
    longest = longest_values(key, language, PLACES.longest())
    return [(f"{{{name}}}", str(LABELS[name]), longest[name]) for name in allowed(key)]


def _wording(key: TextKey, language: Language, own: OwnWording | None, place: str) -> Wording:
    with override(language):
        product = str(TEXTS[key])
    return Wording(key, language, product, own, sample(key, language, own.text if own else product, place))
