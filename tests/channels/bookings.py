"""Somebody books online, with nothing but links and forms."""

import re

from django.urls import reverse

from helpdesk.selectors import Need, first_slots

PERSON = {"first_name": "Odette", "last_name": "Lagarde", "phone": "06 39 98 00 77"}


def links(response) -> list[str]:
    return [link.replace("&amp;", "&") for link in re.findall(r'href="(/[^"]*)"', response.content.decode())]


def links_to(response, name: str) -> list[str]:
    return [link for link in links(response) if link.startswith(reverse(name) + "?")]


def slot_of(cast, index: int = 0):
    need = Need(reason=cast.admin_help, sites=[cast.empalot.pk], for_self_service=True)
    return first_slots(need, limit=index + 1)[index]


def book_online(client, slot, **changes):
    return client.post(reverse("web:book_who"), {"slot": slot.token, **PERSON, **changes})
