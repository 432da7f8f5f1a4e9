"""Jobs for the tests of engines; what they do is written to the file that JOBS_LOG names."""

import os
import time
from pathlib import Path


def note() -> None:
    """Write a line."""
    _write("noted")


def slow() -> None:
    """Begin, take the time that JOBS_SECONDS says, and end."""
    _write("begun")
    time.sleep(float(os.environ["JOBS_SECONDS"]))
    _write("ended")


def broken() -> None:
    """Fail."""
    _write("failed")
    raise RuntimeError("This job fails.")


def _write(word: str) -> None:
    with Path(os.environ["JOBS_LOG"]).open("a") as log:
        log.write(f"{word}\n")
