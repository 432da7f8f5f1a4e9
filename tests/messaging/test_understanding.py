"""What a reply means, however it is typed: a table."""

import pytest

from mediation.messaging.enums import Meaning
from mediation.messaging.understanding import is_key, understand

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
    Meaning.OTHER: [
        "", "   ", "👍", "merci", "non je ne comprends pas", "oui mais en retard", "oui et non", "1 ou 2 ?",
        "1 2", "12", "5", "0", "je ne viendrai pas", "stop au harcèlement de la CAF", "Qui êtes-vous ?",
        "aidez moi à annuler", "no sé", "là", "ni", "reprendre rendez-vous", "oui non", "10h30", "13",
        "le 2 décembre", "½", "Bonjour", "1.5", "ouille", "nonobstant", "\x00", "😀😀😀",
    ],
}  # fmt: skip


@pytest.mark.parametrize(
    ("body", "meaning"), [(body, meaning) for meaning, bodies in SAID.items() for body in bodies], ids=repr
)
def test_a_reply_is_understood_or_left_to_somebody(body, meaning):
    assert understand(body) == meaning


@pytest.mark.parametrize(
    ("body", "expected"), [("5", True), ("9️⃣", True), ("٠", True), ("12", False), ("oui", False), ("5 fois", False)]
)
def test_a_lone_digit_is_told_from_words(body, expected):
    assert is_key(body) is expected
