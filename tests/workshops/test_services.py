"""Workshops: seats, the waiting list, moves and cancellations."""

import datetime as dt
import uuid

import pytest
import time_machine
from django.core.exceptions import ValidationError

from directory.enums import EngagementKind
from directory.models import Engagement
from mediation.accounts.actor import Actor, Door
from mediation.messaging.enums import REMINDERS, MessageKind
from mediation.messaging.models import Message
from mediation.messaging.schedule import answer_deadline
from tests.cast import NOW, at
from tests.workshops.conftest import enrol, open_workshop, state, told
from workshops import services
from workshops.enums import RegistrationStatus
from workshops.models import Registration, Seat, Workshop

pytestmark = pytest.mark.django_db


class TestOpening:
    def test_a_workshop_has_its_seats_and_its_leader_s_time(self, cast, workshop):
        assert [seat.number for seat in workshop.seats.all()] == [1, 2]
        assert workshop.engagement.kind == EngagementKind.WORKSHOP
        assert (workshop.mediator, workshop.starts_at) == (cast.amina_mediator, at(14, days=3))

    def test_a_leader_is_in_one_place_at_a_time(self, cast, workshop, by):
        with pytest.raises(ValidationError, match="déjà pris"):
            open_workshop(cast, by, starts_at=at(15, days=3), ends_at=at(17, days=3))
        assert Workshop.objects.count() == Engagement.objects.count() == 1

    def test_a_day_that_is_over_takes_no_inscription(self, cast, by, workshop):
        with pytest.raises(ValidationError, match="Ce jour est passé"):
            open_workshop(cast, by, starts_at=at(9, days=-1), ends_at=at(11, days=-1))
        with pytest.raises(ValidationError, match="Ce jour est passé"):
            services.move_workshop(workshop=workshop, by=by, starts_at=at(9, days=-1), ends_at=at(11, days=-1))

    def test_an_appointment_takes_the_same_time(self, cast, by, now):
        Engagement.objects.create(
            mediator=cast.amina_mediator, starts_at=at(15, days=3), ends_at=at(15, 30, days=3), kind="appointment"
        )
        with pytest.raises(ValidationError, match="déjà pris"):
            open_workshop(cast, by)

    @pytest.mark.parametrize("capacity", [0, 201])
    def test_no_room_is_that_small_or_large(self, cast, by, now, capacity):
        with pytest.raises(ValidationError, match="de 1 à 200"):
            open_workshop(cast, by, capacity=capacity)


