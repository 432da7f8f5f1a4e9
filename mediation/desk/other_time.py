"""A time that is not offered, booked all the same: what speaks against it is said first, and why is kept."""

import datetime as dt
from dataclasses import dataclass, field

from django.core.exceptions import ValidationError
from django.forms import BoundField
from django.utils import timezone

from helpdesk.expansion import instant
from helpdesk.models import Reason
from helpdesk.selectors import Slot, is_offered
from helpdesk.selectors.taken import taken_time
from helpdesk.selectors.warnings import warnings_for
from helpdesk.services.refusals import refuse_day, refuse_night
from mediation.desk.call import Call
from mediation.desk.forms import OtherTimeForm


@dataclass(frozen=True)
class OtherTime:
    """The time an agent asked for, where they asked for one. ``why`` is the reason they typed.

    ``is_taken`` says that the mediator is with somebody else, ``refusal`` why it is never booked: no reason changes
    either. ``was_pressed`` says that the agent wants it.
    """

    form: OtherTimeForm
    is_open: bool
    slot: Slot | None = None
    is_taken: bool = False
    refusal: str = ""
    was_pressed: bool = False
    is_offered: bool = False
    warnings: list[str] = field(default_factory=list)
    why: str = ""

    @property
    def lacks_why(self) -> bool:
        """Whether the time is taken against what speaks against it, and nobody says why."""
        return self.may_be_taken and not self.is_offered and not self.why.strip()

    @property
    def may_be_taken(self) -> bool:
        """Whether nothing speaks against it but what a reason outweighs."""
        return self.slot is not None and not self.is_taken and not self.refusal

    @property
    def fields(self) -> list[BoundField]:
        """The fields; the first that is missing or wrong has the focus."""
        if self.is_open and not self.may_be_taken:
            wrong = next((name for name in self.form.fields if self.form.errors.get(name)), "day")
            self.form.fields[wrong].widget.attrs["autofocus"] = True
        return [self.form[name] for name in self.form.fields]


def other_time(call: Call) -> OtherTime | None:
    """Return the time that the agent asked for and what speaks against it; None where they have no colleagues."""
    is_open = call.data.get("do") == "other" or "override" in call.data
    form = OtherTimeForm(call.data, user=call.user, is_asked=is_open)
    if not form.fields["mediator"].queryset.exists():
        return None
    reason = _reason(call) if is_open else None
    if reason is None or not form.is_valid():
        return OtherTime(form, is_open)
    slot = _slot(form, reason)
    if refusal := _refusal(slot):
        return OtherTime(form, is_open, slot, refusal=refusal)
    moving = call.moving.engagement if call.moving else None
    others = taken_time().filter(mediator=slot.mediator).between(slot.starts_at, slot.ends_at)
    return OtherTime(
        form,
        is_open,
        slot,
        is_taken=others.exclude(pk=moving.pk if moving else None).exists(),
        is_offered=is_offered(slot, ignoring=moving),
        warnings=[warning.text for warning in warnings_for(slot, ignoring=moving)],
        why=call.data.get("override_reason", ""),
        was_pressed="override" in call.data,
    )


def _refusal(slot: Slot) -> str:
    """Return why the time is never booked, whatever reason is given; an hour that is offered is nobody's slip."""
    try:
        refuse_day(slot)
        if not is_offered(slot):
            refuse_night(slot)
    except ValidationError as refusal:
        return " ".join(refusal.messages)
    return ""


def _reason(call: Call) -> Reason | None:
    need = call.need_form
    need.is_valid()
    return need.cleaned_data.get("reason") or need.fields["reason"].queryset.first()


def _slot(form: OtherTimeForm, reason: Reason) -> Slot:
    said = form.cleaned_data
    start = instant(said["day"], said["hour"], timezone.get_default_timezone())
    return Slot(start, start + dt.timedelta(minutes=reason.duration_minutes), said["mediator"], said["site"], reason)
