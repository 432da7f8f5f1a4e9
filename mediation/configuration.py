"""Read settings from the environment; a missing or malformed value stops the boot and is named."""

import os
import re
import secrets
from collections.abc import Callable, Collection, Mapping
from pathlib import Path
from typing import Any

import environ
from django.core.exceptions import ImproperlyConfigured

TRUE_WORDS = {"1", "true", "yes", "on", "oui"}
FALSE_WORDS = {"0", "false", "no", "off", "non"}
# No overlap is a constraint written for these two.
DATABASE_ENGINES = {"django.db.backends.sqlite3", "django.db.backends.postgresql"}


def _parsed(name: str, default: Any, parse: Callable[[str], Any], expected: str) -> Any:
    """Return the variable parsed, or the default where it is absent or empty."""
    raw = os.environ.get(name, "").strip()
    if not raw:
        return default
    try:
        return parse(raw)
    except (ValueError, ImproperlyConfigured) as error:
        raise ImproperlyConfigured(f"{name} is malformed: expected {expected}.") from error


def require(settings: Mapping[str, Any], variable: str, name: str, needed: str) -> None:
    """Stop the boot where ``variable`` names something whose own settings are empty: its work would fail in silence."""
    missing = ", ".join(setting for setting in needed.split() if not settings[setting])
    if name in settings[variable] and missing:
        raise ImproperlyConfigured(f"{missing} is missing: it must be set where {variable} names {name}.")


def read_text(name: str, default: str = "", *, at_most: int | None = None) -> str:
    """Return a text, refused when longer than ``at_most`` characters."""

    def parse(raw: str) -> str:
        if at_most is not None and len(raw) > at_most:
            raise ValueError
        return raw

    return _parsed(name, default, parse, f"at most {at_most} characters")


def read_bool(name: str, *, default: bool) -> bool:
    """Return a yes or no; anything that is neither is refused rather than taken for no."""

    def parse(raw: str) -> bool:
        if raw.lower() in TRUE_WORDS:
            return True
        if raw.lower() in FALSE_WORDS:
            return False
        raise ValueError

    return _parsed(name, default, parse, "true or false")


def read_int(name: str, default: int) -> int:
    """Return a whole number."""
    return _parsed(name, default, int, "a whole number")


def read_url(name: str, default: str = "", *, folder: bool = False) -> str:
    """Return an http(s) address without its closing slash.

    It is that of a whole host, as cookies and origins know no folder, unless ``folder`` says that it may have one.
    """
    pattern = r"https?://[\w.-]+(:\d+)?" + (r"(/[\w.~-]+)*" if folder else "") + "/?"

    def parse(raw: str) -> str:
        if not re.fullmatch(pattern, raw):
            raise ValueError
        return raw.rstrip("/")

    return _parsed(name, default, parse, "an address such as https://aide.example.org")


def read_hosts(name: str) -> frozenset[str]:
    """Return names of hosts, one or several between commas; none by default."""

    def parse(raw: str) -> frozenset[str]:
        hosts = frozenset(host.strip().lower() for host in raw.split(","))
        if not all(re.fullmatch(r"[\w.-]+", host) for host in hosts):
            raise ValueError
        return hosts

    return _parsed(name, frozenset(), parse, "names of hosts between commas, such as agenda.intranet.example.org")


def read_names(name: str, default: str, *, among: Collection[str]) -> tuple[str, ...]:
    """Return names in their order, one or several between commas, each one of ``among``."""

    def parse(raw: str) -> tuple[str, ...]:
        names = tuple(part.strip() for part in raw.split(",") if part.strip())
        if not set(names) <= set(among):
            raise ValueError
        return names

    return _parsed(name, parse(default), parse, f"names between commas, of {', '.join(among)}")


def read_colour(name: str, default: str) -> str:
    """Return a colour written #rrggbb."""

    def parse(raw: str) -> str:
        if not re.fullmatch(r"#[0-9a-fA-F]{6}", raw):
            raise ValueError
        return raw.lower()

    return _parsed(name, default, parse, "a colour such as #a8412c")


def read_database(name: str, default: str) -> dict[str, Any]:
    """Return Django's database settings from an address such as postgres://user:password@host/name."""

    def parse(raw: str) -> dict[str, Any]:
        config = environ.Env.db_url_config(raw)
        if config.get("ENGINE") not in DATABASE_ENGINES or not config.get("NAME"):
            raise ValueError
        return config

    return _parsed(name, parse(default), parse, "sqlite:///path or postgres://user:password@host/name")


def read_email(name: str, default: str) -> dict[str, Any]:
    """Return Django's EMAIL_* settings from an address such as smtp+tls://user:password@host:587."""

    def parse(raw: str) -> dict[str, Any]:
        config = environ.Env.email_url_config(raw)
        if not config.get("EMAIL_BACKEND"):
            raise ValueError
        return config

    return _parsed(name, parse(default), parse, "filemail:////folder or smtp+tls://user:password@host:587")


def read_secret_key(name: str, *, kept_in: Path | None) -> str:
    """Return the secret key; on a machine that serves only itself, make one and keep it in ``kept_in``."""
    key = os.environ.get(name, "").strip()
    if key:
        return key
    if kept_in is None:
        raise ImproperlyConfigured(f"{name} is missing: it must be set where PUBLIC_URL is set.")
    if not kept_in.exists():
        kept_in.parent.mkdir(parents=True, exist_ok=True)
        kept_in.touch(mode=0o600)
        kept_in.write_text(secrets.token_urlsafe(50))
    return kept_in.read_text()
