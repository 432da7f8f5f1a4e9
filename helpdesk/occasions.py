"""What messages speak of in individual help: appointments, earlier times, requests to be called back."""

from collections.abc import Collection, Mapping

from django.utils import timezone

from helpdesk.enums import OfferState
from helpdesk.models import Appointment, EarlierOffer, HelpRequest
from helpdesk.services.messages import OFFER_VERSION
from helpdesk.services.requests import REQUEST_VERSION


class Appointments:
    """Answers for "appointment:<uid>"."""

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


class Requests:
    """Answers for "help_request:<uid>": somebody waits for a call, or not any more."""

    def versions(self, uids: Collection[str]) -> Mapping[str, int]:
        """Return those that are not closed."""
        rows = HelpRequest.objects.waiting().filter(uid__in=uids)
        return {str(uid): REQUEST_VERSION for uid in rows.order_by().values_list("uid", flat=True)}


APPOINTMENTS, OFFERS, REQUESTS = Appointments(), Offers(), Requests()
