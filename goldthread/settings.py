"""Settings. Everything that differs between installations comes from the environment.

GOLDTHREAD_DATA       the data folder (database on SQLite, files, keys, mail). Required.
GOLDTHREAD_DATABASE   absent: SQLite in the data folder; or the administrator's address of a PostgreSQL database,
                      postgresql://user:password@host:port/name, for setting up. The address under which the
                      application itself signs in is kept in the data folder, and is enough from then on.
GOLDTHREAD_DEMO       1: demo agency; mail lands on the mailbox page
GOLDTHREAD_HOSTS      host names served, comma separated (PostgreSQL: the agencies' domains are added)
GOLDTHREAD_DEBUG      1: development pages, gallery
GOLDTHREAD_HTTPS      1: cookies and redirects for HTTPS only (set it behind a TLS proxy)
GOLDTHREAD_ORIGIN     how people reach it, for links in mail sent by commands (https://agency.example); requests know it
GOLDTHREAD_PROXIES    how many of our own proxies stand in front (0); so many entries of X-Forwarded-For are believed
"""

import os
from datetime import timedelta
from pathlib import Path
from typing import Any

from csp.constants import NONE, SELF
from django.utils.translation import gettext_lazy as _

from goldthread.foundation.lib import keys
from goldthread.foundation.lib.databases import database_settings, own_url
from goldthread.foundation.lib.logs import logging_settings

PACKAGE = Path(__file__).resolve().parent
BASE_DIR = PACKAGE.parent

if "GOLDTHREAD_DATA" not in os.environ:
    raise SystemExit("Goldthread needs a data folder: set GOLDTHREAD_DATA, or start it with ./run.")
DATA = Path(os.environ["GOLDTHREAD_DATA"]).resolve()


def switched_on(name: str) -> bool:
    return os.environ.get(name, "") == "1"


DEBUG = switched_on("GOLDTHREAD_DEBUG")
DEMO = switched_on("GOLDTHREAD_DEMO")
HTTPS = switched_on("GOLDTHREAD_HTTPS")
DEMO_MARK = DATA / "demo"
"""This file stands in the data folder of a demo."""
GIVEN_DATABASE_URL = os.environ.get("GOLDTHREAD_DATABASE", "")
DATABASE_URL = own_url(DATA, GIVEN_DATABASE_URL)
MULTI_AGENCY = DATABASE_URL.startswith("postgresql://")
SECRET_KEY = keys.secret_key(DATA)
ORIGIN = os.environ.get("GOLDTHREAD_ORIGIN", "http://localhost:8000").rstrip("/")
PROXIES = int(os.environ.get("GOLDTHREAD_PROXIES", "0"))
ALLOWED_HOSTS = [h for h in os.environ.get("GOLDTHREAD_HOSTS", "localhost,127.0.0.1,[::1]").split(",") if h]

# --- Rooms -------------------------------------------------------------------------------------------
ROOMS = [
    "goldthread.foundation.ui",
    "goldthread.foundation.audit",
    "goldthread.foundation.files",
    "goldthread.foundation.accounts",
    "goldthread.foundation.agency",
    "goldthread.foundation.programs",
    "goldthread.foundation.workforce",
    "goldthread.people.persons",
    "goldthread.people.facts",
    "goldthread.casework.episodes",
    "goldthread.casework.eligibility",
    "goldthread.casework.record",
    "goldthread.casework.tasks",
    "goldthread.casework.documents",
    "goldthread.casework.caseload",
    "goldthread.casework.merging",
    "goldthread.casework.skills",
    "goldthread.casework.assessments",
    "goldthread.casework.needs",
    "goldthread.casework.plans",
    "goldthread.casework.aftercare",
    "goldthread.casework.schedule",
    "goldthread.casework.contacts",
    "goldthread.casework.thread",
    "goldthread.casework.incidents",
    "goldthread.casework.intake",
    "goldthread.casework.discharge",
    "goldthread.casework.packages",
    "goldthread.casework.imports",
    "goldthread.access",
    "goldthread.doors.web",
    "goldthread.doors.jobs",
    "goldthread.doors.morning",
    "goldthread.doors.command",
    "goldthread.doors.demo",
]
DJANGO_APPS = [
    "django.contrib.contenttypes",
    "django.contrib.auth",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.humanize",
    "django.contrib.postgres",
]
LIBRARIES = [
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "axes",
    "csp",
    "django_cotton.apps.SimpleAppConfig",
    "django_htmx",
]
QUEUE = ["django_tasks_db"]

