"""Every setting of the system, in one file. What differs between installations comes from the environment.

The names of the environment variables are listed in the README and in .env.example.
"""

from datetime import date
from pathlib import Path

import environ
from csp.constants import NONE, SELF
from django.core.exceptions import ImproperlyConfigured

BASE_DIR = Path(__file__).resolve().parent.parent.parent
env = environ.FileAwareEnv()  # NAME_FILE is read as well as NAME, so that secrets can come as files
environ.FileAwareEnv.read_env(BASE_DIR / ".env")

# --- What kind of installation ------------------------------------------------------------------------------------
DEBUG = env.bool("DEBUG", default=False)
DEMO = env.bool("DEMO", default=False)  # invented people, log-in buttons, mail to a mailbox page
DEMO_DATE = date.fromisoformat(env.str("DEMO_DATE")) if env.str("DEMO_DATE", default="") else None
SECRET_KEY = env.str("SECRET_KEY")
if SECRET_KEY.startswith("example-") and not DEMO:
    raise ImproperlyConfigured("SECRET_KEY er eksemplets. Lav din egen: se .env.example")
ALLOWED_HOSTS = env.list("ALLOWED_HOSTS", default=["localhost", "127.0.0.1", "[::1]"])
CSRF_TRUSTED_ORIGINS = env.list("CSRF_TRUSTED_ORIGINS", default=[])
HTTPS = env.bool("HTTPS", default=not (DEBUG or DEMO))
BASE_URL = env.str("BASE_URL", default="http://localhost:8000")  # written into mails

KOMMUNE_NAVN = env.str("KOMMUNE_NAVN", default="Rødovre Kommune")
KOMMUNE_ADRESSE = env.str("KOMMUNE_ADRESSE", default="Rødovre Parkvej 150, 2610 Rødovre")
TILGAENGELIGHED_URL = env.str("TILGAENGELIGHED_URL", default="https://was.digst.dk/")
PRIVATLIV_URL = env.str("PRIVATLIV_URL", default="")
# Whether people also see by whom, and not only when and why, their own data were looked up.
OPSLAG_VIS_NAVNE = env.bool("OPSLAG_VIS_NAVNE", default=False)

# --- Apps ---------------------------------------------------------------------------------------------------------
INSTALLED_APPS = [
    "elevforloeb.project.apps.ProjectConfig",
    "rekruttering",
    "evaluering",
    "skoleophold",
    "elevforloeb.apps.ElevforloebConfig",
    "afdelinger",
    "elevforloeb.core.apps.CoreConfig",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.postgres",
    "django.contrib.sitemaps",
    "django.forms",
    "django_htmx",
    "template_partials",
    "csp",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.usersessions",
]

MIDDLEWARE = [
    "elevforloeb.core.middleware.RequestIdMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "elevforloeb.core.middleware.HardeningMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "elevforloeb.project.middleware.LogInMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "allauth.usersessions.middleware.UserSessionsMiddleware",
    "elevforloeb.project.middleware.TwoFactorMiddleware",
    "elevforloeb.project.middleware.WrongMethodMiddleware",
]

ROOT_URLCONF = "elevforloeb.project.urls"
WSGI_APPLICATION = "elevforloeb.project.wsgi.application"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "elevforloeb.project.context.frame",
            ],
            "builtins": ["elevforloeb.core.templatetags.ui"],
        },
    }
]
FORM_RENDERER = "elevforloeb.core.forms.FormRenderer"

# --- Database -----------------------------------------------------------------------------------------------------
DATABASES = {"default": env.db_url("DATABASE_URL")}
if DATABASES["default"]["ENGINE"] != "django.db.backends.postgresql":
    raise ImproperlyConfigured("DATABASE_URL skal pege på PostgreSQL (postgresql://…)")
APP_DB_PASSWORD = env.str("APP_DB_PASSWORD", default="")  # read by `manage.py databaseroller` only
LAESER_DB_PASSWORD = env.str("LAESER_DB_PASSWORD", default="")
DATABASES["default"] |= {"CONN_MAX_AGE": env.int("CONN_MAX_AGE", default=60), "CONN_HEALTH_CHECKS": True}
# Limits on log-in and codes that are used up must count in all web workers together, and with Redis gone too.
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "core_cache",
        "OPTIONS": {"MAX_ENTRIES": 100_000},  # fewer, and a flood of attempts would push the limits themselves out
    }
}

