"""The list of places as somebody reads it."""

import re
from html import unescape

from django.urls import reverse

from sites.models import Site

EMPALOT, BELLEFONTAINE = "Médiathèque Empalot", "Centre social Bellefontaine"
NEXT_TO_BELLEFONTAINE = "43.5641,1.3991"


def get(client, **query):
    response = client.get(reverse("web:places"), query)
    assert response.status_code == 200
    return response


def send(client, **said):
    return client.post(reverse("web:places"), said)


def names(response):
    text = response.content.decode()
    return [unescape(re.sub(r"<[^>]+>", "", name)).strip() for name in re.findall(r"<h2>(.*?)</h2>", text, re.DOTALL)]


def on_map(client, **query):
    return client.get(reverse("web:map_places"), query).json()["places"]


def more_places(number):
    return Site.objects.bulk_create(
        Site(
            national_id=f"x-{n}",
            name=f"Lieu {n:02}",
            address=f"{n} rue des Lois",
            postcode="31000",
            commune_name="Toulouse",
            latitude=43.60 + n / 1000,
            longitude=1.44,
        )
        for n in range(number)
    )
