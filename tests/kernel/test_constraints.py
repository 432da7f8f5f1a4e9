"""The database itself refuses two engagements of one mediator at once, whoever writes the row."""

import datetime as dt

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection, models, transaction
from django.utils import timezone

from directory.models import Engagement
from mediation.activity.models import DeclaredSource
from tests.cast import TODAY, at

pytestmark = pytest.mark.django_db


@pytest.fixture
def taken(cast):
    return Engagement.objects.create(
        mediator=cast.amina_mediator, starts_at=at(10), ends_at=at(10, 30), kind="appointment"
    )


def another(cast, start, end, **fields):
    return Engagement(mediator=cast.amina_mediator, starts_at=start, ends_at=end, kind="appointment", **fields)


def test_refuses_an_overlapping_insert(cast, taken):
    with pytest.raises(IntegrityError, match="engagement_no_overlap"):
        another(cast, at(10, 15), at(10, 45)).save()


def test_refuses_raw_sql(cast, taken):
    with pytest.raises(IntegrityError, match="engagement_no_overlap"), connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO directory_engagement (mediator_id, starts_at, ends_at, kind, buffer_minutes) "
            "VALUES (%s, %s, %s, 'hold', 0)",
            [cast.amina_mediator.pk, at(9).astimezone(dt.UTC), at(12).astimezone(dt.UTC)],
        )


def test_refuses_two_overlapping_rows_of_one_bulk_create(cast):
    with pytest.raises(IntegrityError, match="engagement_no_overlap"):
        Engagement.objects.bulk_create([another(cast, at(10), at(11)), another(cast, at(10, 30), at(11, 30))])


def test_refuses_an_update_into_taken_time(cast, taken):
    later = another(cast, at(11), at(11, 30))
    later.save()
    with pytest.raises(IntegrityError, match="engagement_no_overlap"), transaction.atomic():
        Engagement.objects.filter(pk=later.pk).update(starts_at=at(10, 15))


def test_refuses_to_reinstate_over_taken_time(cast, taken):
    released = another(cast, at(10), at(10, 30), released_at=timezone.now())
    released.save()
    with pytest.raises(IntegrityError, match="engagement_no_overlap"):
        Engagement.objects.filter(pk=released.pk).update(released_at=None)


def test_accepts_neighbours_other_mediators_and_released_time(cast, taken):
    another(cast, at(10, 30), at(11)).save()
    another(cast, at(9, 30), at(10)).save()
    another(cast, at(10), at(10, 30), released_at=timezone.now()).save()
    Engagement.objects.create(mediator=cast.paul_mediator, starts_at=at(10), ends_at=at(11), kind="appointment")
    taken.ends_at = at(10, 20)
    taken.save()
    assert Engagement.objects.count() == 5


def test_forms_say_it_before_the_database(cast, taken):
    with pytest.raises(ValidationError, match="déjà pris à cette heure"):
        another(cast, at(10, 15), at(10, 45)).full_clean()
    another(cast, at(10, 15), at(10, 45), released_at=timezone.now()).full_clean()
    taken.full_clean()


def test_days_include_the_last_and_no_end_means_for_ever(cast):
    month = dt.timedelta(days=30)
    DeclaredSource.objects.create(mediator=cast.amina_mediator, source="here", starts_on=TODAY, ends_on=TODAY + month)
    with pytest.raises(IntegrityError), transaction.atomic():
        DeclaredSource.objects.create(mediator=cast.amina_mediator, source="coop", starts_on=TODAY + month)
    DeclaredSource.objects.create(
        mediator=cast.amina_mediator, source="coop", starts_on=TODAY + month + dt.timedelta(days=1)
    )
    endless = DeclaredSource(mediator=cast.amina_mediator, source="here", starts_on=TODAY + 10 * month)
    with pytest.raises(ValidationError, match="déjà un outil"):
        endless.full_clean()
    with pytest.raises(IntegrityError):
        endless.save()


def test_every_rule_is_in_the_catalogue_after_all_migrations():
    """A trigger made outside the schema disappears when SQLite rebuilds the table; ours are all still there."""
    expected = {"engagement_no_overlap", "declared_source_no_overlap", "reservation_no_overlap"}
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SELECT conname FROM pg_constraint WHERE contype = 'x'")
        else:
            cursor.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'")
            expected = {f"{name}_{event}" for name in expected for event in ("insert", "update")}
        assert {row[0] for row in cursor.fetchall()} == expected


@pytest.mark.django_db(transaction=True)
def test_survives_a_rebuild_of_the_table(cast, taken):
    """SQLite rebuilds a table to alter a column, and drops its triggers with the old one: ours come back."""
    old = Engagement._meta.get_field("kind")
    new = models.CharField(max_length=20)
    new.set_attributes_from_name("kind")
    new.model = Engagement
    with connection.schema_editor() as editor:
        editor.alter_field(Engagement, old, new)
    try:
        with pytest.raises(IntegrityError, match="engagement_no_overlap"):
            another(cast, at(10, 15), at(10, 45)).save()
    finally:
        with connection.schema_editor() as editor:
            editor.alter_field(Engagement, new, old)
