"""What messages speak of in workshops: registrations."""

from collections.abc import Collection, Mapping

from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _

from mediation.accounts.actor import Actor
from mediation.messaging.enums import Meaning, QuestionKind
from mediation.messaging.models import Message
from workshops.models import Registration
from workshops.services import answers


class Registrations:
    """Answers for "registration:<uid>"."""

    def versions(self, uids: Collection[str]) -> Mapping[str, int]:
        """Return the version of each registration whose workshop is not over, cancelled or not."""
        rows = Registration.objects.filter(uid__in=uids, workshop__engagement__ends_at__gt=timezone.now())
        return {str(uid): version for uid, version in rows.order_by().values_list("uid", "version")}

    def answer(self, *, uid: str, message: Message, meaning: Meaning, by: Actor) -> str:
        """Confirm, take the seat that is kept, or leave the workshop."""
        registration = Registration.objects.filter(uid=uid).select_related("workshop__engagement").first()
        if registration is None:
            raise ValidationError(_("Cette inscription n’existe plus."), code="gone")
        asked = answers.Asked(registration, message, by)
        if message.asks == QuestionKind.CANCELLED:
            return answers.come_back(asked) if meaning == Meaning.YES else _("Reste annulé.")
        if meaning != Meaning.YES:
            return answers.withdraw(asked)
        return answers.take_seat(asked) if message.asks == QuestionKind.SEAT else answers.confirm(asked)


REGISTRATIONS = Registrations()
