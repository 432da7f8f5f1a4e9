"""Servers that a whole run shares: starting one takes longer than most races."""

from collections.abc import Iterator

import pytest

from tests.concurrency.harness import WORKERS, serve

# More processes than cores, so that the database, not luck, decides who is first.
MANY_WORKERS = 12


@pytest.fixture(scope="session")
def _few_workers(django_db_setup: None) -> Iterator[int]:
    with serve() as port:
        yield port


@pytest.fixture(scope="session")
def _many_workers(django_db_setup: None) -> Iterator[int]:
    with serve(workers=MANY_WORKERS) as port:
        yield port


@pytest.fixture
def port(_few_workers: int) -> int:
    """The port of a server with two workers."""
    return _few_workers


@pytest.fixture(params=[WORKERS, pytest.param(MANY_WORKERS, marks=pytest.mark.thorough)])
def any_port(request: pytest.FixtureRequest) -> int:
    """The port of a server with two workers, then of one with twelve."""
    return request.getfixturevalue("_few_workers" if request.param == WORKERS else "_many_workers")
