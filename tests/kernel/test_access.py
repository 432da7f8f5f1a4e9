"""What the door-keeper of every page does besides asking who comes."""

import pytest
from django.urls import reverse


@pytest.mark.parametrize("name", ["desk:front_desk", "directory:beneficiaries", "messaging:list"])
def test_what_agents_see_stays_in_no_cache(cast, sign_in, name):
    assert "no-store" in sign_in(cast.claire).get(reverse(name))["Cache-Control"]


def test_public_pages_may_be_kept(cast, client):
    assert "no-store" not in client.get(reverse("web:home")).headers.get("Cache-Control", "")
