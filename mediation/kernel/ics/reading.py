"""Read calendars that others wrote, however they are made: a slow or huge one ends with the process that reads it."""

import datetime as dt
import json
import logging
import subprocess
import sys
from dataclasses import dataclass

from django.conf import settings

from mediation.kernel.ics.writing import UID_DOMAIN

logger = logging.getLogger(__name__)

WALL_SECONDS = 25


@dataclass(frozen=True)
class BusyTime:
    """One stretch of time that is taken. ``key`` is the same at the next reading."""

    key: str
    starts_at: dt.datetime
    ends_at: dt.datetime


@dataclass(frozen=True)
class BusyTimes:
    """What a calendar says, and of how many events nothing could be understood."""

    times: list[BusyTime]
    unreadable: int


class Unreadable(Exception):
    """Nothing can be taken from the file.

    ``code`` says why: web_page, no_calendar, cut_short, broken, endless, too_many or heavy.
    """

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


def read_busy_times(data: bytes, *, start: dt.datetime, end: dt.datetime, at_most: int) -> BusyTimes:
    """Return when somebody is busy between two instants. Raises Unreadable."""
    asked = {
        "start": start.isoformat(),
        "end": end.isoformat(),
        "zone": settings.TIME_ZONE,
        "at_most": at_most,
        "own_domain": UID_DOMAIN,
    }
    try:
        done = subprocess.run(
            [sys.executable, "-m", "mediation.kernel.ics.busy", json.dumps(asked)],
            input=data,
            capture_output=True,
            cwd=settings.BASE_DIR,
            # None of ours: the process knows neither the database nor the keys.
            env={"PYTHONUTF8": "1"},
            timeout=WALL_SECONDS,
            check=True,
        )
    except subprocess.TimeoutExpired:
        raise Unreadable("heavy") from None
    except subprocess.CalledProcessError as error:
        # Its words may quote the file, which is private.
        logger.warning("The reader of calendars ended with code %s", error.returncode)
        raise Unreadable("heavy" if error.returncode < 0 else "broken") from None
    answer = json.loads(done.stdout)
    if "refused" in answer:
        raise Unreadable(answer["refused"])
    times = [BusyTime(key, *map(dt.datetime.fromisoformat, span)) for key, *span in answer["busy"]]
    return BusyTimes(times, answer["unreadable"])
