"""Two files made one by mistake, parted again."""

import datetime as dt

import pytest
import time_machine
from django.core.exceptions import ValidationError

from directory.models import Beneficiary, Merge
from directory.services import link, merge, undo_merge
from helpdesk.services import cancel
from mediation.accounts.actor import Actor
from tests.cast import NOW, TODAY
from tests.directory.conftest import booked, helped, states


def test_undoing_brings_both_back_as_they_were(cast, claire, lucie):
    link(beneficiary=lucie, organisation=cast.partner, on=TODAY)
    booked(cast, lucie), booked(cast, cast.lucette, nth=4), helped(cast, lucie)
    before = states()
    done = merge(kept=cast.lucette, duplicate=lucie, by=claire)
    assert states() != before
    undo_merge(merge=done, by=claire)
    assert states() == before


def test_what_was_added_or_removed_meanwhile_stays_so(cast, claire, lucie):
    old, gone = booked(cast, lucie), helped(cast, lucie)
    done = merge(kept=cast.lucette, duplicate=lucie, by=claire)
    new = booked(cast, Beneficiary.objects.get(pk=cast.lucette.pk), nth=4)
    Beneficiary.objects.filter(pk=cast.lucette.pk).update(email="autre@example.org")
    cancel(appointment=old, by=claire, asked_by_person=True)
    gone.assistances.all().delete()
    undo_merge(merge=done, by=claire)
    cast.lucette.refresh_from_db()
    assert (old.attendees.get().beneficiary, new.attendees.get().beneficiary) == (lucie, cast.lucette)
    assert (cast.lucette.email, cast.lucette.reception_needs) == ("autre@example.org", [])


def test_an_organisation_that_met_the_person_meanwhile_keeps_knowing_them(cast, claire, lucie):
    link(beneficiary=lucie, organisation=cast.partner, on=TODAY - dt.timedelta(days=9))
    done = merge(kept=cast.lucette, duplicate=lucie, by=claire)
    link(beneficiary=cast.lucette, organisation=cast.partner, on=TODAY)
    undo_merge(merge=done, by=claire)
    assert Beneficiary.objects.visible_to(cast.paul).filter(pk=cast.lucette.pk).exists()


def test_it_can_be_done_again_after_it_was_undone(cast, claire, lucie):
    undo_merge(merge=merge(kept=cast.lucette, duplicate=lucie, by=claire), by=claire)
    merge(kept=lucie, duplicate=cast.lucette, by=claire)
    cast.lucette.refresh_from_db()
    assert cast.lucette.merged_into == lucie


@pytest.mark.parametrize(("days", "may"), [(29, True), (30, False)])
def test_for_thirty_days(cast, claire, lucie, days, may):
    done = merge(kept=cast.lucette, duplicate=lucie, by=claire)
    with time_machine.travel(NOW + dt.timedelta(days=days), tick=False):
        assert Merge.objects.undoable().exists() is may
        if may:
            undo_merge(merge=done, by=claire)
        else:
            with pytest.raises(ValidationError, match="plus de 30 jours"):
                undo_merge(merge=done, by=claire)


def test_the_last_merge_is_undone_first(cast, claire, lucie):
    third = Beneficiary.objects.create(first_name="Lucette", last_name="Fabres")
    link(beneficiary=third, organisation=cast.mairie, on=TODAY)
    first = merge(kept=cast.lucette, duplicate=lucie, by=claire)
    second = merge(kept=third, duplicate=cast.lucette, by=claire)
    with pytest.raises(ValidationError, match="séparez d’abord"):
        undo_merge(merge=first, by=claire)
    undo_merge(merge=second, by=claire)
    undo_merge(merge=first, by=claire)
    with pytest.raises(ValidationError, match="déjà séparées"):
        undo_merge(merge=first, by=claire)


def test_only_who_follows_both_may_part_them(cast, claire, lucie):
    done = merge(kept=cast.lucette, duplicate=lucie, by=claire)
    with pytest.raises(ValidationError, match="Vous ne suivez pas"):
        undo_merge(merge=done, by=Actor.at_desk(cast.paul))
