"""The sentences that never change: a city may have each of them spoken by a person, and give the recordings."""

from typing import Any

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from mediation.channels.voice.answers import Said


class Prompt(TextChoices):
    """What the line says, by the name of its recording."""

    GREETING = "greeting", _("Bonjour, %(service)s.")
    MENU_BOOK = "menu_book", _("Pour prendre rendez-vous, tapez 1.")
    MENU_OWN = "menu_own", _("Pour écouter, changer ou annuler votre rendez-vous, tapez 2.")
    MENU_PLACES = "menu_places", _("Pour savoir où trouver de l’aide, tapez 3.")
    MENU_PERSON = "menu_person", _("Pour parler à une personne, tapez 0, ou restez en ligne.")
    MENU_CALL_BACK = "menu_call_back", _("Pour être rappelé, tapez 0.")
    OTHER_LANGUAGES = "other_languages", _("Autres langues : 8.")
    LANGUAGE = "language", _("%(language)s : tapez %(key)s.")

    HEAR_AGAIN = "hear_again", _("Pour réécouter, tapez 9.")
    NOTHING_HEARD = "nothing_heard", _("Je n’ai pas entendu votre choix.")
    WRONG_KEY = "wrong_key", _("Cette touche ne correspond à aucun choix.")
    BACK_TO_MENU = "back_to_menu", _("Pour revenir au début, tapez 1.")
    GOODBYE = "goodbye", _("Merci, au revoir.")

    ASK_POSTCODE = "ask_postcode", _("Tapez les cinq chiffres de votre code postal.")
    UNKNOWN_POSTCODE = "unknown_postcode", _("Je ne connais pas ce code postal.")

    TAKE = "take", _("Pour ce rendez-vous, tapez %(key)s.")
    OTHERS = "others", _("Pour d’autres horaires, tapez %(key)s.")
    NO_SLOT = "no_slot", _("Je ne trouve pas de rendez-vous libre.")
    NO_OTHER_SLOT = "no_other_slot", _("Je ne trouve pas d’autre rendez-vous libre.")
    SLOT_TAKEN = "slot_taken", _("Cet horaire vient d’être pris. Voici les suivants.")
    CONFIRM = "confirm", _("Pour confirmer, tapez 1.")
    OTHER_TIME = "other_time", _("Pour un autre horaire, tapez 3.")
    KEEP_OLD = "keep_old", _("Pour garder l’ancien horaire, tapez 2.")
    INSTEAD = "instead", _("Votre nouvel horaire :")
    TOO_MANY = "too_many", _("Vous avez déjà pris plusieurs rendez-vous.")
    NOT_ALONE = "not_alone", _("Je ne peux pas le faire moi-même.")

    BOOKED = "booked", _("Votre rendez-vous est pris.")
    MOVED = "moved", _("Votre rendez-vous est changé.")
    CANCELLED = "cancelled", _("Votre rendez-vous est annulé.")
    SEAT_CANCELLED = "seat_cancelled", _("Votre place à l’atelier est annulée.")
    TOLD_BY_SMS = "told_by_sms", _("Vous recevrez un SMS.")
    TOLD_BY_CALL = "told_by_call", _("Nous vous téléphonerons avant, pour vous le rappeler.")

    NOTHING_HELD = "nothing_held", _("Je ne trouve pas de rendez-vous pour votre numéro.")
    WORKSHOP = "workshop", _("Votre place à un atelier :")
    TO_CANCEL = "to_cancel", _("Pour l’annuler, tapez 1.")
    TO_MOVE = "to_move", _("Pour changer l’horaire, tapez 2.")
    NEXT_ONE = "next_one", _("Pour écouter le suivant, tapez 3.")
    SURE_TO_CANCEL = "sure_to_cancel", _("Pour confirmer que vous l’annulez, tapez 1. Pour le garder, tapez 2.")
    ASK_REFERENCE = "ask_reference", _("Tapez les huit chiffres de votre référence.")
    ASK_CODE = (
        "ask_code",
        _("Tapez les quatre chiffres de votre code, ou les quatre derniers chiffres de votre téléphone."),
    )
    NOT_FOUND = "not_found", _("Je ne trouve pas ce rendez-vous.")

    NO_PLACE = "no_place", _("Je ne trouve pas de lieu.")
    NEXT_PLACE = "next_place", _("Pour le lieu suivant, tapez 2.")

    HOLD_ON = "hold_on", _("Je vous passe une personne. Restez en ligne.")
    NOBODY_ANSWERS = "nobody_answers", _("Personne n’est libre pour le moment.")
    CALLED_TOO_OFTEN = "called_too_often", _("Vous avez déjà beaucoup appelé aujourd’hui.")
    ASK_NUMBER = (
        "ask_number",
        _("Votre numéro est caché. Pour être rappelé, tapez les dix chiffres de votre numéro de téléphone."),
    )
    WRONG_NUMBER = "wrong_number", _("Ce numéro n’est pas complet.")
    CALLED_BACK = "called_back", _("C’est noté : une personne vous rappellera. Au revoir.")
    CALL_LATER = "call_later", _("Rappelez-nous aux heures d’ouverture. Au revoir.")


def say(prompt: Prompt, **values: Any) -> Said:
    """Return what to say, in the active language; a recording may stand in for it, one for each key that it names."""
    key = values.get("key")
    recording = prompt.value if key is None else f"{prompt.value}_{key}"
    names = (values["service"],) if "service" in values else ()
    return Said(str(prompt.label) % values if values else str(prompt.label), recording=recording, names=names)
