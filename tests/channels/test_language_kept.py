"""The language in which somebody booked is the one of every later message; what agents read stays French."""

import re
from pathlib import Path

import pytest
from babel.messages.pofile import read_po
from django.apps import apps
from django.db.models import CharField, TextField
from django.urls import reverse
from django.utils import translation

from helpdesk.enums import AttendeeStatus
from helpdesk.models import Appointment, EarlierWish, HelpRequest
from helpdesk.selectors import Need, first_slots
from mediation.messaging.enums import MessageKind
from mediation.messaging.models import Message
from tests.cast import at
from workshops.models import Registration
from workshops.services import open_workshop

TOKEN = re.compile(r'name="token"\s+value="([^"]+)"')
PERSON = {"first_name": "Odette", "last_name": "Lagarde", "phone": "06 39 98 00 77"}
LOCALE = Path(__file__).resolve().parents[2] / "locale"
SPANISH_DAYS = ("lunes", "martes", "miércoles", "jueves", "viernes")
# What somebody is told, in their language: all the rest is for agents.
SAID_TO_PEOPLE = (Message,)

pytestmark = pytest.mark.usefixtures("now")


def slots(cast, limit=3):
    return first_slots(Need(reason=cast.admin_help, sites=[cast.empalot.pk], for_self_service=True), limit=limit)


def post(client, language, name, data, query="", **kwargs):
    """Send a form on the page of a language, as its visitors do."""
    with translation.override(language):
        address = reverse(name, kwargs=kwargs or None)
    assert address.startswith(f"/{language}/")
    return client.post(address + query, data)


def confirm(client, language, name, **said):
    """Send the form of a page with the token that it drew."""
    with translation.override(language):
        address = reverse(name)
    token = TOKEN.search(client.get(address, said).content.decode()).group(1)
    return client.post(address, {"token": token, **said})


@pytest.mark.parametrize(
    ("language", "day"), [("ar", "الثلاثاء"), ("uk", "вт"), ("es", "mar"), ("pt", "ter"), ("fr-simple", "mar.")]
)
def test_the_reminder_speaks_the_language_of_the_booking(client, cast, language, day):
    next_week = slots(cast, 12)[-1]
    post(client, language, "web:book_who", {"slot": next_week.token, **PERSON})
    person = Appointment.objects.get().attendees.get().beneficiary
    assert person.language == language
    messages = Message.objects.filter(beneficiary=person)
    assert {message.language for message in messages} == {language}
    reminder = messages.get(kind=MessageKind.REMINDER).body
    assert day in reminder
    assert ("Rappel" in reminder) is (language == "fr-simple")


def test_the_last_wish_counts_french_included(client, cast):
    first, *_between, other = slots(cast, 12)
    post(client, "ar", "web:book_who", {"slot": first.token, **PERSON})
    person = Appointment.objects.get().attendees.get().beneficiary
    assert person.language == "ar"
    client.cookies.clear()
    with translation.override("fr"):
        client.post(reverse("web:book_who"), {"slot": other.token, **PERSON})
    person.refresh_from_db()
    assert person.language == "fr"
    last = Appointment.objects.latest("pk")
    assert last.attendees.get().beneficiary == person
    told = Message.objects.filter(beneficiary=person, occasion=f"appointment:{last.uid}")
    assert {message.language for message in told} == {"fr"}


def test_a_request_and_a_registration_keep_it_too(client, cast):
    workshop = open_workshop(
        title="Premiers clics",
        mediator=cast.amina_mediator,
        site=cast.empalot,
        starts_at=at(14, days=3),
        ends_at=at(16, days=3),
        capacity=4,
        themes=["hardware"],
        by=None,
    )
    post(client, "uk", "web:workshop", PERSON, uid=workshop.uid)
    assert Registration.objects.get().beneficiary.language == "uk"
    post(client, "ar", "web:call_back_who", {"phone": "06 39 98 00 88", "first_name": "Samir"})
    assert HelpRequest.objects.get().beneficiary.language == "ar"


def spanish() -> set[str]:
    """Return the sentences that Spanish says its own way."""
    with (LOCALE / "es" / "LC_MESSAGES" / "django.po").open("rb") as file:
        found = {message.id: message.string for message in read_po(file) if isinstance(message.id, str)}
    return {text for source, text in found.items() if text and text != source and " " in text}


def kept_texts():
    """Yield every text of the database that nobody is sent."""
    for model in apps.get_models():
        if model in SAID_TO_PEOPLE or model._meta.label == "messaging.Attempt":
            continue
        fields = [field.name for field in model._meta.concrete_fields if isinstance(field, (CharField, TextField))]
        for row in model.objects.values_list(*fields) if fields else ():
            yield from ((model._meta.label, text) for text in row if isinstance(text, str) and text)


def test_what_agents_read_stays_french(client, cast):
    first, *_between, other = slots(cast, 12)
    post(client, "es", "web:book_who", {"slot": first.token, **PERSON})
    held = Appointment.objects.get()
    post(client, "es", "web:appointment", {"reference": held.reference, "secret": held.code})
    confirm(client, "es", "web:appointment_move_confirm", slot=other.token)
    confirm(client, "es", "web:appointment_earlier", wish="here")
    confirm(client, "es", "web:appointment_cancel")
    held.refresh_from_db()
    assert held.version > 1
    assert held.attendees.get().status == AttendeeStatus.EXCUSED
    assert EarlierWish.objects.exists()
    post(client, "es", "web:call_back_who", {"phone": "06 39 98 00 88"}, query="?no_slot=1")
    assert HelpRequest.objects.exists()
    foreign = spanish()
    leaks = [(label, text) for label, text in kept_texts() if text in foreign or any(d in text for d in SPANISH_DAYS)]
    assert not leaks