# --- People and log-in --------------------------------------------------------------------------------------------
AUTH_USER_MODEL = "afdelinger.Bruger"
AUTHENTICATION_BACKENDS = ["elevforloeb.project.accounts.AccountBackend"]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "forside"
ACCOUNT_ADAPTER = "elevforloeb.project.accounts.AccountAdapter"
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_USER_MODEL_EMAIL_FIELD = "email"
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_EMAIL_VERIFICATION = "none"  # an address is confirmed by the invitation that is sent to it
ACCOUNT_LOGOUT_ON_PASSWORD_CHANGE = True
ACCOUNT_REAUTHENTICATION_TIMEOUT = 900  # seconds
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_SESSION_REMEMBER = True  # SESSION_TIMER decides how long; nobody is asked
ALLAUTH_TRUSTED_PROXY_COUNT = env.int("TRUSTED_PROXY_COUNT", default=0)
MFA_ADAPTER = "elevforloeb.project.accounts.MfaAdapter"
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes"]
MFA_FORMS = {"activate_totp": "elevforloeb.project.forms.ActivateForm"}
MFA_TOTP_ISSUER = "Elevforløb"
MFA_TOTP_TOLERANCE = 1  # also the code before and after this one: a telephone's clock may be half a minute wrong
MFA_ALLOW_UNVERIFIED_EMAIL = True  # otherwise a row of allauth's own stops people from setting up the second factor
INVITATION_DAGE = env.int("INVITATION_DAGE", default=14)  # how long the link of an invitation works
KRAEV_TO_FAKTOR = env.bool("KRAEV_TO_FAKTOR", default=not (DEBUG or DEMO))
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
PASSWORD_HASHERS = ["elevforloeb.core.hashers.TunedArgon2PasswordHasher"]

# --- Sessions and safety ------------------------------------------------------------------------------------------
SESSION_COOKIE_AGE = env.int("SESSION_TIMER", default=8) * 3600
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = HTTPS
SESSION_COOKIE_NAME = "__Host-session" if HTTPS else "session"
CSRF_COOKIE_NAME = "__Host-csrf" if HTTPS else "csrf"
CSRF_COOKIE_HTTPONLY = True
CSRF_FAILURE_VIEW = "elevforloeb.project.views.fejl.csrf"
SECURE_SSL_REDIRECT = HTTPS
SECURE_REDIRECT_EXEMPT = [r"^sundhed/$", r"^klar/$"]  # asked by the container engine, inside the network
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if ALLAUTH_TRUSTED_PROXY_COUNT else None
SECURE_HSTS_SECONDS = 63_072_000 if HTTPS else 0  # two years
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = HTTPS
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
DATA_UPLOAD_MAX_MEMORY_SIZE = 2_500_000  # bytes
DATA_UPLOAD_MAX_NUMBER_FIELDS = 3_000  # the table of a school period has up to seven for each of 300 elever
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
        "base-uri": [NONE],
        "object-src": [NONE],
    }
}

# --- Language and time --------------------------------------------------------------------------------------------
LANGUAGE_CODE = "da"
LANGUAGES = [("da", "Dansk")]
TIME_ZONE = "Europe/Copenhagen"
USE_I18N = USE_TZ = True

# --- Static files -------------------------------------------------------------------------------------------------
STATIC_URL = "static/"
STATIC_ROOT = Path(env.str("STATIC_ROOT", default=str(BASE_DIR / "static_samlet")))
STATICFILES_DIRS = [BASE_DIR / "static", *[d for d in [BASE_DIR / "static_byg"] if d.is_dir()]]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if DEBUG
        else "whitenoise.storage.CompressedManifestStaticFilesStorage"
    },
}

