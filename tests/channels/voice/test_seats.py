"""Seats in workshops, by the number they were taken with."""

from mediation.accounts.actor import Actor
from tests.workshops.conftest import open_workshop
from workshops.enums import RegistrationStatus
from workshops.services import cancel_registration, register


def test_a_seat_in_a_workshop_is_heard_and_given_back(call, cast):
    by = Actor.at_desk(cast.claire)
    seat = register(workshop=open_workshop(cast, by), beneficiary=cast.lucette, by=by, wait_if_full=False)
    caller = call()
    heard = caller.press("2")
    assert heard[0] == "Votre place à un atelier\u00a0:"
    assert seat.workshop.title not in caller.response.content.decode()
    assert "Pour changer l’horaire, tapez 2." not in heard
    caller.press("1")
    assert caller.press("1")[0] == "Votre place à l’atelier est annulée."
    seat.refresh_from_db()
    assert seat.status == RegistrationStatus.CANCELLED


def test_a_seat_that_is_kept_is_taken_with_1_as_in_the_call_that_offers_it(call, cast):
    by = Actor.at_desk(cast.claire)
    workshop = open_workshop(cast, by, capacity=1)
    first = register(workshop=workshop, beneficiary=cast.hassan, by=by, wait_if_full=False)
    seat = register(workshop=workshop, beneficiary=cast.lucette, by=by, wait_if_full=True)
    assert "Vous êtes 1re sur la liste d’attente. Nous vous préviendrons." in call().press("2")
    cancel_registration(registration=first, by=by)
    caller = call()
    heard = caller.press("2")
    assert heard[-1] == "Pour accepter, tapez 1. Pour refuser, tapez 2."
    assert "Pour l’annuler, tapez 1." not in heard
    assert caller.press("2")[-1].startswith("Pour confirmer que vous l’annulez")
    caller.press("2")
    assert caller.press("1")[0] == "Votre rendez-vous est pris."
    seat.refresh_from_db()
    assert seat.status == RegistrationStatus.REGISTERED
