"""What messages speak of in workshops: registrations."""

from collections.abc import Collection, Mapping

from django.utils import timezone

from workshops.models import Registration


class Registrations:
    """Answers for "registration:<uid>"."""

    def versions(self, uids: Collection[str]) -> Mapping[str, int]:
        """Return the version of each registration whose workshop is not over, cancelled or not."""
        rows = Registration.objects.filter(uid__in=uids, workshop__engagement__ends_at__gt=timezone.now())
        return {str(uid): version for uid, version in rows.order_by().values_list("uid", "version")}


REGISTRATIONS = Registrations()
