"""Other people's browser files, kept in this repository so that a city needs no network and trusts no third party.

``static/vendor/assets.lock.json`` says, for each npm package, its version, its licence and the files taken from it,
each with the hash of what lies on disk. What tests alone bring into a page has a folder and a lock of its own.
"""

import hashlib
import json
import re
import subprocess
import tarfile
import tempfile
from dataclasses import dataclass
from pathlib import Path

VENDOR_DIR = Path(__file__).resolve().parent / "static" / "vendor"
LOCK_NAME = "assets.lock.json"
LOCK_PATH = VENDOR_DIR / LOCK_NAME
# The maps are not vendored: a reference to a missing file would stop collectstatic.
SOURCE_MAP = re.compile(rb"\s*(?:/\*#\s*sourceMappingURL=.*?\*/|//#\s*sourceMappingURL=[^\n]*)\s*")
TEXT_SUFFIXES = {".css", ".js"}


@dataclass(frozen=True)
class Asset:
    """One file: where it lies in its package, where it lies here, and the hash it must have."""

    source: str
    target: str
    sha256: str


@dataclass(frozen=True)
class Package:
    """One npm package at one version."""

    name: str
    version: str
    licence: str
    assets: tuple[Asset, ...]


def read_lock(path: Path = LOCK_PATH) -> list[Package]:
    """Return the packages that the lock names."""
    entries = json.loads(path.read_text(encoding="utf-8"))["packages"]
    return [Package(assets=tuple(Asset(**asset) for asset in entry.pop("assets")), **entry) for entry in entries]


def find_faults(packages: list[Package], folder: Path = VENDOR_DIR) -> list[str]:
    """Return one sentence for each file that is missing, altered, or not in the lock."""
    expected = {asset.target: asset.sha256 for package in packages for asset in package.assets}
    present = {str(path.relative_to(folder)) for path in folder.rglob("*") if path.is_file() and path.name != LOCK_NAME}
    missing = [f"{target}: missing" for target in expected.keys() - present]
    unknown = [f"{target}: not in the lock" for target in present - expected.keys()]
    altered = [
        f"{target}: altered" for target in expected.keys() & present if _digest(folder / target) != expected[target]
    ]
    return sorted(missing + unknown + altered)


def refresh(package: Package, folder: Path = VENDOR_DIR) -> Package:
    """Fetch the package at its locked version, lay its files, and return it with their new hashes."""
    with tempfile.TemporaryDirectory() as scratch:
        archive = _fetch(package, Path(scratch))
        with tarfile.open(archive) as files:
            assets = tuple(_lay(files, asset, folder) for asset in package.assets)
    return Package(package.name, package.version, package.licence, assets)


def write_lock(packages: list[Package], path: Path = LOCK_PATH) -> None:
    """Write the lock, one readable entry per file."""
    entries = [
        {
            "name": package.name,
            "version": package.version,
            "licence": package.licence,
            "assets": [vars(asset) for asset in package.assets],
        }
        for package in packages
    ]
    path.write_text(json.dumps({"packages": entries}, indent=2) + "\n", encoding="utf-8")


def _fetch(package: Package, scratch: Path) -> Path:
    """Download one package with npm, which checks the registry's own integrity hash."""
    command = ["npm", "pack", f"{package.name}@{package.version}", "--silent"]
    answer = subprocess.run(command, cwd=scratch, check=True, capture_output=True, text=True)
    return scratch / answer.stdout.split()[-1]


def _lay(files: tarfile.TarFile, asset: Asset, folder: Path) -> Asset:
    """Write one file of the archive where the project serves it from."""
    member = files.extractfile(f"package/{asset.source}")
    if member is None:
        raise FileNotFoundError(asset.source)
    content = member.read()
    if Path(asset.target).suffix in TEXT_SUFFIXES:
        content = SOURCE_MAP.sub(b"\n", content).strip() + b"\n"
    target = folder / asset.target
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_bytes(content)
    return Asset(asset.source, asset.target, _digest(target))


def _digest(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()
