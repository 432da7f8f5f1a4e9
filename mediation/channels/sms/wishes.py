"""What people ask for by text message, each granted by the services that every door calls."""

from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _

from mediation.channels.attempts import CALL_BACKS_FOR
from mediation.channels.call_back import ask_to_be_called_back, asked_already
from mediation.channels.own import held_by_number
from mediation.channels.sms import offers
from mediation.channels.sms.places import nearest
from mediation.channels.sms.saying import refuse
from mediation.channels.sms.times import times_near
from mediation.messaging import services as messaging
from mediation.messaging.asked import Asker
from mediation.messaging.enums import MessageKind
from mediation.messaging.schedule import POLITE_UNTIL, at_local
from mediation.messaging.wording import Words
from mediation.territory.selectors import spot_of


class Book:
    """ "RDV 31400": two times near there. "RDV" alone: one's own, where there are any."""

    def grant(self, asker: Asker, about: str) -> str | None:
        """Propose, or say again what is booked."""
        if about:
            spot = spot_of(about)
            near = (spot.latitude, spot.longitude) if spot else None
            return offers.propose(asker, times_near(near), near=near) if near else None
        # On a waiting list nothing is certain yet: there is nothing to say again.
        certain = [one for one in held_by_number(asker.number) if not one.waits]
        return offers.tell_own(asker, certain) if certain else None


class Places:
    """ "LIEU 31400": the two nearest places, their hours and telephones."""

    def grant(self, asker: Asker, about: str) -> str | None:
        """Say them."""
        spot = spot_of(about) if about else None
        if spot is None:
            return None
        words = nearest(spot, asker.language)
        if words is None:
            return refuse(asker, ValidationError(_("Nous ne connaissons pas encore de lieu près de là.")))
        messaging.answer(asker=asker, kind=MessageKind.PLACES, words=words)
        return _("Lieux les plus proches envoyés.")


class CallBack:
    """ "RAPPEL": somebody of the front desk calls. One call is enough for those who ask twice."""

    def grant(self, asker: Asker, about: str) -> str:
        """Put the number on the list, and say by which day it is called."""
        if known := asked_already(asker.number, asker.by.door):
            evening = at_local(known.due_on, POLITE_UNTIL)
            words = Words(starts_at=evening, reference=known.reference)
            messaging.answer(asker=asker, kind=MessageKind.ACKNOWLEDGED, words=words)
            return _("Attendait déjà un appel : redit par SMS.")
        try:
            offers.count(CALL_BACKS_FOR, asker.number)
            request = ask_to_be_called_back(
                by=asker.by,
                at=timezone.now(),
                phone=asker.number,
                language=asker.language,
                # Whoever writes may be deaf: a call is not the answer then.
                note=_("A écrit par SMS : peut-être faut-il lui répondre par écrit."),
            )
        except ValidationError as refusal:
            return refuse(asker, refusal)
        return _("Demande à être rappelé : numéro %(reference)s.") % {"reference": request.spoken_reference}


class Change:
    """ "CHANGER": two other times for what is booked."""

    def grant(self, asker: Asker, about: str) -> str:
        """Propose them, or ask which appointment is meant."""
        movable = offers.meant(asker.number, offers.CHANGE)
        try:
            if not movable:
                raise ValidationError(_("Aucun rendez-vous n’est prévu avec ce numéro."), code="none")
            if len(movable) > 1:
                return offers.ask_which(asker, movable, offers.CHANGE)
            return offers.change(asker, movable[0])
        except ValidationError as refusal:
            return refuse(asker, refusal)


class More:
    """ "AUTRE", after what was proposed: what else there is."""

    def grant(self, asker: Asker, about: str) -> str | None:
        """Propose it; None where nothing is proposed any more."""
        try:
            return offers.propose_others(asker)
        except ValidationError as refusal:
            return refuse(asker, refusal)


class Cancel:
    """ "ANNULER", where no message of ours asked: what was booked by other ways."""

    def grant(self, asker: Asker, about: str) -> str | None:
        """Cancel it, or ask which one is meant; None where nothing is booked."""
        own = offers.meant(asker.number, offers.CANCEL)
        if not own:
            return None
        try:
            return offers.cancel(asker, own[0]) if len(own) == 1 else offers.ask_which(asker, own, offers.CANCEL)
        except ValidationError as refusal:
            return refuse(asker, refusal)


BOOK, PLACES, CALL_BACK, CHANGE, MORE, CANCEL = Book(), Places(), CallBack(), Change(), More(), Cancel()