# --- Files that people send in (see elevforloeb/core/files) -----------------------------------------------------
FILE_ROOT = Path(env.str("FILE_ROOT", default=str(BASE_DIR / ".data" / "filer")))
FILE_LARGEST_MB = 25  # whatever a rule says; deploy/nginx.conf takes a little more
FILE_DAILY_MB = env.int("FILE_DAILY_MB", default=300)  # from one person in a day
CLAMD_URL = env.str("CLAMD_URL", default="")  # tcp://clamd:3310 or unix:///run/clamav/clamd.ctl; empty: no scanner
# In memory until they are proven: no temporary copy on a disk. A request is no larger than one file and its form.
REQUEST_LARGEST_BYTES = FILE_UPLOAD_MAX_MEMORY_SIZE = (FILE_LARGEST_MB + 2) * 1024 * 1024
FILE_UPLOAD_HANDLERS = ["django.core.files.uploadhandler.MemoryFileUploadHandler"]
DATA_UPLOAD_MAX_NUMBER_FILES = 10

# --- Jobs: Redis is only the bell (see elevforloeb/core/outbox.py) ------------------------------------------------
REDIS_URL = env.str("REDIS_URL")  # empty: no bell; `manage.py udbakke --loop` does the work alone
CELERY_BROKER_URL = REDIS_URL
CELERY_TIMEZONE = TIME_ZONE
CELERY_TASK_ACKS_LATE = True
CELERY_TASK_REJECT_ON_WORKER_LOST = True
CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_TIME_LIMIT = 120  # seconds
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_WORKER_HIJACK_ROOT_LOGGER = False
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_BROKER_TRANSPORT_OPTIONS = {
    # A silently cut connection is otherwise noticed by nobody.
    "visibility_timeout": 600,
    "socket_timeout": 5,
    "socket_connect_timeout": 3,
    "socket_keepalive": True,
    "health_check_interval": 5,
    "retry_on_timeout": True,
}
CELERY_BEAT_SCHEDULE = {
    # One interval job: local times are computed by our own code, so that summer time cannot shift them.
    "minut": {"task": "elevforloeb.project.tasks.every_minute", "schedule": 60.0, "options": {"expires": 55}},
}

# --- Mail ---------------------------------------------------------------------------------------------------------
MAIL_MODE = env.str("MAIL_MODE", default="demo" if DEMO else "off")  # off | file | pilot | live | demo
MAIL_PILOT = env.list("MAIL_PILOT", default=[])  # the addresses that get mail in the pilot mode
# What was due before this day is cancelled, so that the first live run does not send old cases.
MAIL_FRA = date.fromisoformat(env.str("MAIL_FRA")) if env.str("MAIL_FRA", default="") else None
MAIL_LOFT = env.int("MAIL_LOFT", default=200)  # mails in one run, so that a fault cannot write to everybody at once
MAIL_DIR = Path(env.str("MAIL_DIR", default=str(BASE_DIR / ".data" / "mail")))
DEFAULT_FROM_EMAIL = env.str("DEFAULT_FROM_EMAIL", default="Elevforløb <elevforloeb@example.invalid>")
EMAIL_CONFIG = env.email_url("EMAIL_URL", default="smtp://localhost:25")
vars().update(EMAIL_CONFIG)
EMAIL_TIMEOUT = 20  # seconds, under half of the outbox' lease

# --- The journal: where sealed documents are put for the case system ----------------------------------------------
JOURNAL_DIR = env.str("JOURNAL_DIR", default="")  # empty: filed by hand
JOURNAL_KLE = env.str("JOURNAL_KLE", default="")  # the number that a form begins with

# --- Logging: JSON lines with a request id and without personal data ----------------------------------------------
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "filters": {
        "request_id": {"()": "elevforloeb.core.middleware.RequestIdFilter"},
        "without_keys": {"()": "elevforloeb.project.logs.WithoutKeys"},
    },
    "formatters": {
        "json": {
            "()": "pythonjsonlogger.json.JsonFormatter",
            "format": "{asctime}{levelname}{name}{request_id}{message}",
            "style": "{",
        }
    },
    "handlers": {
        "stdout": {
            "class": "logging.StreamHandler",
            "formatter": "json",
            "filters": ["request_id", "without_keys"],
        }
    },
    "root": {"handlers": ["stdout"], "level": env.str("LOG_LEVEL", default="INFO")},
    "loggers": {
        "django.server": {"handlers": ["stdout"], "propagate": False},
        # They tell each step and each font of each document.
        "weasyprint": {"level": "WARNING"},
        "fontTools": {"level": "WARNING"},
        "pikepdf": {"level": "WARNING"},
    },
}
