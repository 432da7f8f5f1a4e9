"""The nearest places, as the voice line and text messages say them."""

import pytest

from mediation.channels.nearest import nearest_places
from sites.enums import AccessMode
from sites.models import Site

pytestmark = pytest.mark.django_db


def test_the_nearest_places_are_those_that_receive(cast, django_assert_num_queries):
    here = (cast.bellefontaine.latitude, cast.bellefontaine.longitude)
    Site.objects.create(national_id="x", name="A", address="1 rue", postcode="31000", commune_name="Toulouse")
    with django_assert_num_queries(3):
        assert nearest_places(here, limit=3) == [cast.bellefontaine, cast.empalot], "who knows where A is?"
    assert nearest_places(here, limit=1) == [cast.bellefontaine]
    Site.objects.filter(pk=cast.bellefontaine.pk).update(access_modes=[AccessMode.NO_PUBLIC])
    assert nearest_places(here, limit=3) == [cast.empalot]
    Site.objects.filter(pk=cast.empalot.pk).update(is_published=False)
    assert nearest_places(here, limit=3) == []
