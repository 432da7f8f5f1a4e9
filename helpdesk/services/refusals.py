"""What booking, moving and cancelling refuse, each in a sentence that says what to do instead."""

import datetime as dt
from collections.abc import Sequence
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from directory.models import Beneficiary
from helpdesk.enums import AttendeeStatus, Mode, WhoBooks
from helpdesk.models import Appointment, Attendee, Reason
from helpdesk.rules import books
from helpdesk.selectors import HORIZON_DAYS, Slot
from mediation.accounts.actor import SELF_SERVICE, Actor
from mediation.kernel import formats
from mediation.kernel.questions import asked_often
from mediation.privacy.validators import refuse_nir

# Between these a mediator may receive at a time that is not offered.
EARLIEST_HOUR, LATEST_HOUR = 7, 21
# One sentence for every reason that would tell something about the person whose name and number were typed.
_NOT_HERE = gettext_lazy(
    "Nous ne pouvons pas prendre ce rendez-vous ici. Choisissez un autre horaire, ou appelez-nous : nous le prendrons "
    "avec vous."
)


def refuse_people(people: Sequence[Beneficiary]) -> None:
    """Somebody must come, and each person is noted once."""
    if not people:
        raise ValidationError(_("Dites pour qui est le rendez-vous."), code="nobody")
    if len({person.pk for person in people}) < len(people):
        raise ValidationError(_("La même personne est notée deux fois."), code="twice")


def refuse_day(slot: Slot) -> None:
    """The time is to come, and near enough."""
    now = timezone.now()
    if slot.starts_at < now:
        raise ValidationError(_("Cet horaire est passé. Choisissez-en un autre."), code="past")
    _refuse_beyond(slot, HORIZON_DAYS, now)


def refuse_night(slot: Slot) -> None:
    """A time that is not offered is taken by day only: 3 h is a slip of the keyboard, and nobody would come."""
    starts_at, ends_at = timezone.localtime(slot.starts_at), timezone.localtime(slot.ends_at)
    midnight = starts_at.replace(hour=0, minute=0, second=0, microsecond=0)
    opens, closes = (midnight.replace(hour=hour) for hour in (EARLIEST_HOUR, LATEST_HOUR))
    if starts_at < opens or ends_at > closes:
        raise ValidationError(
            _("Un rendez-vous commence et finit entre %(opens)s et %(closes)s. Choisissez une autre heure."),
            code="night",
            params={"opens": formats.hour(opens), "closes": formats.hour(closes)},
        )


def refuse_slot(slot: Slot, by: Actor) -> None:
    """The time is to come, near enough, and for a reason that this actor may book."""
    now = timezone.now()
    refuse_day(slot)
    if not _may_book(slot.reason, by):
        raise ValidationError(_("Ce motif ne peut pas être réservé ici."), code="reason_refused")
    if by.is_self_service:
        _refuse_beyond(slot, slot.reason.window_days, now)
        if slot.starts_at < now + dt.timedelta(hours=slot.reason.notice_hours):
            raise ValidationError(
                _("C’est trop tard pour réserver cet horaire ici. Choisissez-en un autre, ou appelez-nous."),
                code="too_late",
            )


def why_not_moved_alone(appointment: Appointment) -> str:
    """Return, in words, why residents cannot change the time by themselves; "" where they can.

    What may be booked alone may be moved alone: the same reasons, and as long before.
    """
    now, reason = timezone.now(), appointment.reason
    if appointment.starts_at <= now:
        return _("Ce rendez-vous est passé : son horaire ne change plus. Pour en prendre un autre, appelez-nous.")
    if appointment.mode == Mode.HOME or not reason.is_active or reason.who_books != WhoBooks.EVERYONE:
        return _("L’horaire de ce rendez-vous se change au téléphone : appelez-nous, nous chercherons avec vous.")
    if appointment.starts_at < now + dt.timedelta(hours=reason.notice_hours):
        return _("Ce rendez-vous est trop proche pour changer d’horaire ici : appelez-nous, nous chercherons ensemble.")
    return ""


def refuse_moving(appointment: Appointment, slot: Slot, by: Actor) -> None:
    """What moves is still to come; residents alone neither move it at the last moment nor make it something else."""
    refuse_cancelling(appointment)
    if not by.is_self_service:
        return
    if problem := why_not_moved_alone(appointment):
        raise ValidationError(problem, code="too_near")
    if slot.reason != appointment.reason:
        raise ValidationError(_("Choisissez un horaire dans la liste."), code="other_reason")


