"""A malformed or missing value stops the boot and is named; nothing is guessed."""

import os
import stat
import subprocess
import sys
from pathlib import Path

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.core.management import call_command

from mediation import configuration

ROOT = Path(__file__).resolve().parent.parent
NAME = "SOME_VARIABLE"


@pytest.fixture
def given(monkeypatch: pytest.MonkeyPatch):
    """Return a function that sets the variable."""
    return lambda value: monkeypatch.setenv(NAME, value)


def boot(**environ: str) -> subprocess.CompletedProcess:
    """Start Django as a server would, with these variables only."""
    return subprocess.run(
        [sys.executable, "manage.py", "check"],
        cwd=ROOT,
        env={"PATH": os.environ["PATH"], "DATABASE_URL": "sqlite:///:memory:", "SECRET_KEY": "k" * 50} | environ,
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.mark.filterwarnings("ignore:Engine not recognized")
@pytest.mark.parametrize(
    ("read", "value"),
    [
        (lambda: configuration.read_bool(NAME, default=False), "peut-être"),
        (lambda: configuration.read_int(NAME, 5), "cinq"),
        (lambda: configuration.read_text(NAME, at_most=3), "long"),
        (lambda: configuration.read_url(NAME), "aide.example.org"),
        (lambda: configuration.read_url(NAME), "ftp://aide.example.org"),
        (lambda: configuration.read_url(NAME), "https://example.org/aide"),
        (lambda: configuration.read_url(NAME), "https://aide example.org"),
        (lambda: configuration.read_url(NAME, folder=True), "https://example.org/geo codage"),
        (lambda: configuration.read_url(NAME, folder=True), "example.org/geocodage"),
        (lambda: configuration.read_hosts(NAME), "https://agenda.ville"),
        (lambda: configuration.read_hosts(NAME), "agenda.ville,"),
        (lambda: configuration.read_colour(NAME, "#000000"), "rouge"),
        (lambda: configuration.read_colour(NAME, "#000000"), "#12345"),
        (lambda: configuration.read_database(NAME, "sqlite:///x"), "n’importe quoi"),
        (lambda: configuration.read_database(NAME, "sqlite:///x"), "postgres://localhost"),
        (lambda: configuration.read_database(NAME, "sqlite:///x"), "mysql://localhost/aide"),
        (lambda: configuration.read_email(NAME, "consolemail://"), "smtp.example.org"),
        (lambda: configuration.read_email(NAME, "consolemail://"), "pigeon://example.org"),
    ],
)
def test_a_malformed_value_is_refused_by_name(given, read, value):
    given(value)
    with pytest.raises(ImproperlyConfigured, match=NAME):
        read()


@pytest.mark.parametrize("value", ["", "   "])
def test_an_empty_value_is_an_absent_one(given, value):
    given(value)
    assert configuration.read_int(NAME, 5) == 5
    assert configuration.read_bool(NAME, default=True) is True
    assert configuration.read_text(NAME, "par défaut") == "par défaut"


@pytest.mark.parametrize(
    ("value", "expected"), [("oui", True), ("1", True), ("TRUE", True), ("non", False), ("0", False)]
)
def test_yes_and_no_are_said_in_several_ways(given, value, expected):
    given(value)
    assert configuration.read_bool(NAME, default=not expected) is expected


def test_an_address_loses_its_closing_slash(given):
    given("https://aide.example.org/")
    assert configuration.read_url(NAME) == "https://aide.example.org"


@pytest.mark.parametrize("value", ["https://data.geopf.fr/geocodage/", "https://data.geopf.fr/geocodage"])
def test_an_address_has_a_folder_where_it_may(given, value):
    given(value)
    assert configuration.read_url(NAME, folder=True) == "https://data.geopf.fr/geocodage"


def test_hosts_stand_between_commas(given):
    given("Agenda.ville, 127.0.0.1")
    assert configuration.read_hosts(NAME) == {"agenda.ville", "127.0.0.1"}


def test_a_database_address_becomes_settings(given):
    given("postgres://mediation:secret@127.0.0.1:5433/aide")
    database = configuration.read_database(NAME, "sqlite:///x")
    assert database["ENGINE"] == "django.db.backends.postgresql"
    assert (database["NAME"], database["USER"], database["PASSWORD"]) == ("aide", "mediation", "secret")
    assert (database["HOST"], database["PORT"]) == ("127.0.0.1", 5433)


def test_a_mail_address_becomes_settings(given):
    given("smtp+tls://aide:secret@smtp.example.org:587")
    email = configuration.read_email(NAME, "consolemail://")
    assert (email["EMAIL_HOST"], email["EMAIL_PORT"], email["EMAIL_USE_TLS"]) == ("smtp.example.org", 587, True)


def test_a_key_made_on_the_spot_is_kept_and_private(monkeypatch, tmp_path):
    monkeypatch.delenv(NAME, raising=False)
    kept_in = tmp_path / "var" / "secret_key"
    first = configuration.read_secret_key(NAME, kept_in=kept_in)
    assert len(first) >= 50
    assert configuration.read_secret_key(NAME, kept_in=kept_in) == first
    assert stat.S_IMODE(kept_in.stat().st_mode) == 0o600


def test_a_deployment_never_makes_its_own_key(monkeypatch):
    monkeypatch.delenv(NAME, raising=False)
    with pytest.raises(ImproperlyConfigured, match=NAME):
        configuration.read_secret_key(NAME, kept_in=None)


@pytest.mark.parametrize(
    ("environ", "name"),
    [
        ({"PUBLIC_URL": "https://aide.example.org", "SECRET_KEY": ""}, "SECRET_KEY"),
        ({"PUBLIC_URL": "aide.example.org"}, "PUBLIC_URL"),
        ({"DEBUG": "peut-être"}, "DEBUG"),
        ({"DATABASE_URL": "mediation.sqlite3"}, "DATABASE_URL"),
    ],
)
def test_the_boot_stops_and_names_the_variable(environ, name):
    result = boot(**environ)
    assert result.returncode != 0
    last_line = result.stderr.strip().splitlines()[-1]
    assert name in last_line


def test_the_boot_succeeds_with_sound_values():
    result = boot(PUBLIC_URL="https://aide.example.org", BEHIND_PROXY="oui", EMAIL_URL="smtp://localhost:25")
    assert result.returncode == 0, result.stderr


@pytest.mark.parametrize("behind_proxy", ["oui", "non"])
def test_sign_in_attempts_are_counted_per_visitor(behind_proxy):
    """Behind a proxy every request comes from one address: the visitor's is in a header, trusted only there."""
    code = (
        "import django; django.setup()\n"
        "from allauth.account.adapter import get_adapter\n"
        "from django.test import RequestFactory\n"
        "request = RequestFactory().get('/', REMOTE_ADDR='127.0.0.1', HTTP_X_FORWARDED_FOR='192.0.2.7')\n"
        "print(get_adapter().get_client_ip(request))\n"
    )
    environ = {"PUBLIC_URL": "https://aide.example.org", "SECRET_KEY": "k" * 50, "BEHIND_PROXY": behind_proxy}
    environ |= {"DJANGO_SETTINGS_MODULE": "mediation.settings", "DATABASE_URL": "sqlite:///:memory:"}
    result = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, env=environ, capture_output=True, text=True, check=True
    )
    assert result.stdout.strip() == ("192.0.2.7" if behind_proxy == "oui" else "127.0.0.1")


