"""The demonstration city is believable, plainly invented, and the same for the same seed and day."""

import datetime as dt
import hashlib
import re
import time

import pytest
from django.db import transaction
from django.db.models import Count, F, Q, Sum
from django.utils import timezone

from directory.enums import Source
from directory.models import Beneficiary, Engagement, Mediator, Merge, Organisation
from directory.selectors import likely_duplicates
from directory.services import undo_merge
from helpdesk.enums import Cause
from helpdesk.models import Absence, Appointment, Attendee, CallAttempt, HelpRequest
from helpdesk.selectors import Need, first_slots, must_move
from mediation.accounts.actor import Actor
from mediation.accounts.models import User
from mediation.activity.models import Activity, Assistance
from mediation.demo.city import load_city
from mediation.messaging.enums import AttemptState
from mediation.messaging.models import Attempt, Message
from mediation.messaging.schedule import is_polite_day
from mediation.messaging.selectors import spending
from mediation.territory.selectors import is_public_holiday
from sites.models import Site, Workstation
from tests.cast import NOW, TODAY
from workshops.models import Registration, Workshop

pytestmark = pytest.mark.django_db
FICTION = re.compile(r"^(06 39 98|05 36 49) \d\d \d\d$")


def without_progress(label, steps):
    """Show nothing."""
    return steps


def load() -> float:
    """Load the city, and return the seconds of work it took."""
    started = time.process_time()
    load_city(seed=1, today=TODAY, progress=without_progress)
    return time.process_time() - started


def loaded_and_taken_back() -> str:
    """Load the city into a database without one, leave nothing of it, and return its summary."""
    with transaction.atomic():
        load()
        found = fingerprint()
        transaction.set_rollback(True)
    assert not Organisation.objects.exists()
    return found


def fingerprint() -> str:
    """Return a summary of what the seed decides."""
    references = Appointment.objects.order_by("reference").values_list("reference", "engagement__starts_at")
    people = Beneficiary.objects.order_by("uid").values_list("uid", "first_name", "last_name", "phone")
    return hashlib.sha256(repr([list(references), list(people)]).encode()).hexdigest()


@pytest.mark.thorough
def test_the_city_is_believable_plainly_invented_and_the_same_each_time(now):
    """Two loads, many looks: a load takes seconds."""
    before = loaded_and_taken_back()
    assert load() < 60
    assert fingerprint() == before
    the_network_has_its_size()
    nobody_is_real()
    activity_has_its_volume_and_rhythm()
    partners_report_as_they_said()
    there_is_something_to_book()
    messages_come_near_a_limit()
    some_wait_for_a_call()
    a_mediator_is_away_and_people_are_called_first()
    two_were_written_down_twice()


def the_network_has_its_size():
    assert Organisation.objects.filter(is_fictional=True).count() == Organisation.objects.count() == 10
    assert Mediator.objects.count() == 40
    assert User.objects.count() == 5
    assert Workstation.objects.count() > 300
    assert Site.objects.filter(is_fictional=True, workstations__isnull=False).exists()


def nobody_is_real():
    phones = Beneficiary.objects.exclude(phone_typed="").values_list("phone_typed", flat=True)
    assert all(FICTION.match(phone) for phone in phones)
    assert all(FICTION.match(phone) for phone in Organisation.objects.values_list("phone", flat=True))
    assert not Beneficiary.objects.exclude(Q(email="") | Q(email__endswith="@example.org")).exists()
    assert all(re.match(r"^(\+3353649\d{4})?$", phone) for phone in Site.objects.values_list("phone", flat=True))


def activity_has_its_volume_and_rhythm():
    assert 2_900 <= Beneficiary.objects.count() <= 3_100
    assert 18_000 <= Assistance.objects.aggregate(total=Sum("people"))["total"] <= 24_000
    assert 500 <= Workshop.objects.count() <= 750
    assert not Activity.objects.filter(themes__isnull=True).exists()
    assert not Activity.objects.filter(day__gte=TODAY).exists()
    individual = Activity.objects.filter(kind="individual", source=Source.HERE)
    walk_ins = individual.filter(appointment__isnull=True).count() / individual.count()
    assert 0.4 <= walk_ins <= 0.6
    past = Attendee.objects.filter(appointment__engagement__starts_at__lt=NOW)
    assert 0.04 <= past.filter(status="noshow").count() / past.count() <= 0.09
    days = {start.date() for start in Engagement.objects.values_list("starts_at", flat=True)}
    assert not [day for day in days if day.weekday() == 6 or is_public_holiday(day)]
    assert not Registration.objects.filter(seat__isnull=False).exclude(seat__workshop=F("workshop")).exists()


