"""Organisations and mediators: seen by every agent, changed by who sets them up."""

import pytest
from django.urls import reverse

from directory.enums import OrganisationKind, Reminders, Role, Side, Source
from directory.models import Mediator, Membership, Organisation
from mediation.accounts.models import User


@pytest.mark.parametrize("who", ["claire", "amina", "paul", "sofia", "admin"])
def test_every_agent_sees_organisations_and_mediators(cast, sign_in, who):
    client = sign_in(getattr(cast, who))
    listed = client.get(reverse("directory:organisations")).content.decode()
    assert listed.index("Association Le Fil") < listed.index("Mairie, médiation numérique")
    sheet = client.get(reverse("directory:organisation", args=[cast.mairie.uid])).content.decode()
    assert "Amina Benali" in sheet
    assert ("Comptes et rôles" in sheet) is (who == "admin")
    mediator = client.get(reverse("directory:mediator", args=[cast.amina_mediator.uid])).content.decode()
    assert "العربية" in mediator
    assert "Médiathèque Empalot" in mediator


@pytest.mark.parametrize("rows", [1, 20])
def test_the_list_costs_the_same_for_one_row_or_twenty(cast, sign_in, django_assert_num_queries, rows):
    for number in range(rows):
        Organisation.objects.create(name=f"S{number}", kind=OrganisationKind.OTHER, side=Side.PARTNER)
    client = sign_in(cast.claire)
    with django_assert_num_queries(5):
        assert client.get(reverse("directory:organisations")).status_code == 200


def test_an_organisation_joins_the_network(cast, sign_in):
    fields = {
        "name": "CCAS de Toulouse",
        "kind": OrganisationKind.CCAS,
        "side": Side.MUNICIPAL,
        "default_source": Source.HERE,
        "reminders": Reminders.EVE,
        "sms_parts_per_month": 2000,
        "retention_months": 24,
        "phone": "05 36 49",
        "is_active": "on",
    }
    client = sign_in(cast.admin)
    assert "pas complet" in client.post(reverse("directory:organisation_add"), fields).content.decode()
    client.post(reverse("directory:organisation_add"), {**fields, "phone": "05 36 49 00 10"})
    added = Organisation.objects.get(name="CCAS de Toulouse")
    assert (added.retention_months, added.reminders, added.sms_parts_per_month) == (24, Reminders.EVE, 2000)
    sheet = client.get(reverse("directory:organisation", args=[added.uid])).content.decode()
    assert "la veille" in sheet
    assert "2\u202f000" in sheet


def test_a_local_administrator_changes_their_own_organisation_only(cast, sign_in):
    Membership.objects.create(user=cast.claire, organisation=cast.mairie, role=Role.ADMINISTRATOR)
    client = sign_in(cast.claire)
    assert client.get(reverse("directory:organisation_edit", args=[cast.mairie.uid])).status_code == 200
    assert client.get(reverse("directory:organisation_edit", args=[cast.partner.uid])).status_code == 403
    assert client.get(reverse("directory:mediator_edit", args=[cast.paul_mediator.uid])).status_code == 403
    assert client.get(reverse("directory:mediator_add", args=[cast.partner.uid])).status_code == 403
    assert client.get(reverse("directory:organisation_add")).status_code == 403


def test_a_mediator_is_added_with_languages_skills_and_an_account(cast, sign_in):
    lea = User.objects.create(email="lea@example.org", first_name="Léa", last_name="Roux")
    Membership.objects.create(user=lea, organisation=cast.mairie, role=Role.MEDIATOR)
    address = reverse("directory:mediator_add", args=[cast.mairie.uid])
    fields = {
        "first_name": "Léa",
        "last_name": "Roux",
        "languages": ["fr", "lsf"],
        "skills": "Aidants Connect\n\n Pix ",
        "user": lea.pk,
        "is_active": "on",
    }
    client = sign_in(cast.admin)
    # Paul's account is another organisation's, Amina's already has its mediator.
    for taken in (cast.paul, cast.amina):
        client.post(address, {**fields, "user": taken.pk})
    assert Mediator.objects.count() == 2
    client.post(address, fields)
    mediator = Mediator.objects.get(user=lea)
    assert (mediator.organisation, mediator.languages) == (cast.mairie, ["fr", "lsf"])
    assert mediator.skills == ["Aidants Connect", "Pix"]
