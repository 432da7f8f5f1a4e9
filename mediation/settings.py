"""The only settings file: every choice of a deployment comes from an environment variable listed in README.md."""

from pathlib import Path
from urllib.parse import urlsplit

from csp.constants import NONE, SELF
from django.core.exceptions import ImproperlyConfigured

from mediation.configuration import (
    read_bool,
    read_colour,
    read_database,
    read_email,
    read_hosts,
    read_int,
    read_names,
    read_secret_key,
    read_text,
    read_url,
    require,
)
from mediation.kernel.languages import LANGUAGES, SOURCE  # noqa: F401 - a setting

BASE_DIR = Path(__file__).resolve().parent.parent
VAR_DIR = BASE_DIR / "var"

# --- Where this runs -------------------------------------------------------------------------------------------------

DEBUG = read_bool("DEBUG", default=False)
PUBLIC_URL = read_url("PUBLIC_URL")
IS_DEPLOYED = bool(PUBLIC_URL)
IS_HTTPS = PUBLIC_URL.startswith("https://")
# Without PUBLIC_URL the application answers this machine only, so a key made on the spot is safe enough.
SECRET_KEY = read_secret_key("SECRET_KEY", kept_in=None if IS_DEPLOYED else VAR_DIR / "secret_key")
ALLOWED_HOSTS = [urlsplit(PUBLIC_URL).hostname] if IS_DEPLOYED else ["localhost", "127.0.0.1", "[::1]"]
CSRF_TRUSTED_ORIGINS = [PUBLIC_URL] if IS_DEPLOYED else []
if read_bool("BEHIND_PROXY", default=False):
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    # Attempts to sign in are counted per address: the visitor's, not the proxy's.
    ALLAUTH_TRUSTED_PROXY_COUNT = 1

SECURE_SSL_REDIRECT = SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = IS_HTTPS
SECURE_HSTS_SECONDS = 31_536_000 if IS_HTTPS else 0
# This service speaks for its own host only: a city's domain carries other sites, which may not all be on HTTPS.
SILENCED_SYSTEM_CHECKS = ["security.W005", "security.W021"]
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
SESSION_COOKIE_AGE = 12 * 3600
SESSION_COOKIE_HTTPONLY = True

# --- The network, as residents know it --------------------------------------------------------------------------------

NETWORK_NAME = read_text("NETWORK_NAME", "Toulouse numérique ensemble")
NETWORK_CITY = read_text("NETWORK_CITY", "Toulouse")
NETWORK_INSEE_CODE = read_text("NETWORK_INSEE_CODE", "31555", at_most=5)
NETWORK_PHONE = read_text("NETWORK_PHONE", "05 36 49 00 00", at_most=20)
NETWORK_SENDER = read_text("NETWORK_SENDER", "Toulouse Aide Num", at_most=18)
NETWORK_ADDRESS, NETWORK_HOST = read_text("NETWORK_ADDRESS"), read_text("NETWORK_HOST")  # for the legal notice
NETWORK_RELAY_URL, NETWORK_LOGO_URL = read_text("NETWORK_RELAY_URL"), read_text("NETWORK_LOGO_URL")
NETWORK_COLOUR_ACCENT = read_colour("NETWORK_COLOUR_ACCENT", "#a8412c")
NETWORK_COLOUR_PRIMARY = read_colour("NETWORK_COLOUR_PRIMARY", "#1f5673")

# Appointments to come that residents may hold who book alone, by person and by number; agents book without limit.
BOOKINGS_PER_PERSON = read_int("BOOKINGS_PER_PERSON", 3)
# Working days within which somebody who asks to be called back is called; Sundays and public holidays are none.
CALL_BACK_WORKING_DAYS = read_int("CALL_BACK_WORKING_DAYS", 2)

# --- Maps: tiles are loaded only when somebody asks for the map -------------------------------------------------------

MAP_TILES_URL = read_text("MAP_TILES_URL", "https://tile.openstreetmap.fr/osmfr/{z}/{x}/{y}.png")
MAP_ATTRIBUTION = read_text("MAP_ATTRIBUTION", "© contributeurs OpenStreetMap, OSM France")
MAP_CENTRE = (43.6045, 1.4440)
GEOCODER = read_names("GEOCODER", "", among=("ban",))
GEOCODER_URL = read_url("GEOCODER_URL", "https://data.geopf.fr/geocodage", folder=True)