def partners_report_as_they_said():
    coop = Organisation.objects.filter(default_source=Source.COOP)
    assert coop.count() == 3
    last_month = Activity.objects.filter(source=Source.COOP, day__range=(dt.date(2026, 11, 1), dt.date(2026, 11, 30)))
    reporting = coop.annotate(entries=Count("activities", filter=Q(activities__in=last_month)))
    assert sorted(bool(organisation.entries) for organisation in reporting) == [False, True, True]
    assert not Assistance.objects.filter(activity__source=Source.COOP, beneficiary__isnull=False).exists()


def there_is_something_to_book():
    reason = Appointment.objects.first().reason
    slots = first_slots(Need(reason=reason), limit=5)
    assert len(slots) == 5
    in_seven_weeks = TODAY + dt.timedelta(weeks=7)
    assert first_slots(Need(reason=reason, first_day=in_seven_weeks), limit=1)
    assert Message.objects.filter(kind="reminder", due_at__gt=NOW).exists()
    due = Message.objects.filter(kind__contains="reminder").values_list("due_at", flat=True)
    assert all(is_polite_day(timezone.localdate(due_at)) for due_at in due)
    assert Appointment.objects.on(TODAY).exists()


def messages_come_near_a_limit():
    """The cast's today is the first of a month, when hardly anything went out: the month before shows the alert."""
    shown = Organisation.objects.get(memberships__user__email="accueil@example.org")
    months = [spending(shown, day) for day in (TODAY, TODAY.replace(day=1) - dt.timedelta(days=1))]
    assert any(one.is_near and one.parts < one.limit for one in months)
    # The worker asks about what it does not know, or gives it up: nothing stays so for ever.
    assert not Attempt.objects.filter(state=AttemptState.UNKNOWN, sending_at=None).exists()


def some_wait_for_a_call():
    """A list worth opening for whoever signs in: late, of today and to come, called and not yet, and an end to some."""
    requests = HelpRequest.objects.all()
    assert 20 <= requests.count() <= 40
    waiting = requests.waiting()
    assert {day < TODAY for day in waiting.values_list("due_on", flat=True)} == {True, False}
    assert waiting.filter(calls=None).exists()
    assert waiting.exclude(calls=None).exists()
    assert requests.filter(cause=Cause.NO_SHOW).exclude(appointment=None).exists()
    closed = requests.exclude(outcome="")
    assert closed.count() > 5
    assert not closed.filter(closed_at__lt=F("asked_at")).exists()
    assert not CallAttempt.objects.filter(at__lt=F("request__asked_at")).exists()
    assert not CallAttempt.objects.filter(at__gt=NOW).exists()


def a_mediator_is_away_and_people_are_called_first():
    """Whoever signs in at the front desk finds somebody to call and somebody to move in one gesture."""
    lines = must_move(user=User.objects.get(email="accueil@example.org"))
    assert {line.why.split("\u00a0: ")[0] for line in lines} == {"Absence"}
    first = [line for line in lines if line.call_first]
    assert 2 <= len(first) < len(lines)
    assert any(line.proposal for line in lines)
    absence = Absence.objects.get(label="Absence imprévue")
    assert absence.mediator.user is None


def two_were_written_down_twice():
    desk = User.objects.get(email="accueil@example.org")
    done = Merge.objects.undoable().visible_to(desk).get()
    assert done.by_user == desk
    assert done.merged_at.date() == TODAY - dt.timedelta(days=2)
    people = Beneficiary.objects.visible_to(desk).exclude(phone="")
    shared = people.values("phone").annotate(files=Count("pk")).get(files=2)
    one, other = people.filter(phone=shared["phone"])
    assert other in likely_duplicates(one, desk)
    undo_merge(merge=done, by=Actor.at_desk(desk))
    assert Beneficiary.objects.visible_to(desk).filter(pk=done.duplicate.pk).exists()