@pytest.mark.parametrize(
    ("tiles", "host"),
    [
        ("https://data.geopf.fr/wmts?LAYER=PLAN&TILEMATRIX={z}&TILEROW={y}&TILECOL={x}", "https://data.geopf.fr"),
        ("https://{s}.tuiles.example.org:8443/{z}/{x}/{y}.png", "https://*.tuiles.example.org:8443"),
    ],
)
def test_pages_may_show_the_tiles_of_this_map_and_nothing_else_from_outside(tiles, host):
    code = (
        "import django; django.setup()\n"
        "from django.test import Client\n"
        "print(Client().get('/accessibilite/', headers={'host': 'localhost'})['Content-Security-Policy'])\n"
    )
    environ = {"SECRET_KEY": "k" * 50, "MAP_TILES_URL": tiles}
    environ |= {"DJANGO_SETTINGS_MODULE": "mediation.settings", "DATABASE_URL": "sqlite:///:memory:"}
    result = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, env=environ, capture_output=True, text=True, check=True
    )
    policy = dict(rule.strip().partition(" ")[::2] for rule in result.stdout.split(";"))
    assert policy["img-src"] == f"'self' data: {host}"
    assert policy["default-src"] == "'self'"
    assert "http" not in " ".join(sources for rule, sources in policy.items() if rule != "img-src")


@pytest.mark.thorough
def test_a_deployment_can_collect_its_static_files(settings, tmp_path):
    """Every file that a style sheet names exists: a missing one would stop the installation."""
    settings.STATIC_ROOT = tmp_path
    settings.STORAGES = settings.STORAGES | {
        "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"}
    }
    call_command("collectstatic", interactive=False, verbosity=0)
    assert (tmp_path / "staticfiles.json").exists()


@pytest.mark.parametrize(
    ("asked", "missing"),
    [
        ({"SMS_GATEWAYS": "twilio"}, "TWILIO_ACCOUNT_SID, TWILIO_AUTH_TOKEN, SMS_FROM"),
        ({"SMS_GATEWAYS": "callr,file"}, "CALLR_LOGIN, CALLR_PASSWORD, CALLR_WEBHOOK_SECRET"),
        ({"VOICE_GATEWAYS": "twilio"}, "TWILIO_ACCOUNT_SID, TWILIO_AUTH_TOKEN, TWILIO_VOICE_FROM"),
    ],
)
def test_an_operator_without_its_settings_stops_the_boot(asked, missing):
    ended = boot(**asked, PUBLIC_URL="https://aide.example.org")
    assert ended.returncode != 0
    assert f"{missing} is missing: it must be set where {next(iter(asked))} names" in ended.stderr


def test_an_operator_cannot_call_back_a_service_without_public_address():
    ended = boot(SMS_GATEWAYS="twilio", TWILIO_ACCOUNT_SID="AC0", TWILIO_AUTH_TOKEN="t", SMS_FROM="Mairie")
    assert "PUBLIC_URL is missing: it must be set where SMS_GATEWAYS names twilio." in ended.stderr
