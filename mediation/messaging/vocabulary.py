"""The words that text messages may hold, by what they mean and in which language.

Written as people type them; ``understanding`` compares them small, without accents, diacritics and punctuation. Several
words may stand for a whole message. What stands first of a wish is the word that our own messages name.
"""

from directory.enums import Language
from mediation.messaging.enums import Meaning

FR, EN, ES, PT, AR, UK = Language.FR, Language.EN, Language.ES, Language.PT, Language.AR, Language.UK

REPLIES: dict[Meaning, dict[str, str]] = {
    Meaning.YES: {
        FR: "oui, ouais, ok, okay, d accord",
        EN: "yes, yep",
        ES: "si",
        PT: "sim",
        AR: "نعم, ايوه",
        UK: "так, да",
    },
    Meaning.NO: {FR: "non, nan", EN: "no, nope", ES: "no", PT: "nao", AR: "لا, كلا", UK: "ні, нет"},
    # The operators' own words are everybody's.
    Meaning.STOP: {
        FR: "stop, stopall, arret, arreter, arretez, desabonner",
        EN: "unsubscribe",
        ES: "parar, pare, parada, alto, basta",
        PT: "parar, pare",
        AR: "توقف, قف, ايقاف",
        UK: "стоп",
    },
    Meaning.START: {
        FR: "start, unstop",
        ES: "iniciar, comenzar, empezar",
        PT: "iniciar, comecar",
        AR: "ابدا, بدء",
        UK: "старт, почати",
    },
    Meaning.HELP: {
        FR: "aide, info, infos",
        EN: "help",
        ES: "ayuda",
        PT: "ajuda",
        AR: "مساعدة, مساعده",
        UK: "допомога, допоможіть",
    },
}
# What somebody may ask for by themselves; the first two may be followed by where they are.
WISHES: dict[Meaning, dict[str, str]] = {
    Meaning.BOOK: {
        FR: "RDV, rendez vous, rendezvous, prendre rdv, prendre rendez vous",
        EN: "BOOK, booking, appointment, book appointment",
        ES: "CITA, pedir cita",
        PT: "MARCAR, marcacao, marcar consulta",
        AR: "موعد, حجز, حجز موعد",
        UK: "ЗАПИС, записатися, записатись, прийом",
    },
    Meaning.PLACES: {
        FR: "LIEU, lieux, adresse, adresses",
        EN: "PLACE, places, where, near me",
        ES: "LUGAR, lugares, sitio, sitios, donde",
        PT: "LOCAL, locais, lugar, lugares, onde",
        AR: "مكان, اماكن, اين",
        UK: "МІСЦЕ, місця, де, адреса",
    },
    Meaning.CALL_BACK: {
        FR: "RAPPEL, rappeler, rappelez, rappelez moi, rappelle moi, me rappeler, appelez moi",
        EN: "CALL, call me, call back, callback, call me back",
        ES: "LLAMAR, llamame, llamenme, llamada",
        PT: "LIGAR, ligue me, liguem me, chamada",
        AR: "اتصال, اتصل, اتصلوا, اتصل بي, اتصلوا بي",
        UK: "ДЗВІНОК, передзвоніть, подзвоніть, зателефонуйте",
    },
    Meaning.CHANGE: {
        FR: "CHANGER, change, changez, changement, deplacer, reporter, modifier, decaler, changer d horaire",
        EN: "MOVE, reschedule",
        ES: "CAMBIAR, cambio",
        PT: "MUDAR, alterar, remarcar",
        AR: "تغيير, غير",
        UK: "ЗМІНИТИ, перенести",
    },
    # After what was proposed: what else there is.
    Meaning.MORE: {
        FR: "AUTRE, autres, autre horaire, autres horaires, d autres horaires, autre date, autres dates, un autre",
        EN: "OTHER, others, more, another, other times, other dates",
        ES: "OTRO, otros, otra, otras, otra hora, otros horarios, otra fecha",
        PT: "OUTRO, outros, outra, outras, outra hora, outros horarios, outra data",
        AR: "أخرى, آخر, موعد آخر, مواعيد أخرى",
        UK: "ІНШЕ, інший, інша, інші, інший час",
    },
    Meaning.CANCEL: {
        FR: "ANNULER, annule, annulez, annulation",
        EN: "CANCEL",
        ES: "CANCELAR, cancela, anular, anula",
        PT: "CANCELAR, cancela, anular, anula",
        AR: "إلغاء, الغي",
        UK: "СКАСУВАТИ, відмінити",
    },
}

# What may follow or precede without changing the meaning: thanks and greetings.
POLITE = (
    "merci, beaucoup, bonjour, bonsoir, salut, svp, stp, cordialement, bien, sur, volontiers, parfait, madame, "
    "monsieur, thanks, thank, you, please, hello, hi, gracias, por, favor, hola, obrigado, obrigada, bom, dia, "
    "شكرا, مرحبا, дякую, будь, ласка, привіт, спасибо"
)
# What may stand between a wish and what it is about: "rdv à 31400", "annuler mon rdv".
BEFORE_A_PLACE = (
    "a, au, aux, de, du, pour, en, vers, pres, code, postal, quartier, to, for, in, at, near, postcode, para, cerca, "
    "codigo, em, no, na, perto, в, у, на, біля, في, قرب, الرمز, البريدي"
)
BEFORE_WHAT_IS_BOOKED = "mon, ma, le, un, une, de, du, d, my, an, mi, la, el, una, meu, minha, o, a, um, uma, мій"


def word_for(wish: Meaning, language: str) -> str:
    """Return the word that our messages name: the one that somebody who reads ``language`` sends."""
    words = WISHES[wish]
    return words.get(language, words[FR]).partition(",")[0]
