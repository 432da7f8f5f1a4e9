"""``manage.py demo``: loads once, keeps what is there, and never touches a database in which somebody works."""

import datetime as dt
from collections.abc import Callable
from io import StringIO
from pathlib import Path

import pytest
import time_machine
from django.core.management import CommandError, call_command

from directory.enums import OrganisationKind, Side
from directory.models import Organisation
from mediation.demo.models import DemoLoad
from mediation.messaging.services import beat, rest
from tests.cast import NOW, TODAY, make_cast

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("now")]


def found(name: str, *, is_fictional: bool = True) -> Organisation:
    """Write one organisation."""
    return Organisation.objects.create(
        name=name, kind=OrganisationKind.ASSOCIATION, side=Side.PARTNER, is_fictional=is_fictional
    )


class City:
    """A city of one organisation in the place of the real one; it remembers how it was asked for."""

    def __init__(self) -> None:
        self.asked: list[tuple[int, dt.date]] = []
        self.before_the_end: Callable[[], None] = lambda: None

    def load(self, *, seed, today, progress) -> None:
        self.asked.append((seed, today))
        for name in progress("structures", ["Les Passeurs"]):
            found(name)
        self.before_the_end()


@pytest.fixture
def city(monkeypatch) -> City:
    city = City()
    monkeypatch.setattr("mediation.demo.services.load_city", city.load)
    return city


@pytest.fixture(autouse=True)
def sent(settings, tmp_path) -> Path:
    """Where messages are written."""
    settings.MESSAGES_LOG, settings.EMAIL_FILE_PATH = tmp_path / "messages.log", tmp_path / "emails"
    return tmp_path


def demo(*options: str) -> str:
    """Load without serving, and return what was said."""
    out = StringIO()
    call_command("demo", "--no-serve", *options, stdout=out)
    return out.getvalue()


def names() -> list[str]:
    return list(Organisation.objects.values_list("name", flat=True))


class TestLoading:
    def test_the_city_is_today_s(self, city):
        assert "Ville chargée" in demo()
        assert [today for _seed, today in city.asked] == [TODAY]
        assert DemoLoad.objects.get().finished_at == NOW

    def test_another_seed_and_another_day(self, city):
        demo("--seed=7", "--today=2027-03-01")
        assert city.asked == [(7, dt.date(2027, 3, 1))]
        load = DemoLoad.objects.get()
        assert (load.seed, load.today) == city.asked[0]

    def test_a_second_time_keeps_what_people_did(self, city):
        demo()
        found("Association du quartier", is_fictional=False)
        assert "déjà là : rien n’a changé" in demo()
        assert len(city.asked) == 1
        assert names() == ["Association du quartier", "Les Passeurs"]

    @pytest.mark.parametrize("option", ["--seed=8", "--today=2026-11-01"])
    def test_who_asks_for_another_city_is_told_that_one_is_there(self, city, option):
        demo("--seed=7")
        assert "--reset" in demo(option)
        assert len(city.asked) == 1

    def test_the_same_seed_and_day_asked_again_are_no_news(self, city):
        demo("--seed=7")
        assert "--reset" not in demo("--seed=7", f"--today={TODAY}")


class TestInterruption:
    def test_what_was_begun_is_taken_back_and_done_again(self, city):
        def ctrl_c() -> None:
            raise KeyboardInterrupt

        city.before_the_end = ctrl_c
        with pytest.raises(CommandError, match="interrompu") as interrupted:
            demo()
        assert interrupted.value.returncode == 130
        assert names() == []
        city.before_the_end = lambda: None
        demo()
        assert names() == ["Les Passeurs"]
        assert DemoLoad.objects.get().finished_at

    def test_a_failure_is_not_taken_for_a_city(self, city):
        city.before_the_end = lambda: 1 // 0
        with pytest.raises(ZeroDivisionError):
            demo()
        assert DemoLoad.objects.get().finished_at is None
        city.before_the_end = lambda: None
        assert "Ville chargée" in demo()


class TestRefusal:
    def test_a_deployed_service_has_no_demonstration(self, city, settings):
        settings.IS_DEPLOYED = True
        with pytest.raises(CommandError, match="PUBLIC_URL"):
            demo()
        assert not city.asked

    @pytest.mark.parametrize("options", [[], ["--reset"]], ids=["load", "reset"])
    def test_a_database_where_people_work_is_left_alone(self, city, options):
        make_cast()
        before = names()
        with pytest.raises(CommandError, match="DATABASE_URL"):
            demo(*options)
        assert names() == before
        assert not city.asked

    def test_a_reset_spares_a_demonstration_in_which_somebody_began_to_work(self, city):
        demo()
        found("Vraie association", is_fictional=False)
        with pytest.raises(CommandError, match="Vraie association"):
            demo("--reset")
        assert names() == ["Les Passeurs", "Vraie association"]


class TestReset:
    def test_the_city_is_loaded_afresh(self, city):
        demo("--seed=7")
        found("Ajoutée", is_fictional=True)
        demo("--reset", "--seed=8")
        assert names() == ["Les Passeurs"]
        assert DemoLoad.objects.get().seed == 8

    def test_what_was_sent_goes_with_it(self, city, sent):
        demo()
        mail = sent / "emails" / "1.log"
        mail.parent.mkdir()
        for file in (mail, sent / "messages.log", sent / "worker.log"):
            file.write_text("Bonjour")
        demo("--reset")
        assert not list(sent.iterdir())

    def test_one_that_still_runs_is_not_emptied_under_its_pages(self, city):
        demo()
        beat(name="worker", at=NOW)
        with pytest.raises(CommandError, match="tourne encore"):
            demo("--reset")
        rest(name="worker")
        assert "Ville chargée" in demo("--reset")

    def test_an_empty_database_has_nothing_to_reset(self, city):
        assert "Ville chargée" in demo("--reset")

    def test_it_is_suggested_once_the_city_has_aged(self, city):
        demo()
        with time_machine.travel(NOW + dt.timedelta(days=14)):
            assert "--reset" not in demo()
        with time_machine.travel(NOW + dt.timedelta(days=15)):
            said = demo()
        assert "mardi 1er décembre 2026" in said
        assert "manage.py demo --reset" in said


class TestPort:
    @pytest.mark.parametrize("port", ["80", "99999", "http"])
    def test_a_port_that_cannot_be_is_named(self, city, monkeypatch, port):
        monkeypatch.setenv("PORT", port)
        with pytest.raises(CommandError, match=port):
            demo()

    def test_a_busy_port_is_said_before_anything_is_loaded(self, city, busy_port):
        with pytest.raises(CommandError, match=rf"{busy_port} est déjà pris.*PORT={busy_port + 1}"):
            call_command("demo", f"--port={busy_port}")
        assert not city.asked

    def test_the_environment_s_port_is_taken(self, city, busy_port, monkeypatch):
        monkeypatch.setenv("PORT", str(busy_port))
        with pytest.raises(CommandError, match=str(busy_port)):
            call_command("demo")


def test_a_load_cannot_end_before_it_began():
    load = DemoLoad(seed=1, today=TODAY, started_at=NOW, finished_at=NOW - dt.timedelta(seconds=1))
    with pytest.raises(Exception, match="finir après"):
        load.full_clean()
