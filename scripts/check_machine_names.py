"""Refuse tracked files that name the machine they were written on: its folders, or its package mirrors.

What to look for is read from this machine, so that the script itself names none of it.
"""

import os
import re
import subprocess
import sys
from collections.abc import Iterable
from pathlib import Path
from urllib.parse import urlsplit

ROOT = Path(__file__).resolve().parent.parent
PUBLIC_REGISTRIES = {"pypi.org", "files.pythonhosted.org", "registry.npmjs.org", "deb.debian.org"}
# Folders that hold somebody's own files. A server's folders (/srv, /etc, /run…) are what a guide speaks of.
PERSONAL = [r"(?<![\w.])/(?:home/\w+|Users/\w+|root/)"]
SHARED_PARENTS = {Path("/"), Path("/srv"), Path("/opt"), Path("/tmp"), Path("/home"), Path("/root")}  # noqa: S108
# Other people's text, kept as it came: its hashes are checked elsewhere.
SKIPPED = ("uv.lock", "LICENSE")


def tracked_names(root: Path) -> list[str]:
    """Return the names of the files that git tracks."""
    listing = subprocess.run(["git", "ls-files", "-z"], cwd=root, capture_output=True, text=True, check=True)  # noqa: S607
    return [name for name in listing.stdout.split("\0") if name]


def folders_of(root: Path) -> list[str]:
    """Return patterns for the checkout, its parent and its neighbours."""
    patterns = [re.escape(str(root)) + r"\b"]
    if root.parent not in SHARED_PARENTS:
        patterns.append(r"(?<![\w.:/])" + re.escape(str(root.parent)) + r"\b/")
        # "../fonts" is a style sheet's way to our own folder, even where a neighbour is called so.
        ours = {part for name in tracked_names(root) for part in Path(name).parts}
        neighbours = {path.name for path in root.parent.iterdir() if path.is_dir() and path != root} - ours
        patterns += [r"\.\./" + re.escape(name) + r"\b" for name in sorted(neighbours)]
    return patterns


def mirrors(environ: Iterable[str]) -> list[str]:
    """Return patterns for the hosts of the package mirrors that this machine's environment names."""
    hosts = {urlsplit(value).hostname for value in environ if "://" in value}
    return [re.escape(host) for host in hosts - PUBLIC_REGISTRIES - {None, "localhost", "127.0.0.1", "::1"} if host]


def registry_settings() -> list[str]:
    """Return the values that may name a mirror: environment variables and the clients' own settings."""
    values = [value for name, value in os.environ.items() if re.search(r"INDEX|REGISTRY|PROXY", name.upper())]
    pip = subprocess.run([sys.executable, "-m", "pip", "config", "list"], capture_output=True, text=True, check=False)
    return values + re.findall(r"[a-z]+://[^\s'\"]+", pip.stdout)


def tracked_texts(root: Path) -> Iterable[tuple[str, str]]:
    """Yield the name and the text of each tracked file that is text."""
    for name in tracked_names(root):
        path = root / name
        if name in SKIPPED or "/vendor/" in name or not path.is_file():
            continue
        content = path.read_bytes()
        if b"\0" not in content[:8000]:
            yield name, content.decode(errors="replace")


def findings(root: Path, patterns: list[str]) -> list[str]:
    """Return one line for each place that names this machine."""
    machine = re.compile("|".join(patterns))
    return [
        f"{name}:{number}: names this machine: {found.group()}"
        for name, text in tracked_texts(root)
        for number, line in enumerate(text.splitlines(), start=1)
        if (found := machine.search(line))
    ]


if __name__ == "__main__":
    if not (ROOT / ".git").exists():
        print("Not a git checkout: no tracked file to look at.")
        sys.exit(0)
    found = findings(ROOT, PERSONAL + folders_of(ROOT) + mirrors(registry_settings()))
    print("\n".join(found))
    sys.exit(bool(found))
