"""Administrators read what messages say, and say it otherwise."""

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

from directory.enums import Language
from mediation.accounts.actor import Actor
from mediation.messaging.enums import Medium, MessageKind
from mediation.messaging.models import OwnWording
from mediation.messaging.selectors.wordings import wordings
from mediation.messaging.services.wordings import restore_wording, save_wording
from mediation.messaging.wording import Words, render
from mediation.messaging.wording.texts import TEXTS, Form, TextKey
from tests.cast import at

BOOKED = TextKey(MessageKind.BOOKED, Form.SHORT)
WORDS = Words(starts_at=at(14, 30, days=1), place="médiathèque Empalot", reference="48210733")
OURS = "{service}: à bientôt le {jour} à {heure}, {lieu}. Un empêchement? {telephone}"


def address(key=BOOKED, language=Language.FR, name="messaging:wording"):
    return reverse(name, args=[key.slug, language])


@pytest.fixture
def administrator(cast, sign_in):
    return sign_in(cast.admin)


def test_the_list_shows_every_text_in_use_and_what_it_costs(administrator):
    page = administrator.get(reverse("messaging:wordings")).content.decode()
    assert "RDV mer. 30 sept. à 14h30" in page
    assert "1\u00a0SMS" in page
    assert "d’origine" in page
    ukrainian = administrator.get(reverse("messaging:wordings"), {"langue": "uk", "forme": "short"}).content.decode()
    assert "запис" in ukrainian
    assert "2\u00a0SMS" in ukrainian


@pytest.mark.parametrize("query", [{"langue": "xx"}, {"langue": "lsf"}, {"forme": "?"}])
def test_an_address_spelt_wrong_shows_french_text_messages(administrator, query):
    assert "RDV mer. 30 sept." in administrator.get(reverse("messaging:wordings"), query).content.decode()


def test_texts_that_say_how_to_reply_are_shown_where_the_sender_receives(administrator, settings):
    settings.SMS_FROM, settings.SMS_GATEWAYS = "+33939000000", ["twilio"]
    short = {wording.slug for wording in wordings(Language.FR)}
    assert {"booked-short-reponse", "reminder-short-atelier-reponse"} <= short
    assert "booked-short" not in short
    # Without an end to answer before, the other twin is said.
    assert {"excused-short", "excused-short-reponse"} <= short


def test_two_texts_of_one_message_are_told_apart(cast, settings):
    settings.SMS_FROM, settings.SMS_GATEWAYS = "+33939000000", ["twilio"]
    about = {wording.slug: wording.about for wording in wordings(Language.FR)}
    assert len({(MessageKind(slug.partition("-")[0]), "short" in slug, words) for slug, words in about.items()}) == len(
        about
    )
    assert (about["times-short"], about["times-short-reponse"]) == (
        "réponse à un SMS · sinon",
        "réponse à un SMS · s’il y en a deux",
    )
    assert (about["excused-short"], about["excused-short-reponse"]) == (
        "rendez-vous · trop tard pour répondre",
        "rendez-vous · on peut répondre",
    )
    assert about["booked-short-reponse"] == "rendez-vous"


def test_a_city_s_own_text_is_said_at_once_and_given_back(administrator, django_capture_on_commit_callbacks):
    before = render(MessageKind.BOOKED, Medium.SMS, WORDS)
    with django_capture_on_commit_callbacks(execute=True):
        answer = administrator.post(address(), {"text": OURS})
    assert answer.url == f"{reverse('messaging:wordings')}?langue=fr&forme=short"
    assert render(MessageKind.BOOKED, Medium.SMS, WORDS).startswith("Toulouse Aide Num: à bientot le mer. 2 déc.")
    page = administrator.get(address()).content.decode()
    assert "Revenir au texte d’origine" in page
    with django_capture_on_commit_callbacks(execute=True):
        administrator.post(address(name="messaging:wording_restore"))
    assert not OwnWording.objects.exists()
    assert render(MessageKind.BOOKED, Medium.SMS, WORDS) == before


