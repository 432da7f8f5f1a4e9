"""Who came to a workshop, and the activity log that it fills."""

import pytest
import time_machine
from django.core.exceptions import ValidationError

from directory.enums import Source
from mediation.activity.models import Activity
from mediation.activity.services import declare_source, withdraw_source
from tests.cast import at
from tests.workshops.conftest import enrol, open_workshop, state
from workshops import services
from workshops.enums import RegistrationStatus
from workshops.models import Workshop

pytestmark = pytest.mark.django_db


class TestAttendance:
    def record(self, workshop, present, by, anonymous=0, **more):
        return services.record_attendance(workshop=workshop, present=present, anonymous=anonymous, by=by, **more)

    def test_it_fills_the_activity_log(self, cast, workshop, people, by):
        first, second = enrol(workshop, people[:2], by)
        with time_machine.travel(at(16, days=3), tick=False):
            activity = self.record(workshop, [first], by, anonymous=3)
        assert [state(first), state(second)] == ["attended", "absent"]
        assert (activity.duration_minutes, activity.title, activity.site) == (120, "Premiers clics", cast.empalot)
        assert activity.assistances.total() == 4
        assert Workshop.objects.get().activity == activity

    def test_said_again_it_replaces_what_was_said(self, workshop, people, by):
        first, second = enrol(workshop, people[:2], by)
        with time_machine.travel(at(16, days=3), tick=False):
            self.record(workshop, [first], by, anonymous=3)
            activity = self.record(workshop, [first, second], by)
            assert activity.assistances.total() == 2
            assert self.record(workshop, [], by) is None
        assert not Activity.objects.exists()
        assert [state(first), state(second)] == ["absent", "absent"]

    def test_who_waited_and_came_is_seated(self, workshop, people, by):
        *_seated, third = enrol(workshop, people[:3], by)
        with time_machine.travel(at(16, days=3), tick=False):
            self.record(workshop, [third], by)
        assert state(third) == RegistrationStatus.ATTENDED
        assert workshop.seats.count() == 3

    def test_who_reports_in_la_coop_only_says_who_came(self, cast, people, by, now):
        workshop = open_workshop(cast, by, mediator=cast.paul_mediator, site=cast.bellefontaine)
        first, second = enrol(workshop, people[:2], by)
        with time_machine.travel(at(16, days=3), tick=False):
            assert self.record(workshop, [first], by) is None
        assert [state(first), state(second)] == ["attended", "absent"]
        assert not Activity.objects.exists()

    def test_the_source_is_the_one_of_the_day_of_the_workshop(self, cast, workshop, people, by):
        declare_source(mediator=cast.amina_mediator, source=Source.COOP, starts_on=at(0, days=3).date(), by=by)
        [first] = enrol(workshop, people[:1], by)
        with time_machine.travel(at(16, days=3), tick=False):
            assert self.record(workshop, [first], by) is None
            withdraw_source(mediator=cast.amina_mediator, starts_on=at(0, days=3).date(), by=by)
            assert self.record(workshop, [first], by) is not None

    def test_an_entry_made_before_another_source_was_declared_is_kept_true(self, cast, workshop, people, by):
        [first] = enrol(workshop, people[:1], by)
        with time_machine.travel(at(16, days=3), tick=False):
            self.record(workshop, [first], by, anonymous=3)
            declare_source(mediator=cast.amina_mediator, source=Source.COOP, starts_on=at(0, days=3).date(), by=by)
            self.record(workshop, [first], by)
        assert Activity.objects.get().assistances.total() == 1

    def test_what_people_came_to_does_not_move(self, workshop, people, by):
        [first] = enrol(workshop, people[:1], by)
        with time_machine.travel(at(15, days=3), tick=False):
            self.record(workshop, [first], by)
            Activity.objects.all().delete()
            with pytest.raises(ValidationError, match="a eu lieu"):
                services.cancel_workshop(workshop=workshop, by=by)

    def test_not_before_it_begins_and_not_if_cancelled(self, workshop, by):
        with pytest.raises(ValidationError, match="pas encore commencé"):
            self.record(workshop, [], by)
        services.cancel_workshop(workshop=workshop, by=by)
        with pytest.raises(ValidationError, match="annulé"):
            self.record(workshop, [], by)
