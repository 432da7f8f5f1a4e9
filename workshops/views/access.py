"""Find the workshop or registration of an address, as far as the reader may."""

from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest
from django.shortcuts import get_object_or_404

from workshops import rules
from workshops.models import Registration, Workshop


def any_workshop(request: HttpRequest, uid: UUID) -> Workshop:
    """Return a workshop: every agent sees the offer."""
    return get_object_or_404(Workshop.objects.visible_to(request.user).for_pages().with_seats(), uid=uid)


def own_workshop(request: HttpRequest, uid: UUID) -> Workshop:
    """Return a workshop that the user may change."""
    workshop = any_workshop(request, uid)
    if not rules.may_set_up(request.user, workshop):
        raise PermissionDenied
    return workshop


def recorded_workshop(request: HttpRequest, uid: UUID) -> Workshop:
    """Return a workshop whose attendance the user may write down."""
    workshop = any_workshop(request, uid)
    if not rules.may_record(request.user, workshop):
        raise PermissionDenied
    return workshop


def seen_registration(request: HttpRequest, uid: UUID) -> Registration:
    """Return a registration of the user's organisation, or one that it booked."""
    rows = Registration.objects.visible_to(request.user).select_related(
        "beneficiary", "workshop__engagement__mediator__organisation", "workshop__site"
    )
    return get_object_or_404(rows.distinct(), uid=uid)
