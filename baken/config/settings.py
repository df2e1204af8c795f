"""Settings of all four processes. ``BAKEN_SITE`` says which one this is; it decides role and pages.

office   staff pages, and the command line; row-level security by region
public   the pages anyone may open; may read published content only
worker   background jobs
owner    migrations, and nothing else
"""

from pathlib import Path

from csp.constants import NONE, SELF
from django.utils.translation import gettext_lazy as _

from baken.config.environment import (
    BadEnvironment,
    baken_home,
    database_from_url,
    encrypted,
    env_flag,
    env_key,
    env_mail_server,
    env_number,
    env_paths,
    env_text,
    with_encryption,
)

PACKAGE = Path(__file__).resolve().parent.parent

SITE = env_text("BAKEN_SITE", "office")
if SITE not in {"office", "public", "worker", "owner"}:
    raise BadEnvironment(f"BAKEN_SITE={SITE!r}: schrijf office, public, worker of owner.")

HOME = baken_home()
DEMO = env_flag("BAKEN_DEMO", False)
DEBUG = env_flag("BAKEN_DEBUG", False)
# Only `baken run` on embedded clusters serves over plain HTTP, and only on the loopback.
ON_LOOPBACK = env_flag("BAKEN_LOOPBACK", False)
SECRET_KEY = env_text("BAKEN_SECRET_KEY", "")
PUBLIC_PORT = env_number("BAKEN_PUBLIC_PORT", 8000, lowest=1, highest=65535)
OFFICE_PORT = env_number("BAKEN_OFFICE_PORT", 8001, lowest=1, highest=65535)
ALLOWED_HOSTS = env_text("BAKEN_ALLOWED_HOSTS", "localhost").split(",")

# --- apps, from the top of the house to the bottom ---

SHARED_APPS = [
    "baken.accounts",
    "baken.mail",
    "baken.keys",
    "baken.taxonomy",
    "baken.organisations",
    "baken.audit",
    "baken.config",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.staticfiles",
    "django.forms",  # so that our renderer finds the templates of widgets
    "template_partials",
    "csp",
]
OFFICE_APPS = [
    "baken.figures",
    "baken.casework",
    "baken.facts",
    "baken.oversight",
    *SHARED_APPS,
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "django.contrib.humanize",
    "django.contrib.messages",
    "django_htmx",
    "procrastinate.contrib.django",
]
# The public site has no log-in, no sessions, and cannot name a registration.
INSTALLED_APPS = [*SHARED_APPS, "django_htmx"] if SITE == "public" else OFFICE_APPS

SHARED_MIDDLEWARE = [
    "csp.middleware.CSPMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "baken.config.browser.PageMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
]
OFFICE_MIDDLEWARE = [
    *SHARED_MIDDLEWARE[:5],
    "django.contrib.sessions.middleware.SessionMiddleware",
    *SHARED_MIDDLEWARE[5:],
    "django.middleware.csrf.CsrfViewMiddleware",
    "baken.accounts.middleware.ColleagueMiddleware",
    "baken.accounts.middleware.OfficeLoginMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    # Last: it runs the view inside the region's transaction.
    "baken.accounts.middleware.MemberMiddleware",
]
MIDDLEWARE = [
    "baken.config.browser.HeadersMiddleware",
    *(SHARED_MIDDLEWARE if SITE == "public" else OFFICE_MIDDLEWARE),
]
ROOT_URLCONF = "baken.config.urls_public" if SITE == "public" else "baken.config.urls_office"

# --- pages ---

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [PACKAGE / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "baken.config.context.site",
            ]
            if SITE == "public"
            else [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "baken.config.context.site",
                "baken.config.menu.office",
            ],
        },
    }
]
FORM_RENDERER = "baken.lib.forms_renderer.BakenRenderer"
STATIC_URL = "/static/"
STATICFILES_DIRS = [PACKAGE / "static"]
STORAGES = {"staticfiles": {"BACKEND": "baken.lib.static_files.RememberingStorage"}}
# Finders serve the files straight from the package: nothing to collect, nothing to forget.
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = DEBUG
WHITENOISE_ALLOW_ALL_ORIGINS = False
WHITENOISE_MAX_AGE = 0 if DEBUG else 3600

# --- database ---

_url = env_text(f"BAKEN_{SITE.upper()}_DATABASE_URL", "")
_CERTIFICATES = env_text("BAKEN_DATABASE_CA", "system")
DATABASES = {
    "default": {
        "ENGINE": "django.db.backends.postgresql",
        **(database_from_url(_url) if _url else {"NAME": "baken"}),
        "CONN_MAX_AGE": 0,
        # server_side_binding keeps statements with parameters apart from their values.
        "OPTIONS": {
            "pool": {"min_size": 1, "max_size": 8, "timeout": 10},
            **encrypted(_url, _CERTIFICATES),
        },
    }
}
# Shred keys; reached by `keys` alone, never through the ORM. The public site has none.
KEYSTORE_URL = with_encryption(
    env_text(f"BAKEN_KEYSTORE_{SITE.upper()}_DATABASE_URL", ""), _CERTIFICATES
)
PASSPHRASE_COST = {"memory_kib": 64 * 1024, "passes": 3}
# Mixed into passphrase keys. Empty where no passphrase is ever typed.
PEPPER = env_key("BAKEN_KEY_PEPPER")
SNAPSHOT_KEY = env_key("BAKEN_KEY_SNAPSHOT")  # seals frozen facts
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
CACHES = {
    "default": {
        # Log-in rate limits and used one-time codes must be seen by every process.
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "config_cache",
    }
    if SITE != "public"
    else {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}
}

# --- people ---

AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = ["baken.accounts.backends.ColleagueBackend"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 15},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "baken.accounts.passphrases.GuessablePassphrase"},
]
ACCOUNT_ADAPTER = "baken.accounts.adapters.ClosedDoorAdapter"
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_USER_DISPLAY = "baken.accounts.adapters.display_name"
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_LOGOUT_ON_GET = False
ACCOUNT_EMAIL_NOTIFICATIONS = False
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_REAUTHENTICATION_TIMEOUT = 300
# Wrong passphrases slow down who types them; see `adapters` for what a key is.
ACCOUNT_RATE_LIMITS = {"login_failed": "10/m/ip,5/m/key"}
# Behind a proxy everybody would come from one place; the proxy says where from.
ALLAUTH_TRUSTED_PROXY_COUNT = 0 if ON_LOOPBACK else 1
MFA_ADAPTER = "baken.accounts.adapters.SecondFactorAdapter"
MFA_FORMS = {
    "add_webauthn": "baken.accounts.forms.AddKeyForm",
    "edit_webauthn": "baken.accounts.forms.RenameKeyForm",
}
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_TOTP_ISSUER = "Baken"
MFA_TOTP_TOLERANCE = 1
MFA_PASSKEY_LOGIN_ENABLED = False  # a passkey is the second factor, never the only one
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = ON_LOOPBACK
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/werk/"

# --- mail ---

OFFICE_URL = env_text("BAKEN_OFFICE_URL", f"http://localhost:{OFFICE_PORT}").rstrip("/")
MAIL_FROM = env_text("BAKEN_MAIL_FROM", "Baken <baken@localhost.localdomain>")
MAIL_REPLY_TO = env_text("BAKEN_MAIL_REPLY_TO", "")
# Only the worker is given these two: it alone opens the queue and knows the mail server.
MAIL_KEY = env_key("BAKEN_KEY_MAIL")
SMTP_SERVER = env_mail_server("BAKEN_SMTP_URL")
# Seals what the worker is to send.
MAIL_PUBLIC_KEY = env_key("BAKEN_MAIL_PUBLIC_KEY")

# --- the audit log ---

# Only the worker is given it: it alone signs.
CHECKPOINT_KEY = env_key("BAKEN_KEY_CHECKPOINT")
CHECKPOINT_FOLDERS = [HOME / "checkpoints", *env_paths("BAKEN_CHECKPOINT_FOLDERS")]

# --- the browser ---

_prefix = "" if ON_LOOPBACK else "__Host-"
SESSION_COOKIE_NAME = f"{_prefix}baken-{SITE}-session"
CSRF_COOKIE_NAME = f"{_prefix}baken-{SITE}-csrf"
LANGUAGE_COOKIE_NAME = f"{_prefix}baken-{SITE}-taal"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = LANGUAGE_COOKIE_SECURE = not ON_LOOPBACK
SESSION_COOKIE_HTTPONLY = CSRF_COOKIE_HTTPONLY = LANGUAGE_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Strict"
CSRF_COOKIE_SAMESITE = LANGUAGE_COOKIE_SAMESITE = "Lax"
SESSION_ENGINE = "baken.accounts.sessions"
# In the session, which is sealed; a cookie of its own would tell the browser what somebody did.
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"
SESSION_COOKIE_AGE = 10 * 60 * 60  # whatever is done
SESSION_IDLE_SECONDS = 15 * 60  # without a request
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
SECURE_SSL_REDIRECT = not ON_LOOPBACK
SECURE_REDIRECT_EXEMPT = [r"^gezond/$"]  # asked from this machine, without a certificate
SECURE_HSTS_SECONDS = 0 if ON_LOOPBACK else 31_536_000
SECURE_HSTS_INCLUDE_SUBDOMAINS = True
# With "no-referrer" a browser also hides the origin of our own forms, and every form is refused.
SECURE_REFERRER_POLICY = "same-origin"
SECURE_PROXY_SSL_HEADER = None if ON_LOOPBACK else ("HTTP_X_FORWARDED_PROTO", "https")
X_FRAME_OPTIONS = "DENY"
CSRF_FAILURE_VIEW = "baken.config.errors.csrf_failure"
DEFAULT_EXCEPTION_REPORTER = "baken.config.logs.PlainReporter"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "img-src": [SELF, "data:"],
        "object-src": [NONE],
        "base-uri": [NONE],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
    }
}
DATA_UPLOAD_MAX_NUMBER_FIELDS = 1000
DATA_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024
FILE_UPLOAD_MAX_MEMORY_SIZE = 0  # uploads go to a file at once: memory stays flat
FILE_UPLOAD_PERMISSIONS = 0o600

# --- language and time ---

LANGUAGE_CODE = "nl"
LANGUAGES = [("nl", _("Nederlands")), ("en", _("Engels"))]
LOCALE_PATHS = [PACKAGE / "locale" / ("public" if SITE == "public" else "office")]
USE_I18N = USE_TZ = True
TIME_ZONE = "Europe/Amsterdam"

# --- words to the operator: references, never content ---

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"()": "baken.config.logs.LineFormatter"}},
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["stderr"], "level": "WARNING"},
    # A request that fails is logged with its path; Django's mail to administrators is not used.
    "loggers": {
        "baken.security": {"level": "INFO"},
        "django": {"handlers": []},  # Django's own would print messages, and mail them
        "django.request": {"handlers": ["stderr"], "level": "ERROR", "propagate": False},
    },
}
_with_tasks = ("accounts", "facts", "keys", "mail", "oversight")
PROCRASTINATE_IMPORT_PATHS = [f"baken.{app}.tasks" for app in _with_tasks]
TEST_RUNNER = "django.test.runner.DiscoverRunner"
