"""What is asked often is put into words once, and answered each time as Django would."""

import datetime as dt
from threading import Thread

import pytest
from django.db import connection
from django.db.models import Value
from django.db.transaction import TransactionManagementError, atomic

from directory.models import Beneficiary, Engagement, Mediator
from mediation.kernel.questions import asked_often
from tests.cast import at


@pytest.fixture
def built():
    """What was put into words."""
    return []


@pytest.fixture
def people_called(built):
    @asked_often
    def ask(*, names, merged):
        built.append(names)
        people = Beneficiary.objects.filter(first_name__in=names).order_by("first_name")
        return people if merged is None else people.filter(merged_into__isnull=not merged)

    return ask


def test_each_time_it_is_answered_for_what_is_asked_now(cast, people_called, built):
    assert people_called(names=["Lucette"], merged=None) == [cast.lucette]
    assert people_called(names=["Personne"], merged=None) == []
    cast.lucette.first_name = "Personne"
    cast.lucette.save()
    [found] = people_called(names=["Personne"], merged=None)
    assert (found, found.last_name) == (cast.lucette, cast.lucette.last_name)
    assert len(built) == 1


def test_as_many_words_as_there_are_values_and_none_for_no_value(cast, people_called, built):
    assert people_called(names=[], merged=None) == []
    assert people_called(names=["Personne", "Lucette"], merged=None) == [cast.lucette]
    assert people_called(names=["Personne", "Lucette"], merged=False) == [cast.lucette]
    assert people_called(names=["Personne", "Lucette"], merged=True) == []
    assert people_called(merged=True, names=["Lucette", "Personne"]) == []
    assert len(built) == 5


def test_columns_and_rows_that_belong_to_it_come_along(cast, django_assert_num_queries):
    @asked_often
    def times(*, mediator, since):
        rows = Engagement.objects.filter(mediator=mediator, starts_at__gte=since, kind="hold")
        return rows.annotate(about=Value("ici"), asked=since).order_by("starts_at")

    @asked_often
    def mediators(*, uid):
        return Mediator.objects.select_related("organisation").filter(uid=uid)

    early, late = (
        Engagement.objects.create(mediator=cast.amina_mediator, kind="hold", starts_at=at(hour), ends_at=at(hour, 30))
        for hour in (10, 14)
    )
    assert times(mediator=cast.amina_mediator.pk, since=at(9)) == [early, late]
    [found] = times(mediator=cast.amina_mediator.pk, since=at(10) + dt.timedelta(seconds=1))
    assert (found.starts_at, found.about) == (at(14), "ici")
    with django_assert_num_queries(1):
        [mediator] = mediators(uid=cast.amina_mediator.uid)
        assert mediator.organisation.name == cast.amina_mediator.organisation.name


def test_a_value_that_is_written_into_a_text_is_refused(cast):
    @asked_often
    def ask(*, name):
        return Beneficiary.objects.filter(first_name__contains=f"{name}!")

    with pytest.raises(TypeError):
        ask(name="Lucette")


@pytest.mark.django_db(transaction=True)
def test_nothing_is_locked_outside_a_transaction():
    @asked_often
    def lock(*, key):
        return Mediator.objects.select_for_update().filter(pk=key).values_list("pk", flat=True)

    with atomic():
        assert lock(key=1) == []
    with pytest.raises(TransactionManagementError):
        lock(key=1)


@pytest.mark.django_db(transaction=True)
def test_each_thread_asks_through_its_own_connection():
    @asked_often
    def ask(*, name):
        return Beneficiary.objects.filter(first_name=name).values_list("first_name", flat=True)

    def ask_there():
        answers.append(ask(name="Lucette"))
        connection.close()

    answers: list[list[str]] = []
    Beneficiary.objects.create(first_name="Lucette")
    assert ask(name="Lucette") == ["Lucette"]
    there = Thread(target=ask_there)
    there.start()
    there.join()
    assert answers == [["Lucette"]]
