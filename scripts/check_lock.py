"""Refuse a lock that names any host but PyPI's: a city must be able to install from it."""

import re
import sys
from pathlib import Path
from urllib.parse import urlsplit

ROOT = Path(__file__).resolve().parent.parent
PYPI = {"pypi.org", "files.pythonhosted.org"}


def foreign_hosts(lock: str) -> list[str]:
    """Return the hosts of the lock's addresses that are not PyPI's, and of what is not fetched by https."""
    addresses = re.findall(r'"([a-z+]+://[^"]*)"', lock)
    return sorted({a for a in addresses if urlsplit(a).scheme != "https" or urlsplit(a).hostname not in PYPI})


if __name__ == "__main__":
    found = foreign_hosts((ROOT / "uv.lock").read_text())
    for address in found[:10]:
        print(f"uv.lock: {address} is not on {' or '.join(sorted(PYPI))}")
    sys.exit(bool(found))