if MULTI_AGENCY:
    # public holds only domains and the job queue; everything else is in the agency's own schema
    SHARED_APPS = ["django_tenants", "goldthread.foundation.tenancy", *QUEUE]
    TENANT_APPS = [*DJANGO_APPS, *LIBRARIES, *ROOMS]
    INSTALLED_APPS = [*SHARED_APPS, *TENANT_APPS]
    TENANT_MODEL = "tenancy.AgencyPlace"
    TENANT_DOMAIN_MODEL = "tenancy.Domain"
    TENANT_LIMIT_SET_CALLS = True
    DATABASE_ROUTERS = ["django_tenants.routers.TenantSyncRouter"]
    GET_EXECUTOR_FUNCTION = "goldthread.foundation.tenancy.executor.get_executor"
    ALLOWED_HOSTS = ["*"]  # AgencyMiddleware knows the agencies' domains and refuses every other host
    CACHES = {
        "default": {
            "BACKEND": "django.core.cache.backends.locmem.LocMemCache",
            "KEY_FUNCTION": "django_tenants.cache.make_key",
        }
    }
else:
    INSTALLED_APPS = [*DJANGO_APPS, *LIBRARIES, *ROOMS, *QUEUE]

DATABASES: dict[str, dict[str, Any]] = {"default": database_settings(DATA, DATABASE_URL)}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

MIDDLEWARE = [
    *(["goldthread.foundation.tenancy.middleware.AgencyMiddleware"] if MULTI_AGENCY else []),
    "goldthread.foundation.lib.logs.RequestLog",
    "goldthread.doors.web.account.middleware.HeadersMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.middleware.gzip.GZipMiddleware",  # pads each answer by chance, so that its length tells nothing (BREACH)
    "csp.middleware.CSPMiddleware",
    "goldthread.doors.web.health.middleware.HealthMiddleware",
    "goldthread.doors.web.middleware.HeadMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "goldthread.doors.web.account.middleware.SessionOwnerMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "goldthread.doors.web.middleware.ViewerMiddleware",
    "goldthread.doors.web.account.middleware.FrontDoorMiddleware",
    "goldthread.doors.web.middleware.WholeTextMiddleware",
    "axes.middleware.AxesMiddleware",
]

ROOT_URLCONF = "goldthread.urls"
WSGI_APPLICATION = "goldthread.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": False,
        "DIRS": sorted((PACKAGE / "doors" / "web").glob("*/templates")),
        "OPTIONS": {
            "loaders": [
                (
                    "django.template.loaders.cached.Loader",
                    [
                        "django_cotton.cotton_loader.Loader",
                        "django.template.loaders.filesystem.Loader",
                        "django.template.loaders.app_directories.Loader",
                    ],
                )
            ],
            "builtins": [
                "django_cotton.templatetags.cotton",
                "django.templatetags.i18n",
                "django.templatetags.static",
                "goldthread.foundation.ui.templatetags.quick",  # {% url %}, {% translate %}
            ],
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "goldthread.doors.web.context.shell",
            ],
        },
    }
]
COTTON_DIR = "components"

