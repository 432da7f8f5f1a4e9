"""Who is to be called back, and what the caller should know."""

import datetime as dt
from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import Count, Q, QuerySet
from django.utils import timezone

from directory.enums import Channel, Role
from directory.models import Beneficiary
from helpdesk import rules
from helpdesk.enums import AttendeeStatus, CallResult, Cause
from helpdesk.models import Appointment, Attendee, CallAttempt, HelpRequest
from mediation.accounts.models import User
from mediation.kernel.references import read_secret

# After as many calls in vain the sheet proposes to stop.
CALLS_IN_VAIN = 3
# As many missed appointments within a year are worth another way of reminding.
MISSED_OFTEN = 2
MISSED_WITHIN = dt.timedelta(days=365)


@dataclass(frozen=True)
class CallsToMake:
    """How many people wait for a call, and how many of them for today or longer."""

    waiting: int
    due: int


@dataclass(frozen=True)
class RequestPage:
    """A request as one reader may see it. Without ``calls_back`` only its number and state are shown."""

    request: HelpRequest
    calls_back: bool
    has_file: bool
    is_late: bool
    is_due: bool
    calls: list[CallAttempt]
    in_vain: int
    missed: Attendee | None
    often_missed: int
    upcoming: list[Appointment]
    colleagues: list[User]
    next_request: HelpRequest | None

    @property
    def suggests_giving_up(self) -> bool:
        """Whether enough calls were made in vain."""
        return self.in_vain >= CALLS_IN_VAIN


def calls_to_make(user: Any) -> CallsToMake:
    """Return how many people the user's organisations have to call back."""
    due = Count("pk", filter=Q(due_on__lte=timezone.localdate()))
    waiting = HelpRequest.objects.called_back_by(user).waiting().order_by()
    return CallsToMake(**waiting.aggregate(waiting=Count("pk"), due=due))


def request_page(request: HelpRequest, *, user: Any) -> RequestPage:
    """Return what ``user`` may see of the request. It is fetched by ``for_pages``."""
    calls_back = rules.calls_back(user, request)
    person, today = request.beneficiary, timezone.localdate()
    calls = list(request.calls.all())
    shown = Appointment.objects.visible_to(user).for_pages().upcoming().filter(attendees__beneficiary=person)
    return RequestPage(
        request=request,
        calls_back=calls_back,
        has_file=Beneficiary.objects.visible_to(user).filter(pk=person.pk).exists(),
        is_late=request.is_open and request.due_on < today,
        is_due=request.is_open and request.due_on == today,
        calls=calls,
        in_vain=calls_in_vain(calls),
        missed=_missed(request),
        often_missed=often_missed([person.pk], user).get(person.pk, 0) if calls_back else 0,
        upcoming=list(shown.distinct()) if calls_back else [],
        colleagues=list(colleagues(request)) if calls_back else [],
        next_request=_next(request, user),
    )


def calls_in_vain(calls: Collection[CallAttempt]) -> int:
    """Return how many of the last calls reached nobody."""
    count = 0
    for call in calls:
        count = 0 if call.result == CallResult.REACHED else count + 1
    return count


def often_missed(people: Collection[int], user: Any) -> dict[int, int]:
    """Return, for those of ``people`` who missed several appointments within a year, how many the user may know of."""
    since = timezone.now() - MISSED_WITHIN
    missed = Attendee.objects.visible_to(user).filter(
        beneficiary__in=people, status=AttendeeStatus.NOSHOW, appointment__engagement__starts_at__gte=since
    )
    counted = missed.order_by().values("beneficiary").annotate(times=Count("pk", distinct=True))
    return {row["beneficiary"]: row["times"] for row in counted if row["times"] >= MISSED_OFTEN}


def missed_too_often(person: Beneficiary, user: Any) -> int:
    """Return how many appointments somebody missed lately; 0 where that is rare, or where they are called already."""
    if person.preferred_channel in (Channel.VOICE, Channel.PERSON, Channel.LETTER, Channel.NONE):
        return 0
    return often_missed([person.pk], user).get(person.pk, 0)


def colleagues(request: HelpRequest) -> QuerySet[User]:
    """Return who may follow the request: the front desk and the mediators of the organisation that calls back."""
    return (
        User.objects.filter(
            is_active=True,
            memberships__organisation=request.organisation_id,
            memberships__role__in=(Role.FRONT_DESK, Role.MEDIATOR),
        )
        .distinct()
        .order_by("last_name", "first_name", "pk")
    )


def booked_named(request: HelpRequest, uid: str, *, user: Any) -> Appointment | None:
    """Return the person's appointment that a form names, among those the user may see."""
    try:
        return (
            Appointment.objects.visible_to(user).filter(attendees__beneficiary=request.beneficiary_id, uid=uid).first()
        )
    except ValidationError:
        return None


def find_request(reference: str, secret: str) -> HelpRequest | None:
    """Return the request of this number for whoever knows its code, or the person's number or its end.

    Spaces are ignored. The caller limits the attempts: four digits are few. Whatever is wrong, the same single query
    finds nothing.
    """
    digits, typed = "".join(c for c in reference if c in "0123456789"), read_secret(secret)
    if not typed:
        return None
    known = Q(code=typed) | Q(beneficiary__phone__endswith=typed)
    return HelpRequest.objects.select_related("beneficiary").filter(known, reference=digits).first()


def _missed(request: HelpRequest) -> Attendee | None:
    """Return the person's place in the appointment they missed."""
    if request.cause != Cause.NO_SHOW or request.appointment is None:
        return None
    return request.appointment.attendees.filter(
        beneficiary=request.beneficiary_id, status=AttendeeStatus.NOSHOW
    ).first()


def _next(request: HelpRequest, user: Any) -> HelpRequest | None:
    """Return whom to call next."""
    return HelpRequest.objects.called_back_by(user).waiting().exclude(pk=request.pk).first()
