"""What an agent meets before being signed in: French pages of ours, and a letter that says nothing to strangers."""

import re

import pytest
from django.urls import reverse

pytestmark = pytest.mark.django_db


@pytest.fixture
def agent(django_user_model):
    """An account without any role: these pages ask for none."""
    return django_user_model.objects.create_user("amina@example.org", first_name="Amina", last_name="Benali")


def test_the_sign_in_page_keeps_where_one_wanted_to_go(client):
    page = client.get(reverse("account_login"), {"next": "/agent/lieux/"}).content.decode()
    assert "Espace des agents" in page
    assert '<input type="hidden" name="next" value="/agent/lieux/"' in page
    assert "sign up" not in page.lower()


@pytest.mark.parametrize("name", ["account_login", "account_reset_password"])
def test_an_address_has_one_name_everywhere(client, name):
    page = client.get(reverse(name)).content.decode()
    assert "Adresse e-mail" in page
    assert "Courriel" not in page
    assert "placeholder" not in page


def test_a_wrong_password_is_told_without_saying_which_part_is_wrong(client, agent):
    page = client.post(reverse("account_login"), {"login": agent.email, "password": "rien du tout"})
    assert 'class="error-summary"' in page.content.decode()


def test_a_forgotten_password_is_chosen_anew_from_the_letter(client, agent, mailoutbox):
    client.post(reverse("account_reset_password"), {"email": agent.email})
    letter = mailoutbox[0]
    assert "Choisir un nouveau mot de passe" in letter.subject
    assert "Vous avez demandé un nouveau mot de passe" in letter.body
    link = re.search(r"https?://[^/]+(/\S+)", letter.body).group(1)
    form = client.get(link, follow=True)
    assert "Nouveau mot de passe" in form.content.decode()
    passwords = {"password1": "une brique rose et chaude", "password2": "une brique rose et chaude"}
    assert "Mot de passe enregistré" in client.post(form.request["PATH_INFO"], passwords, follow=True).content.decode()
    agent.refresh_from_db()
    assert agent.check_password("une brique rose et chaude")


def test_an_unknown_address_gets_the_same_answer(client, mailoutbox):
    page = client.post(reverse("account_reset_password"), {"email": "inconnue@example.org"}, follow=True)
    assert "Si un compte existe avec cette adresse" in page.content.decode()
    assert "aucun compte ne porte cette adresse" in mailoutbox[0].body


def test_a_used_link_says_what_to_do(client):
    page = client.get(reverse("account_reset_password_from_key", kwargs={"uidb36": "1", "key": "abc-def"}))
    assert "Recevoir un autre lien" in page.content.decode()


def test_a_page_that_does_not_exist_says_so_in_french(client):
    answer = client.get("/rien-ici/")
    assert answer.status_code == 404
    assert "Cette page n’existe pas" in answer.content.decode()
