"""The demonstration as somebody at a terminal sees it: it starts quickly, and stops whole."""

import http.client
import os
import re
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import pytest
from django.conf import settings

from mediation.demo.city.accounts import ACCOUNTS, PASSWORD

pytestmark = pytest.mark.race  # many processes, and waiting times that are part of what is asserted

HOST = "127.0.0.1"
# A database as the command leaves it, without the minute that the whole city takes.
PREPARE = """
import django; django.setup()
from django.core.management import call_command
from django.utils import timezone
from mediation.demo.kiosk import COLLEAGUE
from mediation.demo.models import DemoLoad
from tests.cast import make_cast
call_command("migrate", verbosity=0)
make_cast().amina.__class__.objects.filter(first_name="Amina").update(email=COLLEAGUE)
now = timezone.now()
DemoLoad.objects.create(seed=1, today=timezone.localdate(), started_at=now, finished_at=now)
"""


@pytest.fixture(scope="module")
def environment(tmp_path_factory) -> dict[str, str]:
    """The environment of a demonstration that was loaded already, whatever engine the other tests use."""
    folder = tmp_path_factory.mktemp("demonstration")
    environment = os.environ | {
        "DATABASE_URL": f"sqlite:///{folder / 'demo.sqlite3'}",
        "MESSAGES_LOG": str(folder / "messages.log"),
        "DJANGO_SETTINGS_MODULE": "mediation.settings",
        "PYTHONUNBUFFERED": "1",
    }
    # People's machines keep what Python has compiled; one that is told not to compiles a thousand files at each start.
    environment.pop("PYTHONDONTWRITEBYTECODE", None)
    subprocess.run([sys.executable, "-c", PREPARE], cwd=settings.BASE_DIR, env=environment, check=True)
    return environment


@pytest.fixture
def port() -> int:
    """A port at which nobody answers."""
    with socket.create_server((HOST, 0)) as server:
        return server.getsockname()[1]


@pytest.fixture
def terminal() -> Iterator[None]:
    """Start processes as a terminal does: under nohup they would inherit that a lost line is nothing to them."""
    inherited = signal.signal(signal.SIGHUP, signal.SIG_DFL)
    yield
    signal.signal(signal.SIGHUP, inherited)


@pytest.fixture
def start(environment, port, terminal) -> Iterator[Callable[[], subprocess.Popen]]:
    """Return a function that starts the demonstration, as ``PORT=… make demo`` does."""
    started = []

    def _start() -> subprocess.Popen:
        process = subprocess.Popen(
            [sys.executable, "manage.py", "demo"],
            cwd=settings.BASE_DIR,
            env=environment | {"PORT": str(port)},
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )
        started.append(process)
        return process

    yield _start
    for process in started:
        process.terminate()
        process.communicate(timeout=30)


def read_until(process: subprocess.Popen, words: str) -> str:
    """Return what was said up to the line that has ``words``."""
    said = ""
    for line in process.stdout:
        said += line
        if words in line:
            return said
    pytest.fail(f"It ended without saying “{words}”:\n{said}")


def status(port: int, path: str) -> int:
    """Return what a browser is answered."""
    with closing(http.client.HTTPConnection(HOST, port, timeout=10)) as page:
        page.request("GET", path)
        return page.getresponse().status


def children(pid: int) -> list[int]:
    """Return the processes that a process started itself."""
    return [int(child) for child in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]


def family(process: subprocess.Popen) -> list[int]:
    """Return the web server with its own process, and the worker."""
    mine = children(process.pid)
    return mine + [pid for child in mine for pid in children(child)]


def is_running(pid: int) -> bool:
    stat = Path(f"/proc/{pid}/stat")
    return stat.exists() and stat.read_text().rpartition(")")[2].split()[0] != "Z"


def test_a_second_start_takes_under_five_seconds_and_says_where_to_go(start, port):
    first = start()
    read_until(first, "Ctrl-C")
    first.terminate()
    first.wait(timeout=30)
    begun = time.monotonic()
    said = read_until(start(), "Ctrl-C")
    assert time.monotonic() - begun < 5
    for text in [PASSWORD, *(account.email for account in ACCOUNTS)]:
        assert text in said
    addresses = re.findall(rf"http://{HOST}:{port}(/\S*)", said)
    assert len(addresses) == 3
    assert {status(port, address) for address in addresses} <= {200, 302}
    assert re.search(r"code \d\d \d\d \d\d \d\d", said)


@pytest.mark.parametrize(
    "number",
    [signal.SIGTERM, *(pytest.param(one, marks=pytest.mark.thorough) for one in (signal.SIGINT, signal.SIGHUP))],
    ids=lambda number: number.name,
)
def test_whatever_stops_it_stops_everything(start, port, number):
    process = start()
    read_until(process, "Ctrl-C")
    pids = family(process)
    assert len(pids) == 3
    process.send_signal(number)
    said, _errors = process.communicate(timeout=15)
    assert process.returncode == 0
    assert "Traceback" not in said
    assert not [pid for pid in pids if is_running(pid)]
    with pytest.raises(ConnectionRefusedError):
        status(port, "/")


@pytest.mark.thorough
def test_when_one_process_dies_the_other_does_not_stay_behind(start, port):
    process = start()
    read_until(process, "Ctrl-C")
    pids = family(process)
    worker = next(pid for pid in children(process.pid) if not children(pid))
    os.kill(worker, signal.SIGKILL)
    said, _errors = process.communicate(timeout=15)
    assert process.returncode == 1
    assert "« worker »" in said
    assert not [pid for pid in pids if is_running(pid)]


@pytest.mark.thorough
def test_even_a_parent_that_is_killed_leaves_nobody_behind(start):
    process = start()
    read_until(process, "Ctrl-C")
    pids = family(process)
    process.kill()
    deadline = time.monotonic() + 15
    while time.monotonic() < deadline and any(is_running(pid) for pid in pids):
        time.sleep(0.1)
    assert not [pid for pid in pids if is_running(pid)]


@pytest.mark.thorough
def test_a_second_one_at_the_same_port_says_so(start, port):
    read_until(start(), "Ctrl-C")
    second = start()
    said, _errors = second.communicate(timeout=15)
    assert second.returncode == 1
    assert f"PORT={port + 1}" in said
    assert "Traceback" not in said