# --- Applications, floor by floor (see CONTRIBUTING.md) ---------------------------------------------------------------

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "django.forms",
    "django_tables2",
    "django_filters",
    "django_htmx",
    "phonenumber_field",
    "csp",
    "django_tasks",
    "django_tasks_db",
    "mediation.demo",
    "mediation.benchmarks",
    "mediation.channels",
    "mediation.desk",
    "mediation.calendars",
    "reports",
    "workshops",
    "helpdesk",
    "mediation.activity",
    "sites",
    "mediation.messaging",
    "directory",
    "mediation.territory",
    "mediation.privacy",
    "mediation.accounts",
    "mediation.kernel",
    "allauth",
    "allauth.account",
]
# The queue of tasks: in our own tables, or that of procrastinate, whose migrations only PostgreSQL takes.
TASKS_ENGINE = read_names("TASKS_ENGINE", "database", among=("database", "procrastinate"))[0]
if TASKS_ENGINE == "procrastinate":
    # Before the applications that put something into the queue.
    INSTALLED_APPS.insert(0, "procrastinate.contrib.django")

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.middleware.gzip.GZipMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "mediation.kernel.access.AccessMiddleware",
]

ROOT_URLCONF = "mediation.urls"
WSGI_APPLICATION = "mediation.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "mediation.navigation.network",
                "mediation.navigation.menu",
            ],
            "builtins": ["mediation.kernel.templatetags.formats"],
        },
    },
]
FORM_RENDERER = "mediation.kernel.forms.Renderer"
DJANGO_TABLES2_TEMPLATE = "ui/table.html"

# --- Data -------------------------------------------------------------------------------------------------------------

DATABASES = {"default": read_database("DATABASE_URL", f"sqlite:///{VAR_DIR / 'mediation.sqlite3'}")}
if DATABASES["default"]["ENGINE"] == "django.db.backends.sqlite3":
    VAR_DIR.mkdir(exist_ok=True)
    # IMMEDIATE: a writer waits its turn instead of failing with "database is locked" half-way.
    DATABASES["default"]["OPTIONS"] = {
        "timeout": 20,
        "transaction_mode": "IMMEDIATE",
        "init_command": "PRAGMA journal_mode=WAL;PRAGMA synchronous=NORMAL;PRAGMA foreign_keys=ON;",
    }
    # File-based also under test: an in-memory database cannot be shared by the processes of the race tests.
    DATABASES["default"]["TEST"] = {"NAME": f"{DATABASES['default']['NAME']}.test"}
else:
    DATABASES["default"].update(CONN_MAX_AGE=60, CONN_HEALTH_CHECKS=True)
TASKS = {
    "default": {
        "BACKEND": {
            "database": "django_tasks_db.DatabaseBackend",
            "procrastinate": "mediation.kernel.engines.procrastinate.Backend",
        }[TASKS_ENGINE]
    }
}
if TASKS_ENGINE == "procrastinate" and DATABASES["default"]["ENGINE"] != "django.db.backends.postgresql":
    raise ImproperlyConfigured("TASKS_ENGINE=procrastinate needs PostgreSQL: set DATABASE_URL.")
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
# In the database, so that limits against guessing hold across processes; a table made by a migration of the kernel.
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "cache",
        # Enough that nobody can push the counters out by filling the table.
        "OPTIONS": {"MAX_ENTRIES": 100_000},
    }
}

# --- Sign-in ----------------------------------------------------------------------------------------------------------

AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "desk:start"
LOGOUT_REDIRECT_URL = "account_login"
ACCOUNT_ADAPTER = "mediation.accounts.adapter.AccountAdapter"
ACCOUNT_FORMS = {
    "login": "mediation.accounts.forms.SignInForm",
    "reset_password": "mediation.accounts.forms.ForgottenPasswordForm",
}
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_LOGOUT_ON_GET = False

# --- Language and time ------------------------------------------------------------------------------------------------

LANGUAGE_CODE = SOURCE
LOCALE_PATHS = [BASE_DIR / "locale"]
TIME_ZONE = "Europe/Paris"
USE_TZ = True
PHONENUMBER_DEFAULT_REGION = "FR"

# --- Static files -----------------------------------------------------------------------------------------------------

STATIC_URL = "/static/"
# A deployment collects and compresses its files once; a demonstration serves them from where they lie.
STATIC_ROOT = BASE_DIR / "staticfiles" if IS_DEPLOYED else None
WHITENOISE_USE_FINDERS = not IS_DEPLOYED
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"
        if IS_DEPLOYED
        else "django.contrib.staticfiles.storage.StaticFilesStorage"
    },
}

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "img-src": [SELF, "data:", f"https://{urlsplit(MAP_TILES_URL.replace('{s}', '*')).netloc}"],
        "object-src": [NONE],
        "base-uri": [NONE],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
    }
}

# --- Messages and e-mail ----------------------------------------------------------------------------------------------

