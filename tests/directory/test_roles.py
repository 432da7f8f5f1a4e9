"""Who gives which role, and what cannot be taken back."""

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.urls import reverse

from directory import services
from directory.enums import Role
from directory.models import Beneficiary, Membership, Organisation
from mediation.accounts.actor import Actor
from mediation.accounts.models import User
from mediation.privacy.models import JournalEntry
from tests.cast import PASSWORD


@pytest.fixture
def local_admin(cast) -> User:
    """Somebody who sets up the Mairie and nothing else."""
    user = User.objects.create_user("lea@example.org", PASSWORD, first_name="Léa", last_name="Roux")
    Membership.objects.create(user=user, organisation=cast.mairie, role=Role.ADMINISTRATOR)
    return user


def invitation(cast, **changes) -> dict:
    return {
        "first_name": "Noé",
        "last_name": "Petit",
        "email": "noe@example.org",
        "role": Role.FRONT_DESK,
        "organisation": cast.mairie.pk,
        **changes,
    }


def test_an_invitation_makes_an_account_and_sends_the_way_to_a_password(cast, sign_in, mailoutbox):
    answer = sign_in(cast.admin).post(reverse("directory:account_invite"), invitation(cast))
    noe = User.objects.get(email="noe@example.org")
    assert answer.url == reverse("directory:account", args=[noe.uid])
    assert not noe.has_usable_password()
    assert [(role.role, role.organisation) for role in noe.memberships.all()] == [(Role.FRONT_DESK, cast.mairie)]
    (mail,) = mailoutbox
    assert mail.to == ["noe@example.org"]
    assert reverse("account_reset_password") in mail.body
    assert set(JournalEntry.objects.values_list("action", flat=True)) == {"create", "change"}


def test_an_address_that_has_an_account_gets_the_role_only(cast, sign_in, mailoutbox):
    sign_in(cast.admin).post(reverse("directory:account_invite"), invitation(cast, email="CLAIRE@example.org"))
    assert not mailoutbox
    assert User.objects.filter(email__iexact="claire@example.org").count() == 1
    assert cast.claire.memberships.count() == 1


def test_a_closed_account_is_opened_before_it_is_invited(cast, sign_in):
    User.objects.filter(pk=cast.claire.pk).update(is_active=False)
    answer = sign_in(cast.admin).post(
        reverse("directory:account_invite"), invitation(cast, email="claire@example.org", role=Role.MEDIATOR)
    )
    assert "Ce compte est fermé" in answer.content.decode()
    assert cast.claire.memberships.count() == 1


@pytest.mark.parametrize("role", [Role.FRONT_DESK, Role.MEDIATOR])
def test_a_role_of_the_field_needs_an_organisation(cast, sign_in, role):
    answer = sign_in(cast.admin).post(reverse("directory:account_invite"), invitation(cast, role=role, organisation=""))
    assert "structure précise" in answer.content.decode()
    assert not User.objects.filter(email="noe@example.org").exists()


def test_an_administrator_of_one_organisation_stays_within_it(cast, sign_in, local_admin):
    client = sign_in(local_admin)
    html = client.get(reverse("directory:accounts")).content.decode()
    assert "claire@example.org" in html
    assert "paul@example.org" not in html
    assert client.get(reverse("directory:account", args=[cast.paul.uid])).status_code == 404
    client.post(reverse("directory:account_invite"), invitation(cast, organisation=cast.partner.pk))
    client.post(reverse("directory:account_invite"), invitation(cast, role=Role.ADMINISTRATOR, organisation=""))
    assert not User.objects.filter(email="noe@example.org").exists()
    with pytest.raises(PermissionDenied):
        services.give_role(
            user=cast.claire, role=Role.MEDIATOR, organisation=cast.partner, by=Actor.at_desk(local_admin)
        )


def test_an_administrator_of_one_organisation_closes_only_accounts_that_are_all_its_own(cast, local_admin):
    by = Actor.at_desk(local_admin)
    services.deactivate_account(user=cast.claire, by=by)
    assert not User.objects.get(pk=cast.claire.pk).is_active
    services.reactivate_account(user=cast.claire, by=by)
    assert User.objects.get(pk=cast.claire.pk).is_active
    for untouchable in (cast.paul, cast.admin):
        with pytest.raises(PermissionDenied):
            services.deactivate_account(user=untouchable, by=by)


def test_the_last_administrator_of_the_network_stays(cast, sign_in):
    membership = cast.admin.memberships.get()
    client = sign_in(cast.admin)
    answer = client.post(reverse("directory:role_remove", args=[cast.admin.uid, membership.pk]), follow=True)
    assert "dernier compte qui administre" in answer.content.decode()
    client.post(reverse("directory:account_close", args=[cast.admin.uid]))
    assert User.objects.get(pk=cast.admin.pk).is_active
    assert Membership.objects.filter(pk=membership.pk).exists()


def test_a_closed_account_is_no_second_administrator(cast):
    by = Actor.at_desk(cast.admin)
    services.give_role(user=cast.sofia, role=Role.ADMINISTRATOR, organisation=None, by=by)
    services.deactivate_account(user=cast.sofia, by=by)
    with pytest.raises(ValidationError, match="dernier compte"):
        services.remove_role(membership=cast.admin.memberships.get(), by=by)


def test_with_a_second_administrator_the_first_may_leave(cast):
    by = Actor.at_desk(cast.admin)
    services.give_role(user=cast.sofia, role=Role.ADMINISTRATOR, organisation=None, by=by)
    services.remove_role(membership=cast.admin.memberships.get(), by=by)
    assert not cast.admin.memberships.exists()


def test_giving_the_same_role_twice_changes_nothing(cast):
    by = Actor.at_desk(cast.admin)
    first = services.give_role(user=cast.claire, role=Role.MEDIATOR, organisation=cast.mairie, by=by)
    assert services.give_role(user=cast.claire, role=Role.MEDIATOR, organisation=cast.mairie, by=by) == first


@pytest.mark.parametrize("rows", [1, 20])
def test_the_accounts_cost_the_same_for_one_row_or_twenty(cast, sign_in, django_assert_num_queries, rows):
    for number in range(rows):
        user = User.objects.create(email=f"u{number}@example.org", first_name="U", last_name=str(number))
        Membership.objects.create(user=user, organisation=cast.mairie, role=Role.FRONT_DESK)
    client = sign_in(cast.admin)
    with django_assert_num_queries(7):
        assert client.get(reverse("directory:accounts")).status_code == 200


@pytest.mark.parametrize("who", ["claire", "amina", "sofia"])
def test_nobody_else_opens_the_accounts(cast, sign_in, who):
    client = sign_in(getattr(cast, who))
    assert client.get(reverse("directory:accounts")).status_code == 403
    assert client.post(reverse("directory:account_invite"), invitation(cast)).status_code == 403


def test_an_organisation_that_leaves_takes_its_people_s_rights_with_it(cast, sign_in):
    Organisation.objects.filter(pk=cast.mairie.pk).update(is_active=False)
    assert sign_in(cast.claire).get(reverse("desk:front_desk")).status_code == 403
    assert not Beneficiary.objects.visible_to(cast.claire).exists()


def test_an_administrator_of_one_organisation_does_not_close_the_account_that_sets_up_everything(cast, local_admin):
    Membership.objects.create(user=cast.admin, organisation=cast.mairie, role=Role.MEDIATOR)
    Membership.objects.filter(user=cast.admin, organisation=None).delete()
    cast.admin.is_superuser = True
    cast.admin.save()
    with pytest.raises(PermissionDenied):
        services.deactivate_account(user=cast.admin, by=Actor.at_desk(local_admin))
