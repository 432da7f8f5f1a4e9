"""What messages speak of in individual help: appointments, earlier times, requests to be called back, tickets."""

from collections.abc import Collection, Mapping

from django.core.exceptions import ValidationError
from django.db.models import Max, Q
from django.utils import timezone
from django.utils.translation import gettext as _

from helpdesk.enums import OfferState, TicketState
from helpdesk.models import Appointment, EarlierOffer, HelpRequest, Ticket
from helpdesk.services import answer_offer, answers
from helpdesk.services.messages import OFFER_VERSION, TICKET_VERSION, say_confirmed
from helpdesk.services.requests import REQUEST_VERSION
from mediation.accounts.actor import Actor
from mediation.kernel import formats
from mediation.messaging.enums import Meaning, QuestionKind
from mediation.messaging.models import Message


class Appointments:
    """Answers for "appointment:<uid>"."""

    def answer(self, *, uid: str, message: Message, meaning: Meaning, by: Actor) -> str:
        """Confirm, cancel or reinstate, for all of the number that replies."""
        asked = _asked(Q(uid=uid), message, by)
        if message.asks == QuestionKind.CANCELLED:
            return answers.take_back(asked) if meaning == Meaning.YES else _("Reste annulé.")
        return answers.confirm(asked) if meaning == Meaning.YES else answers.withdraw(asked)

    def versions(self, uids: Collection[str]) -> Mapping[str, int]:
        """Return the version of each appointment that is not over, cancelled or not."""
        rows = Appointment.objects.filter(uid__in=uids, engagement__ends_at__gt=timezone.now())
        return {str(uid): version for uid, version in rows.order_by().values_list("uid", "version")}


class Offers:
    """Answers for "offer:<uid>", an earlier time that is kept for somebody: it stands as it was made, or is over."""

    def versions(self, uids: Collection[str]) -> Mapping[str, int]:
        """Return those that may still be taken."""
        rows = EarlierOffer.objects.filter(uid__in=uids, state=OfferState.OPEN, expires_at__gt=timezone.now())
        return {str(uid): OFFER_VERSION for uid in rows.order_by().values_list("uid", flat=True)}

    def answer(self, *, uid: str, message: Message, meaning: Meaning, by: Actor) -> str:
        """Move to the time that is offered, or leave it to the next who waits; the appointment then stays."""
        asked = _asked(Q(wishes__offers__uid=uid), message, by)
        offer, is_yes = EarlierOffer.objects.get(uid=uid), meaning == Meaning.YES
        appointment = answer_offer(offer=offer, accepted=is_yes, by=by)
        when = {"when": formats.moment(appointment.starts_at)}
        if is_yes:
            return _("A pris l’horaire plus tôt : %(when)s.") % when
        person = message.beneficiary or appointment.attendees.all()[0].beneficiary
        say_confirmed(appointment, to=asked.number, beneficiary=person, about=f"offer_declined:{uid}")
        return _("A gardé son horaire : %(when)s.") % when


class Times:
    """Answers for "times:<uid of the appointment>": two times to choose from. The last ones stand."""

    def versions(self, uids: Collection[str]) -> Mapping[str, int]:
        """Return the number of the last choice that was proposed, where it may still be taken."""
        names = [f"times:{uid}" for uid in uids]
        rows = Message.objects.filter(occasion__in=names, useless_after__gt=timezone.now()).order_by()
        last = rows.values("occasion").annotate(last=Max("version")).values_list("occasion", "last")
        return {occasion.partition(":")[2]: version for occasion, version in last}

    def answer(self, *, uid: str, message: Message, meaning: Meaning, by: Actor) -> str:
        """Give the time that is chosen: 3 is the first, 4 the second."""
        return answers.choose(_asked(Q(uid=uid), message, by), 0 if meaning == Meaning.FIRST else 1)


class Requests:
    """Answers for "help_request:<uid>": somebody waits for a call, or not any more."""

    def versions(self, uids: Collection[str]) -> Mapping[str, int]:
        """Return those that are not closed."""
        rows = HelpRequest.objects.waiting().filter(uid__in=uids)
        return {str(uid): REQUEST_VERSION for uid in rows.order_by().values_list("uid", flat=True)}

    def answer(self, *, uid: str, message: Message, meaning: Meaning, by: Actor) -> str:
        """Nothing is asked of somebody who waits for a call."""
        raise ValidationError(_("Cette demande d’aide n’attend pas de réponse."), code="no_question")


class Tickets:
    """Answers for "ticket:<uid>": somebody waits in a queue for their number to be called."""

    def versions(self, uids: Collection[str]) -> Mapping[str, int]:
        """Return those of today that wait."""
        rows = Ticket.objects.filter(uid__in=uids, state=TicketState.WAITING, drop_in__day=timezone.localdate())
        return {str(uid): TICKET_VERSION for uid in rows.order_by().values_list("uid", flat=True)}

    def answer(self, *, uid: str, message: Message, meaning: Meaning, by: Actor) -> str:
        """Nothing is asked of somebody who waits there."""
        raise ValidationError(_("Ce ticket n’attend pas de réponse."), code="no_question")


def _asked(which: Q, message: Message, by: Actor) -> answers.Asked:
    """Return the question with its appointment. Raises ValidationError where that was deleted."""
    appointment = Appointment.objects.filter(which).select_related("engagement__mediator", "site").first()
    if appointment is None:
        raise ValidationError(_("Ce rendez-vous n’existe plus."), code="gone")
    return answers.Asked(appointment, message, by)


APPOINTMENTS, OFFERS, TIMES, REQUESTS, TICKETS = Appointments(), Offers(), Times(), Requests(), Tickets()
