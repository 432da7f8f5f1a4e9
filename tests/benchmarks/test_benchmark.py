"""What the benchmarks' command says, not how fast anything is: no time is asserted here."""

import json

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError
from django.db import connection

from mediation.benchmarks.figures import Figure, against, milliseconds
from mediation.benchmarks.management.commands import benchmark


@pytest.mark.parametrize(
    ("bounds", "met"),
    [
        ({}, True),
        ({"at_most": 6}, True),
        ({"at_most": 5}, True),
        ({"at_most": 4.9}, False),
        ({"at_least": 5}, True),
        ({"at_least": 5.1}, False),
        ({"at_least": 1, "at_most": 4}, False),
    ],
)
def test_a_figure_is_met_within_its_bounds(bounds, met):
    assert Figure("figure", 5, **bounds).is_met is met


def test_a_ratio_says_both_times():
    figure = against("search", 30, 10, at_most=6)
    assert (figure.value, figure.beside, figure.target) == (3, "30.0 ms, limit 10.0 ms", "at most 6")


def test_functions_take_turns():
    calls = []
    milliseconds(lambda: calls.append("a"), lambda: calls.append("b"), runs=2)
    assert "".join(calls) == "ababab"


@pytest.fixture
def pretended(monkeypatch):
    """One benchmark with two figures, in no database at all."""

    class Nowhere:
        def __enter__(self):
            return "postgres://nowhere/"

        def __exit__(self, *_error):
            return None

    monkeypatch.setattr(benchmark, "throwaway_database", Nowhere)

    def pretend(value):
        monkeypatch.setattr(benchmark, "BENCHMARKS", {"one": lambda _url: [Figure("speed", value, "×", at_most=6)]})

    return pretend


def test_the_command_prints_each_figure_beside_its_target(pretended, capsys):
    pretended(2.5)
    call_command("benchmark", "one")
    out = capsys.readouterr().out
    assert "speed" in out
    assert "2.5 ×" in out
    assert "at most 6: met" in out


def test_a_missed_target_ends_with_one(pretended, capsys):
    pretended(7)
    with pytest.raises(SystemExit) as ended:
        call_command("benchmark", "--json")
    assert ended.value.code == 1
    assert json.loads(capsys.readouterr().out)["one"][0]["is_met"] is False


def test_an_unknown_name_is_refused_in_words(pretended):
    pretended(1)
    with pytest.raises(CommandError, match="one"):
        call_command("benchmark", "two")


@pytest.mark.skipif(connection.vendor == "postgresql", reason="says something of other engines")
def test_it_needs_postgresql(capsys):
    with pytest.raises(CommandError, match="PostgreSQL"):
        call_command("benchmark", "slots")
