"""The ledger of messages: confirmations that went out, and reminders that the worker will send."""

from django.db.models import OuterRef, Subquery

from helpdesk.models import Appointment
from helpdesk.services.messages import occasion, words
from mediation.demo.city.dice import Dice
from mediation.demo.city.rows import Progress
from mediation.messaging.enums import AttemptState, Medium, MessageKind
from mediation.messaging.models import Attempt, Message
from mediation.messaging.schedule import reminders
from mediation.messaging.services import plan


def write_ledger(seed: int, progress: Progress) -> None:
    """Write the messages of every appointment ahead, through the same service as the desk."""
    ahead = Appointment.objects.upcoming().for_pages()
    for appointment in progress("messages", list(ahead)):
        booked = appointment.booked_at
        organisation = appointment.mediator.organisation
        for kind, due_at in [
            (MessageKind.BOOKED, booked),
            *reminders(appointment.starts_at, booked, organisation.reminders),
        ]:
            plan(
                kind=kind,
                occasion=occasion(appointment),
                version=appointment.version,
                beneficiary=appointment.attendees.all()[0].beneficiary,
                organisation=organisation,
                words=words(appointment),
                due_at=due_at,
                useless_after=appointment.starts_at,
            )
    _deliver_confirmations(Dice(seed, "ledger"))


def _deliver_confirmations(dice: Dice) -> None:
    sent = Attempt.objects.filter(
        message__kind=MessageKind.BOOKED, state=AttemptState.WAITING, medium__in=[Medium.SMS, Medium.EMAIL]
    )
    numbers = list(sent.order_by("pk").values_list("pk", flat=True))
    lost = [pk for pk in numbers if dice.happens(0.03)]
    due_at = Subquery(Message.objects.filter(pk=OuterRef("message")).values("due_at")[:1])
    sent.filter(pk__in=lost).update(
        state=AttemptState.UNDELIVERED, state_at=due_at, problem="Le téléphone n’a pas répondu pendant deux jours."
    )
    sent.filter(pk__in=numbers).exclude(pk__in=lost).update(state=AttemptState.DELIVERED, state_at=due_at, parts=1)