vars().update(read_email("EMAIL_URL", f"filemail:///{VAR_DIR / 'emails'}"))
DEFAULT_FROM_EMAIL = SERVER_EMAIL = read_text("DEFAULT_FROM_EMAIL", "ne-pas-repondre@localhost")
MESSAGES_LOG = Path(read_text("MESSAGES_LOG", str(VAR_DIR / "messages.log")))
WORKER_INTERVAL_SECONDS = read_int("WORKER_INTERVAL_SECONDS", 5)
# How text messages go out, the first that works: file, twilio, callr. Where nobody calls by machine, agents call.
SMS_GATEWAYS = read_names("SMS_GATEWAYS", "file", among=("file", "twilio", "callr"))
VOICE_GATEWAYS = read_names("VOICE_GATEWAYS", "", among=("file", "twilio"))
# A number, which people can answer, or at most eleven letters, which they cannot.
SMS_FROM = read_text("SMS_FROM", "", at_most=16)
TWILIO_ACCOUNT_SID, TWILIO_AUTH_TOKEN = read_text("TWILIO_ACCOUNT_SID"), read_text("TWILIO_AUTH_TOKEN")
TWILIO_VOICE_FROM, TWILIO_BASE_URL = read_text("TWILIO_VOICE_FROM", at_most=16), read_url("TWILIO_BASE_URL")
VOICE_DESK_NUMBER, VOICE_RECORDINGS_DIR = read_text("VOICE_DESK_NUMBER"), read_text("VOICE_RECORDINGS_DIR")
CALLR_LOGIN, CALLR_PASSWORD = read_text("CALLR_LOGIN"), read_text("CALLR_PASSWORD")
CALLR_WEBHOOK_SECRET = read_text("CALLR_WEBHOOK_SECRET")
CALLR_BASE_URL = read_url("CALLR_BASE_URL", "https://api.callr.com")
# A gateway that is named has its account, and an address at which its operator calls back.
require(vars(), "SMS_GATEWAYS", "twilio", "TWILIO_ACCOUNT_SID TWILIO_AUTH_TOKEN SMS_FROM PUBLIC_URL")
require(vars(), "VOICE_GATEWAYS", "twilio", "TWILIO_ACCOUNT_SID TWILIO_AUTH_TOKEN TWILIO_VOICE_FROM PUBLIC_URL")
require(vars(), "SMS_GATEWAYS", "callr", "CALLR_LOGIN CALLR_PASSWORD CALLR_WEBHOOK_SECRET PUBLIC_URL")
GATEWAY_TIMEOUT_SECONDS = read_int("GATEWAY_TIMEOUT_SECONDS", 10)
# For each worker: what operators take, and how many calls go on at once. For one number: what it may get in a day.
MESSAGES_PER_SECOND = read_int("MESSAGES_PER_SECOND", 10)
SENDERS_PER_WORKER = read_int("SENDERS_PER_WORKER", 16)
MESSAGES_PER_NUMBER_AND_DAY = read_int("MESSAGES_PER_NUMBER_AND_DAY", 8)
SMS_PARTS_PER_DAY = read_int("SMS_PARTS_PER_DAY", 5000)  # 0: as many as there are
SMS_PARTS_TO_STRANGERS_PER_DAY = read_int("SMS_PARTS_TO_STRANGERS_PER_DAY", 300)
# How long a worker that died keeps what it had claimed, and when to look for what nobody knows about.
MESSAGE_LEASE_SECONDS = read_int("MESSAGE_LEASE_SECONDS", 300)
MESSAGE_GIVEN_UP_SECONDS = read_int("MESSAGE_GIVEN_UP_SECONDS", 600)

# --- Calendars kept elsewhere -----------------------------------------------------------------------------------------

# What a mediator types is fetched from the public internet by HTTPS; these hosts also from an intranet, or without it.
EXTERNAL_CALENDAR_HOSTS = read_hosts("EXTERNAL_CALENDAR_HOSTS")

DEFAULT_EXCEPTION_REPORTER_FILTER = "mediation.kernel.logs.HideWhatWasTyped"
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    # The address of a calendar is its secret: Django would write it down wherever it answers "not found".
    "filters": {"secrets": {"()": "mediation.kernel.logs.HideSecrets", "pattern": r"/calendriers/([^\s/]+)"}},
    "loggers": {
        "django.request": {"filters": ["secrets"]},
        "twilio": {"level": "WARNING"},  # it would write down people's numbers
    },
    "handlers": {"console": {"class": "logging.StreamHandler"}},
    "root": {"handlers": ["console"], "level": read_text("LOG_LEVEL", "WARNING").upper()},
}