def refuse_why(reason: str) -> None:
    """Why a time is taken all the same is kept: short, and without a social security number."""
    refuse_nir(reason)
    Appointment._meta.get_field("override_reason").run_validators(reason.strip())


def refuse_overlap(people: Sequence[Beneficiary], slot: Slot, by: Actor, *, besides: Appointment | None = None) -> None:
    """Nobody is expected at two places at once (``besides`` is the appointment that moves). The people are locked."""
    others = _expected_elsewhere(
        people=[person.pk for person in people],
        starts_at=slot.starts_at,
        ends_at=slot.ends_at,
        besides=besides.pk if besides else None,
    )
    if not others:
        return
    if by.is_self_service:
        # Whoever moves holds the card; whoever types a name and a number to book is not told that we know them.
        text = (
            _("Vous avez déjà un rendez-vous à cette heure-là. Choisissez un autre horaire.") if besides else _NOT_HERE
        )
        raise ValidationError(text, code="person_taken")
    [other] = Attendee.objects.filter(pk__in=others).select_related("beneficiary", "appointment__engagement")
    raise ValidationError(
        _("%(who)s a déjà un rendez-vous %(when)s. Choisissez un autre horaire, ou déplacez l’autre rendez-vous."),
        code="person_taken",
        params={"who": other.beneficiary, "when": formats.moment(other.appointment.engagement.starts_at)},
    )


@asked_often
def _expected_elsewhere(*, people: Any, starts_at: Any, ends_at: Any, besides: Any) -> QuerySet:
    """Who of the people is expected at another appointment meanwhile: the first, by their key."""
    others = Attendee.objects.filter(
        beneficiary__pk__in=people,
        status__in=(AttendeeStatus.UNKNOWN, AttendeeStatus.SEEN),
        appointment__engagement__released_at=None,
        appointment__engagement__starts_at__lt=ends_at,
        appointment__engagement__ends_at__gt=starts_at,
    )
    if besides is not None:
        others = others.exclude(appointment=besides)
    return others.order_by("pk").values_list("pk", flat=True)[:1]


def refuse_too_many(people: Sequence[Beneficiary], by: Actor) -> None:
    """Residents alone hold few appointments at once, by person and by number. Agents and prescribers are exempt.

    Only what was booked alone is counted: what a hostel's social worker booked takes nothing from those who live there.
    The people and their numbers are locked. The refusal does not say why: anybody may type anybody's number.
    """
    if not by.is_self_service:
        return
    numbers = {person.phone for person in people if person.phone}
    held = Appointment.objects.upcoming().filter(
        Q(attendees__beneficiary__in=people) | Q(attendees__beneficiary__phone__in=numbers),
        attendees__status=AttendeeStatus.UNKNOWN,
        booked_through__in=SELF_SERVICE,
    )
    if held.values("pk").distinct().count() >= settings.BOOKINGS_PER_PERSON:
        raise ValidationError(_NOT_HERE, code="too_many")


def refuse_cancelling(appointment: Appointment) -> None:
    """What is cancelled, took place or is over does not change any more."""
    if appointment.is_cancelled:
        raise ValidationError(_("Ce rendez-vous est déjà annulé."), code="already_cancelled")
    if appointment.activity_id or appointment.attendees.filter(status=AttendeeStatus.SEEN).exists():
        raise ValidationError(_("Ce rendez-vous a eu lieu : il ne peut plus changer."), code="took_place")
    if appointment.engagement.ends_at <= timezone.now():
        raise ValidationError(_("Ce rendez-vous est passé. Dites plutôt qui est venu."), code="past")


def refuse_reinstating(appointment: Appointment) -> None:
    """Only what is cancelled and still to come is reinstated."""
    if not appointment.is_cancelled:
        raise ValidationError(_("Ce rendez-vous n’est pas annulé."), code="not_cancelled")
    if appointment.engagement.starts_at <= timezone.now():
        raise ValidationError(_("L’heure de ce rendez-vous est passée : prenez-en un autre."), code="past")


def _refuse_beyond(slot: Slot, days: int, now: dt.datetime) -> None:
    if (timezone.localdate(slot.starts_at) - timezone.localdate(now)).days > days:
        params: dict[str, Any] = {"days": days}
        text = ngettext(
            "Les rendez-vous se prennent au plus %(days)s jour à l’avance.",
            "Les rendez-vous se prennent au plus %(days)s jours à l’avance.",
            days,
        )
        raise ValidationError(text, code="too_far", params=params)


def _may_book(reason: Reason, by: Actor) -> bool:
    if by.user is not None:
        return books(by.user, reason)
    return reason.is_active and (not by.is_self_service or reason.who_books == WhoBooks.EVERYONE)