class TestRegistering:
    def test_a_seat_and_its_messages(self, cast, workshop, by):
        registration = services.register(workshop=workshop, beneficiary=cast.lucette, by=by)
        assert (registration.status, registration.seat.number) == (RegistrationStatus.REGISTERED, 1)
        assert registration.booked_for == cast.mairie
        assert told(registration) == [MessageKind.REGISTERED, MessageKind.REMINDER]
        text = Message.objects.get(kind=MessageKind.REGISTERED).body
        assert "atelier ven. 4 déc. à 14h, médiathèque Empalot" in text
        assert "Premiers clics" not in text

    def test_whoever_registers_elsewhere_is_then_known_there(self, cast, workshop):
        services.register(workshop=workshop, beneficiary=cast.hassan, by=Actor.at_desk(cast.paul))
        assert cast.hassan.links.filter(organisation=cast.mairie).exists()
        assert Registration.objects.get().booked_for == cast.partner

    def test_a_full_workshop_has_a_list_in_order(self, workshop, people, by):
        registrations = enrol(workshop, people[:4], by)
        assert [one.status for one in registrations] == ["registered", "registered", "waiting", "waiting"]
        assert list(workshop.registrations.waiting()) == registrations[2:]
        assert told(registrations[2]) == [MessageKind.WAITING]

    def test_who_does_not_want_to_wait_hears_their_rank(self, workshop, people, by):
        enrol(workshop, people[:3], by)
        with pytest.raises(services.WorkshopFull) as full:
            services.register(workshop=workshop, beneficiary=people[3], by=by, wait_if_full=False)
        assert full.value.rank == 2
        assert Registration.objects.count() == 3

    def test_nobody_is_in_it_twice(self, workshop, people, by):
        enrol(workshop, people[:3], by)
        for person in people[:3]:
            with pytest.raises(ValidationError, match="déjà inscrite ou en attente"):
                services.register(workshop=workshop, beneficiary=person, by=by)

    @pytest.mark.parametrize("door", [Door.WEB, Door.KIOSK])
    def test_whoever_types_a_name_alone_does_not_learn_who_is_in_it(self, workshop, people, by, door):
        enrol(workshop, people[:1], by)
        with pytest.raises(ValidationError, match="Nous ne pouvons pas noter votre demande ici"):
            services.register(workshop=workshop, beneficiary=people[0], by=Actor(door=door))

    def test_sent_twice_at_one_moment_it_registers_once(self, workshop, people, by):
        key = uuid.uuid4()
        first = services.register(workshop=workshop, beneficiary=people[0], by=by, request_key=key)
        with pytest.raises(services.RegisteredAlready) as before:
            services.register(workshop=workshop, beneficiary=people[1], by=by, request_key=key)
        assert before.value.registration == first

    def test_alone_one_registers_for_what_is_public_and_to_come(self, cast, workshop, by, people):
        alone = Actor(door=Door.WEB)
        private = open_workshop(cast, by, starts_at=at(9, days=4), ends_at=at(10, days=4), is_public=False)
        with pytest.raises(ValidationError, match="ne se réserve pas ici"):
            services.register(workshop=private, beneficiary=people[0], by=alone)
        with time_machine.travel(at(15, days=3), tick=False):
            with pytest.raises(ValidationError, match="déjà eu lieu"):
                services.register(workshop=workshop, beneficiary=people[0], by=alone)
            assert services.register(workshop=workshop, beneficiary=people[0], by=by).seat
        with time_machine.travel(at(16, days=3), tick=False), pytest.raises(ValidationError, match="déjà eu lieu"):
            services.register(workshop=workshop, beneficiary=people[1], by=by)

    def test_a_registration_is_found_again_by_its_reference(self, workshop, people, by):
        (registration,) = enrol(workshop, people[:1], by)
        spaced = f"{registration.reference[:4]} {registration.reference[4:]}"
        assert services.find_by_reference(spaced, registration.code) == registration
        assert services.find_by_reference(spaced, people[0].phone[-4:]) == registration
        assert services.find_by_reference(spaced, people[0].phone) == registration
        assert services.find_by_reference(spaced, "") is None


class TestWaitingList:
    def test_a_freed_seat_is_offered_to_the_first(self, workshop, people, by):
        first, _second, third, fourth = enrol(workshop, people[:4], by)
        services.cancel_registration(registration=first, by=by)
        assert [state(one) for one in (first, third, fourth)] == ["cancelled", "offered", "waiting"]
        third.refresh_from_db()
        assert third.offered_until == at(10, days=1)
        assert (told(first), told(third)) == ([MessageKind.EXCUSED], [MessageKind.SEAT_OFFERED])

    def test_an_offered_seat_is_nobody_else_s(self, workshop, people, by):
        first, *_rest = enrol(workshop, people[:3], by)
        services.cancel_registration(registration=first, by=by)
        with pytest.raises(services.WorkshopFull):
            services.register(workshop=workshop, beneficiary=people[4], by=by, wait_if_full=False)

    def test_accepting_it(self, workshop, people, by):
        first, _second, third = enrol(workshop, people[:3], by)
        services.cancel_registration(registration=first, by=by)
        services.accept_offer(registration=third, by=by)
        assert state(third) == RegistrationStatus.REGISTERED
        assert told(third) == [MessageKind.REGISTERED, MessageKind.REMINDER]

    def test_an_unanswered_offer_goes_to_the_next_and_the_person_stays_on_the_list(self, workshop, people, by):
        first, _second, third, fourth = enrol(workshop, people[:4], by)
        services.cancel_registration(registration=first, by=by)
        with time_machine.travel(NOW + dt.timedelta(hours=26), tick=False):
            assert services.expire_offers() == 1
            assert [state(third), state(fourth)] == ["waiting", "offered"]
            assert services.expire_offers() == 0

    def test_two_unanswered_offers_free_the_seat_for_others(self, workshop, people, by):
        first, _second, third = enrol(workshop, people[:3], by)
        services.cancel_registration(registration=first, by=by)
        with time_machine.travel(NOW, tick=False) as clock:
            for _ in range(2):
                clock.shift(dt.timedelta(hours=26))
                assert services.expire_offers() == 1
            assert state(third) == RegistrationStatus.WAITING
            newcomer = services.register(workshop=workshop, beneficiary=people[4], by=by)
            assert newcomer.seat
            with pytest.raises(ValidationError, match="plus de place"):
                services.accept_offer(registration=third, by=by)

    @pytest.mark.parametrize(
        ("now", "starts_at", "expected"),
        [
            (at(11), at(14, days=3), at(11, days=1)),
            (NOW, at(14, days=3), at(10, days=1)),
            (at(22), at(14, days=3), at(10, days=2)),
            (at(11, days=4), at(14, days=9), at(11, days=6)),
            (at(7), at(10, 30), at(9, 30)),
            (NOW, at(15), at(12)),
            (NOW, at(11), None),
        ],
    )
    def test_how_long_a_seat_is_kept(self, now, starts_at, expected):
        assert answer_deadline(now, starts_at) == expected

    def test_a_cancelled_person_may_register_again(self, workshop, people, by):
        (registration,) = enrol(workshop, people[:1], by)
        services.cancel_registration(registration=registration, by=by)
        with pytest.raises(ValidationError, match="déjà désinscrite"):
            services.cancel_registration(registration=registration, by=by)
        assert services.register(workshop=workshop, beneficiary=people[0], by=by).seat.number == 1


