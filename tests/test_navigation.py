"""The menu says where one is."""

import re

import pytest
from django.urls import reverse
from django.utils.html import strip_tags

MENU = re.compile(r'<nav class="menu".*?</nav>', re.DOTALL)
CURRENT = re.compile(r'aria-current="page">(.*?)</a>', re.DOTALL)


@pytest.mark.parametrize(
    ("who", "page", "place"),
    [
        ("admin", "desk:settings", "Réglages"),
        ("admin", "helpdesk:reasons", "Réglages"),
        ("admin", "directory:accounts", "Réglages"),
        ("admin", "sites:list", "Lieux"),
        ("admin", "directory:organisations", "Structures"),
        ("amina", "helpdesk:agenda", "Agenda"),
        ("amina", "helpdesk:absences", "Agenda"),
        ("claire", "helpdesk:requests", "Accueil"),
    ],
)
def test_the_menu_shows_the_place_one_is_in(cast, sign_in, who, page, place):
    html = sign_in(getattr(cast, who)).get(reverse(page)).content.decode()
    marked = [strip_tags(item).strip() for item in CURRENT.findall(MENU.search(html).group())]
    assert marked == [place]