# --- Sign-in -----------------------------------------------------------------------------------------
AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = [
    "axes.backends.AxesStandaloneBackend",
    "goldthread.doors.web.account.backend.StaffBackend",
]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 15}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "goldthread.foundation.accounts.passwords.SimplePasswordValidator"},
    {"NAME": "goldthread.doors.web.account.passwords.NotAboutYouValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/"
LOGOUT_REDIRECT_URL = "account_login"
PASSWORD_RESET_TIMEOUT = 3600

SESSION_ENGINE = "goldthread.foundation.accounts.sessions"
SESSION_COOKIE_AGE = (
    7 * 24 * 3600
)  # of the row; the agency says how long it may be used, the cookie ends with the browser

ACCOUNT_ADAPTER = "goldthread.doors.web.account.adapter.DoorAdapter"
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*", "password2*"]
ACCOUNT_EMAIL_VERIFICATION = "none"  # an account is entered by a link mailed to it
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = False
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_REAUTHENTICATION_TIMEOUT = 600
ACCOUNT_RATE_LIMITS = {  # axes locks out, over all processes; allauth's own counts, a process each, only stop floods
    "login": "300/m/ip",
    "login_failed": "200/m/ip,60/5m/key",
    "reauthenticate": "60/m/user",
    "change_password": "10/m/user",
    "reset_password": "20/m/ip,5/m/key",
    "reset_password_from_key": "20/m/ip",
}
MFA_ADAPTER = "goldthread.doors.web.account.adapter.SecondStepAdapter"
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes"]
MFA_TOTP_TOLERANCE = 1  # a clock may be half a minute off

AXES_HANDLER = "goldthread.doors.web.account.lockout.LockoutHandler"
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"], "ip_address", "username"]  # limits: LockoutHandler
AXES_FAILURE_LIMIT = 5
AXES_COOLOFF_TIME = timedelta(minutes=15)
AXES_RESET_COOL_OFF_ON_FAILURE_DURING_LOCKOUT = False
AXES_RESET_ON_SUCCESS = True
AXES_DISABLE_ACCESS_LOG = True  # the audit log has it
AXES_VERBOSE = False
AXES_SENSITIVE_PARAMETERS = ["username", "ip_address", "login", "next", "code", "csrfmiddlewaretoken"]
AXES_SENSITIVE_PARAMETERS += [
    "typed",
    "reason",
    "strokes",
]  # of signing by a link: what a client says is kept nowhere else
AXES_USERNAME_CALLABLE = "goldthread.doors.web.account.lockout.email_of"
AXES_CLIENT_IP_CALLABLE = "goldthread.doors.web.account.address.client_address"
AXES_LOCKOUT_CALLABLE = "goldthread.doors.web.account.lockout.locked_page"

# --- Language, time ----------------------------------------------------------------------------------
LANGUAGE_CODE = "en"
LANGUAGES = [("en", _("English")), ("es", _("Spanish"))]
LOCALE_PATHS = [PACKAGE / "locale"]
USE_I18N = True
USE_TZ = True
TIME_ZONE = "UTC"

# --- Static files ------------------------------------------------------------------------------------
STATIC_URL = "/static/"
STATIC_ROOT = BASE_DIR / ".static"
STATICFILES_FINDERS = [
    "django.contrib.staticfiles.finders.AppDirectoriesFinder",
    "goldthread.foundation.ui.bundle.BundleFinder",
]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.InMemoryStorage"},  # unused: files go through foundation.files
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if DEBUG
        else "whitenoise.storage.CompressedManifestStaticFilesStorage"
    },
}

# --- Security ----------------------------------------------------------------------------------------
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:", "blob:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
        "base-uri": [NONE],
        "manifest-src": [SELF],
    }
}
CSRF_FAILURE_VIEW = "goldthread.doors.web.account.profile.csrf_failure"
SESSION_COOKIE_NAME = "goldthread"
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = SECURE_SSL_REDIRECT = HTTPS
SECURE_REDIRECT_EXEMPT = [r"^healthz$"]  # asked by machines beside the server, over plain HTTP
SECURE_HSTS_SECONDS = 31_536_000 if HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = HTTPS
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if HTTPS and PROXIES else None
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"

# --- Jobs and mail -----------------------------------------------------------------------------------
TASKS = {"default": {"BACKEND": "goldthread.foundation.lib.jobs.AgencyQueue", "QUEUES": ["default"]}}
EMAIL_BACKEND = (
    "goldthread.foundation.lib.mail.MailboxBackend" if DEMO else "django.core.mail.backends.smtp.EmailBackend"
)
DEFAULT_FROM_EMAIL = os.environ.get("GOLDTHREAD_MAIL_FROM", "goldthread@localhost")

# --- Logs --------------------------------------------------------------------------------------------
LOGGING = logging_settings()

# --- Limits ------------------------------------------------------------------------------------------
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 2_000
SILENCED_SYSTEM_CHECKS: list[str] = []