class TestCapacity:
    def test_more_seats_are_offered_to_those_who_wait(self, workshop, people, by):
        *_seated, third, fourth = enrol(workshop, people[:4], by)
        services.change_capacity(workshop=workshop, capacity=3, by=by)
        assert [state(third), state(fourth)] == ["offered", "waiting"]

    def test_only_free_seats_go_away(self, cast, by, people, now):
        workshop = open_workshop(cast, by, capacity=5)
        enrol(workshop, people[:2], by)
        services.change_capacity(workshop=workshop, capacity=2, by=by)
        assert workshop.seats.count() == 2
        with pytest.raises(ValidationError, match="2 personnes ont une place"):
            services.change_capacity(workshop=workshop, capacity=1, by=by)
        assert Registration.objects.filter(seat__isnull=False).count() == 2

    def test_a_number_that_was_freed_is_used_again(self, workshop, people, by):
        Seat.objects.filter(workshop=workshop, number=1).delete()
        services.change_capacity(workshop=workshop, capacity=2, by=by)
        assert sorted(workshop.seats.values_list("number", flat=True)) == [1, 2]


class TestMovingAndCancelling:
    def test_everybody_is_told_of_another_time(self, workshop, people, by):
        first, _second, third = enrol(workshop, people[:3], by)
        moved = services.move_workshop(workshop=workshop, by=by, starts_at=at(10, days=7), ends_at=at(12, days=7))
        assert (moved.version, moved.starts_at) == (2, at(10, days=7))
        assert told(first) == sorted([MessageKind.MOVED, *REMINDERS])
        assert told(third) == [MessageKind.MOVED]

    def test_another_leader_is_nobody_s_news(self, cast, workshop, people, by):
        (registration,) = enrol(workshop, people[:1], by)
        services.move_workshop(
            workshop=workshop,
            by=by,
            starts_at=workshop.starts_at,
            ends_at=workshop.ends_at,
            mediator=cast.paul_mediator,
        )
        assert told(registration) == [MessageKind.REGISTERED, MessageKind.REMINDER]
        assert Workshop.objects.get().version == 2

    def test_saying_the_same_again_changes_nothing(self, workshop, by):
        services.move_workshop(workshop=workshop, by=by, starts_at=workshop.starts_at, ends_at=workshop.ends_at)
        assert Workshop.objects.get().version == 1

    def test_not_over_another_engagement(self, cast, workshop, by):
        other = open_workshop(cast, by, starts_at=at(9, days=3), ends_at=at(11, days=3))
        with pytest.raises(ValidationError, match="déjà pris"):
            services.move_workshop(workshop=other, by=by, starts_at=at(13, days=3), ends_at=at(15, days=3))

    def test_everybody_is_told_of_a_cancellation(self, cast, workshop, people, by):
        registrations = enrol(workshop, people[:3], by)
        services.cancel_workshop(workshop=workshop, by=by)
        assert [told(one) for one in registrations] == [[MessageKind.CANCELLED]] * 3
        assert not Workshop.objects.upcoming()
        open_workshop(cast, by)
        with pytest.raises(ValidationError, match="annulé"):
            services.register(workshop=workshop, beneficiary=people[4], by=by)
        with pytest.raises(ValidationError, match="annulé"):
            services.cancel_workshop(workshop=workshop, by=by)
