"""The brand mark, where browsers look for it."""

import pytest
from django.urls import reverse

pytestmark = pytest.mark.django_db


def test_the_address_that_browsers_know_by_heart_leads_to_the_mark(client):
    answer = client.get("/favicon.ico")
    assert (answer.status_code, answer.url) == (302, "/static/kernel/mark.svg")
    assert 'rel="icon"' in client.get(reverse("web:home")).content.decode()