def test_one_text_is_changed_and_no_other(cast):
    save_wording(key=BOOKED, language=Language.FR, text=OURS, by=Actor.at_desk(cast.admin))
    assert "à bientot" not in render(MessageKind.BOOKED, Medium.SMS, WORDS, can_answer=True)
    assert "à bientot" not in render(MessageKind.BOOKED, Medium.SMS, WORDS, language=Language.ES)
    assert "à bientot" not in render(MessageKind.BOOKED, Medium.EMAIL, WORDS)
    restore_wording(key=BOOKED, language=Language.FR, by=Actor.at_desk(cast.admin))


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("", "Écrivez le texte"),
        ("{service}: RDV {jour à {heure}. {telephone}", "accolade"),
        ("{service}: RDV {jour} à {heure}. {telephone} }", "accolade"),
        ("{service}: RDV {jour} à {heure}. {telephone} {nom}", "{nom} n’existe pas"),
        ("{service}: RDV {jour.year} à {heure}. {telephone}", "n’existe pas"),
        ("{service}: RDV {jour:>900000000} à {heure}. {telephone}", "n’existe pas"),
        ("{service}: RDV {0} {} à {heure}. {telephone}", "n’existe pas"),
        ("{service}: RDV {jour!r} à {heure}. {telephone}", "n’existe pas"),
        ("{service}: RDV {jour} à {heure}, {lieu}.", "le numéro à appeler"),
        ("{service}: RDV à {heure}, {lieu}. {telephone}", "le jour"),
        (OURS + " www.toulouse.fr", "adresse Internet"),
        (OURS + " Demain!", "demain"),
        (OURS + " Répondez 2", "Personne ne recevrait"),
        (OURS + " x" * 60, "retirez"),
        (OURS + " 🙂", "ne passe pas dans un SMS simple"),
    ],
)
def test_what_would_say_wrong_or_cost_more_is_refused_beside_the_field(administrator, text, reason):
    page = administrator.post(address(), {"text": text})
    assert page.status_code == 200
    assert reason in str(page.context["form"].errors["text"]).replace("&#x27;", "'")
    assert not OwnWording.objects.exists()
    tried = administrator.post(address(), {"text": text}, headers={"HX-Request": "true"})
    assert tried.status_code == 200


def test_the_longest_place_of_the_network_counts(cast, administrator):
    cast.empalot.short_name = "x" * 48
    cast.empalot.save()
    fits = "{service}: RDV {jour} à {heure}, {lieu}. {telephone}" + "y" * 45
    assert "retirez" not in administrator.post(address(), {"text": fits, "preview": "1"}).content.decode()
    assert "retirez" in administrator.post(address(), {"text": fits + "y" * 25, "preview": "1"}).content.decode()


def test_other_languages_may_take_more_parts(cast, administrator):
    text = "{service}: " + "запис " * 20 + "{jour}, {heure}. {telephone}"
    administrator.post(address(language=Language.UK), {"text": text})
    assert OwnWording.objects.get().language == Language.UK
    page = administrator.get(address(language=Language.UK)).content.decode()
    assert "3 SMS" in page
    assert "70 caractères" in page


def test_the_preview_follows_without_keeping_anything(administrator):
    live = administrator.post(address(), {"text": OURS}, headers={"HX-Request": "true"}).content.decode()
    assert "<html" not in live
    assert "à bientot le mer. 30 sept. à 14h30" in live
    assert "<bdi>ô</bdi> → <bdi>o</bdi>" in " ".join(live.split())
    whole = administrator.post(address(), {"text": OURS, "preview": "1"}).content.decode()
    assert "<html" in whole
    assert OURS in whole
    assert not OwnWording.objects.exists()


@pytest.mark.parametrize(("slug", "language"), [("nothing", "fr"), ("booked-short", "xx"), ("booked-short", "lsf")])
def test_what_does_not_exist_is_not_found(administrator, slug, language):
    assert administrator.get(reverse("messaging:wording", args=[slug, language])).status_code == 404


@pytest.mark.parametrize("key", list(TEXTS), ids=lambda key: key.slug)
def test_every_text_of_the_product_would_be_accepted(cast, key):
    for language in (Language.FR, Language.AR):
        page = str(TEXTS[key])
        save_wording(key=key, language=language, text=page, by=Actor.at_desk(cast.admin))


def test_a_full_text_keeps_its_lines(cast):
    key = TextKey(MessageKind.BOOKED, Form.LONG)
    text = "Rendez-vous {jour} à {heure}.\n\nUn empêchement ? {telephone}"
    save_wording(key=key, language=Language.FR, text=text, by=Actor.at_desk(cast.admin))
    assert "14\u00a0h\u00a030.\n\nUn empêchement" in render(MessageKind.BOOKED, Medium.EMAIL, WORDS)


def test_the_service_refuses_as_well(cast):
    with pytest.raises(ValidationError):
        save_wording(key=BOOKED, language=Language.FR, text="{", by=Actor.at_desk(cast.admin))


def test_administrators_of_one_organisation_are_not_led_there(cast, sign_in):
    cast.admin.memberships.update(organisation=cast.mairie)
    client = sign_in(cast.admin)
    assert reverse("messaging:wordings") not in client.get(reverse("desk:settings")).content.decode()
    assert client.get(reverse("messaging:wordings")).status_code == 403
