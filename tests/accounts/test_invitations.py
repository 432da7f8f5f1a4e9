"""The message by which somebody chooses a password."""

import re

from allauth.core.context import request_context
from django.urls import reverse

from mediation.accounts.invitations import send_password_link
from mediation.accounts.models import User


def invite(client, user: User) -> None:
    """Send the message as a view does, within a request."""
    request = client.get(reverse("account_login")).wsgi_request
    with request_context(request):
        send_password_link(request, user)


def test_a_new_account_chooses_its_password_and_signs_in(db, client, mailoutbox):
    user = User(email="noe@example.org", first_name="Noé", last_name="Petit")
    user.set_unusable_password()
    user.save()
    invite(client, user)
    address = re.search(r"https?://[^/]+(/\S+)", mailoutbox[0].body)[1]
    form = client.get(address, follow=True)
    client.post(
        form.redirect_chain[-1][0], {"password1": "un beau jour de pluie", "password2": "un beau jour de pluie"}
    )
    signed_in = client.post(reverse("account_login"), {"login": user.email, "password": "un beau jour de pluie"})
    assert signed_in.url == reverse("desk:start")


def test_a_closed_account_receives_no_way_in(db, client, mailoutbox):
    user = User.objects.create(email="noe@example.org", first_name="Noé", last_name="Petit", is_active=False)
    invite(client, user)
    assert not any("/key/" in mail.body for mail in mailoutbox)
