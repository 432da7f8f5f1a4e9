"""Where each role begins, and the settings."""

import pytest
from django.urls import reverse

from directory.enums import Role
from directory.models import Membership
from mediation.accounts.models import User


@pytest.mark.parametrize(
    ("who", "home"),
    [
        ("claire", "desk:front_desk"),
        ("amina", "desk:today"),
        ("sofia", "reports:coordination"),
        ("admin", "desk:settings"),
    ],
)
def test_each_role_begins_at_its_work(cast, sign_in, who, home):
    client = sign_in(getattr(cast, who))
    assert client.get(reverse("desk:start")).url == reverse(home)
    assert client.get(reverse(home)).status_code == 200


def test_somebody_at_the_desk_and_in_the_field_begins_at_the_desk(cast, sign_in):
    Membership.objects.create(user=cast.amina, organisation=cast.mairie, role=Role.FRONT_DESK)
    assert sign_in(cast.amina).get(reverse("desk:start")).url == reverse("desk:front_desk")


def test_an_account_without_role_is_told_whom_to_ask(db, sign_in):
    user = User.objects.create_user("new@example.org", "une phrase", first_name="Noé", last_name="Petit")
    html = sign_in(user).get(reverse("desk:start")).content.decode()
    assert "personne ne lui a encore donné de rôle" in html


def test_the_settings_lead_everywhere_they_say(cast, sign_in):
    client = sign_in(cast.admin)
    html = client.get(reverse("desk:settings")).content.decode()
    for name in (
        "directory:organisations",
        "directory:accounts",
        "helpdesk:reasons",
        "helpdesk:openings",
        "sites:list",
        "sites:workstations",
        "sites:import",
        "kiosk:devices",
        "activity:import",
        "activity:sources",
    ):
        assert f'href="{reverse(name)}"' in html
        assert client.get(reverse(name)).status_code == 200


@pytest.mark.parametrize("who", ["claire", "amina", "sofia"])
def test_the_settings_are_the_administrators(cast, sign_in, who):
    assert sign_in(getattr(cast, who)).get(reverse("desk:settings")).status_code == 403
