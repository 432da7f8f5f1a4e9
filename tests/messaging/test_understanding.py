"""What a reply means, however it is typed: a table."""

import pytest

from mediation.messaging.enums import Meaning
from mediation.messaging.understanding import is_key, somewhere, understand
from mediation.messaging.vocabulary import WISHES, word_for
from mediation.messaging.wording.rendering import LANGUAGES

SAID = {
    Meaning.YES: [
        "1", " 1 ", "1.", "1)", "«1»", "①", "1️⃣", "1 merci", "Merci, 1", "1!!!", "１", "١", "۱", "1 👍", "\t1\n",
        "oui", "OUI", "Oui.", "ouI ", "oui merci", "Oui, merci beaucoup !", "bonjour oui", "oui oui", "ok",
        "Ok merci", "d'accord", "D’accord merci", "yes", "Yes please", "sí", "Si, gracias", "sim",
        "Sim, obrigada", "نعم", "نَعَم", "نـعم شكرا", "Так", "так, дякую", "1 oui", "OUI 1",
    ],
    Meaning.NO: [
        "2", "2.", "②", "2️⃣", "٢", "Non", "NON !", "non merci", "no", "No, thanks", "não", "لا", "لا شكرا",
        "Ні", "ні дякую", "2 non",
    ],
    Meaning.CANCEL: [
        "ANNULER", "annuler", "Annuler svp", "annulé", "cancel", "Cancelar por favor", "إلغاء", "скасувати",
        "annuler mon rdv", "Annuler le rendez-vous", "cancel my appointment", "скасувати мій запис",
    ],
    Meaning.FIRST: [
        "3", "③", "٣", "3 merci", "3.",
    ],
    Meaning.SECOND: [
        "4", "4️⃣", "٤",
    ],
    Meaning.STOP: [
        "STOP", "stop.", "Stop 🛑", "arrêt", "ARRET", "Arrêter", "parar", "توقف", "стоп", "STOP STOP",
        "stop svp",
    ],
    Meaning.START: [
        "START", "start", "iniciar", "ابدأ", "старт",
    ],
    Meaning.HELP: [
        "AIDE", "aide", "Aide ?", "help", "ayuda", "ajuda", "مساعدة", "допомога",
    ],
    Meaning.BOOK: [
        "RDV", "rdv svp", "Rendez-vous", "prendre RDV", "appointment", "Book", "cita", "marcação", "موعد", "запис",
        "RDV 31400", "rdv empalot",
    ],
    Meaning.PLACES: [
        "LIEU", "lieux", "Lieu 31400", "place", "lugar", "local", "مكان", "місце", "МІСЦЕ Empalot",
    ],
    Meaning.CALL_BACK: [
        "RAPPEL", "rappelez-moi", "Rappelez moi svp", "call me back", "llámame", "ligar", "اتصل بي", "передзвоніть",
    ],
    Meaning.CHANGE: [
        "CHANGER", "changer mon rdv", "Déplacer le rendez-vous", "move", "cambiar", "mudar", "تغيير", "перенести",
    ],
    Meaning.MORE: [
        "AUTRE", "Autre horaire svp", "d'autres horaires", "other", "otro", "Outra data", "أخرى", "Інше",
    ],
    Meaning.OTHER: [
        "", "   ", "👍", "merci", "non je ne comprends pas", "oui mais en retard", "oui et non", "1 ou 2 ?",
        "1 2", "12", "5", "0", "je ne viendrai pas", "stop au harcèlement de la CAF", "Qui êtes-vous ?",
        "aidez moi à annuler", "no sé", "là", "ni", "reprendre rendez-vous", "oui non", "10h30", "13",
        "le 2 décembre", "½", "rdv non", "rdv annulé ?", "en retard pour mon rdv", "annuler le rdv du 3",
        "je veux changer",        "rappel 31400", "rdv le 3 à 9h pour ma mère", "31400", "Bonjour",
        "1.5", "ouille", "nonobstant", "\x00", "😀😀😀",
    ],
}  # fmt: skip


@pytest.mark.parametrize(
    ("body", "meaning"), [(body, meaning) for meaning, bodies in SAID.items() for body in bodies], ids=repr
)
def test_a_reply_is_understood_or_left_to_somebody(body, meaning):
    assert understand(body).meaning == meaning


@pytest.mark.parametrize(
    ("body", "about"),
    [
        ("RDV", ""),
        ("RDV 31400", "31400"),
        ("rdv31400", "31400"),
        ("Bonjour, RDV à 31 400 svp 👍", "31400"),
        ("31400 RDV", "31400"),
        ("موعد ٣١٤٠٠", "31400"),
        ("Rendez-vous à Empalot, merci", "empalot"),
        ("rdv à la Vache", "la vache"),
        ("lieux quartier les Pradettes", "les pradettes"),
        ("RDV 3140", "3140"),
        ("annuler mon rdv", ""),
    ],
)
def test_what_follows_a_wish_is_where(body, about):
    assert understand(body).about == about


@pytest.mark.parametrize(
    ("body", "place"),
    [("31 400.", "31400"), ("à Empalot merci", "empalot"), ("Code postal 31400", "31400"), ("la Vache", "la vache")],
)
def test_a_place_stands_alone_where_it_was_asked_for(body, place):
    assert somewhere(body) == place


@pytest.mark.parametrize(
    ("body", "languages"),
    [
        ("RDV 31400", ""),
        ("STOP", ""),
        ("cita 31400", "es"),
        ("lugar", "es pt"),
        ("HELP", "en"),
        ("запис Empalot", "uk"),
        ("إلغاء", "ar"),
        ("31400", ""),
    ],
)
def test_a_word_tells_its_language_unless_it_is_a_french_one_too(body, languages):
    assert understand(body).languages == set(languages.split())


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("wish", WISHES)
def test_the_words_that_our_messages_name_are_understood(wish, language):
    assert understand(word_for(wish, language)).meaning == wish


@pytest.mark.parametrize(
    ("body", "expected"), [("5", True), ("9️⃣", True), ("٠", True), ("12", False), ("oui", False), ("5 fois", False)]
)
def test_a_lone_digit_is_told_from_words(body, expected):
    assert is_key(body) is expected
