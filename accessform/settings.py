"""Settings of accessform: one module, driven by the environment. docs/operations.md lists every variable."""

import os
from pathlib import Path

import dj_database_url
from csp.constants import NONCE, NONE, SELF
from django.core.exceptions import ImproperlyConfigured

from accessform.operations.keys import new_data_key, new_secret_key, read_key

BASE_DIR = Path(__file__).resolve().parent.parent
VAR = Path(os.environ.get("ACCESSFORM_VAR", BASE_DIR / "var")).resolve()

MODE = os.environ.get("ACCESSFORM_MODE", "demo")
if MODE not in {"demo", "production"}:
    raise ImproperlyConfigured(f"ACCESSFORM_MODE is {MODE!r}; it must be demo or production")
PRODUCTION = MODE == "production"
DEBUG = os.environ.get("ACCESSFORM_DEBUG") == "1" and not PRODUCTION

VAR.mkdir(parents=True, exist_ok=True, mode=0o700)  # the database holds session keys
(VAR / "static").mkdir(exist_ok=True)
SECRET_KEY = read_key("ACCESSFORM_SECRET_KEY", VAR / "keys/secret_key", new_secret_key, may_create=not PRODUCTION)
DATA_KEYS = read_key("ACCESSFORM_DATA_KEYS", VAR / "keys/data_keys", new_data_key, may_create=not PRODUCTION).split()

ALLOWED_HOSTS = os.environ.get("ACCESSFORM_HOSTS", "" if PRODUCTION else "localhost 127.0.0.1 [::1]").split()
if PRODUCTION and not ALLOWED_HOSTS:
    raise ImproperlyConfigured("ACCESSFORM_HOSTS must name the hosts that this installation answers for")
CSRF_TRUSTED_ORIGINS = os.environ.get("ACCESSFORM_ORIGINS", "").split()
OPERATOR_FILE = os.environ.get("ACCESSFORM_OPERATOR", BASE_DIR / "accessform/trust/operator.toml")
TRUSTED_PROXIES = os.environ.get("ACCESSFORM_TRUSTED_PROXIES", "").split()

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "csp",
    "django_otp",
    "django_htmx",
    "template_partials",
    "django_tasks",
    "django_tasks_db",
    "accessform.web",
    "accessform.trust",
    "forms_catalog",
    "accessform.adaptation",
    "accessform.speech",
    "accessform.messages",
    "accessform.journeys",
    "accessform.handoff",
    "accessform.desk",
]

MIDDLEWARE = [
    "accessform.web.middleware.HealthMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.middleware.gzip.GZipMiddleware",
    "accessform.web.middleware.SecurityHeadersMiddleware",
    "csp.middleware.CSPMiddleware",
    "accessform.web.middleware.PlainCookiesMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django_otp.middleware.OTPMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "accessform.adaptation.middleware.PresentationMiddleware",
    "accessform.web.middleware.Utf8Middleware",
    "accessform.speech.middleware.ListeningMiddleware",
]

ROOT_URLCONF = "accessform.urls"
WSGI_APPLICATION = "accessform.wsgi.application"
ASGI_APPLICATION = "accessform.asgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "builtins": ["template_partials.templatetags.partials", "accessform.adaptation.templatetags.wordings"],
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.messages.context_processors.messages",
                "csp.context_processors.nonce",
                "accessform.adaptation.context.presentation",
            ],
        },
    }
]

# docs/adr/sqlite-is-opened-for-writing-at-once.md: IMMEDIATE takes the write lock at BEGIN (no deadlock on upgrade),
# WAL lets readers go on, FULL keeps an acknowledged commit through a power cut.
SQLITE_OPTIONS = {
    "transaction_mode": "IMMEDIATE",
    "timeout": 20,
    "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON;",
}
DATABASES = {"default": dj_database_url.parse(os.environ.get("DATABASE_URL", f"sqlite:///{VAR / 'db.sqlite3'}"))}
DATABASES["default"]["CONN_MAX_AGE"] = None
if DATABASES["default"]["ENGINE"] == "django.db.backends.sqlite3":
    DATABASES["default"]["OPTIONS"] = SQLITE_OPTIONS
    DATABASES["default"]["TEST"] = {"NAME": VAR / "test.sqlite3"}
else:
    DATABASES["default"]["CONN_HEALTH_CHECKS"] = True

DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
SESSION_COOKIE_NAME = "af_session"
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_AGE = 12 * 3600
CSRF_COOKIE_NAME = "af_csrf"
CSRF_COOKIE_SAMESITE = "Lax"
CSRF_FAILURE_VIEW = "accessform.web.views.csrf_failure"

PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
LOGIN_URL = "/equipe/connexion"
URGENT_OPENING = os.environ.get("ACCESSFORM_URGENT_OPENING") == "1"
STAFF_IDLE_SECONDS = int(os.environ.get("ACCESSFORM_STAFF_IDLE_MINUTES", "30")) * 60

LANGUAGE_CODE = "fr"
TIME_ZONE = os.environ.get("ACCESSFORM_TIME_ZONE", "Europe/Paris")
USE_TZ = True

STATIC_URL = "static/"
STATIC_ROOT = VAR / "static"
STATICFILES_DIRS = [BASE_DIR / "static"]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}

# Uploads never touch a plaintext temporary file: they stay in memory; documents are encrypted before they are stored,
# a recorded answer has a limit of its own and is stored nowhere.
FILE_UPLOAD_HANDLERS = [
    "accessform.speech.sound_uploads.SoundUploadHandler",
    "django.core.files.uploadhandler.MemoryFileUploadHandler",
]
MAX_UPLOAD_BYTES = 15 * 1024 * 1024
FILE_UPLOAD_MAX_MEMORY_SIZE = 64 * 1024 * 1024
DATA_UPLOAD_MAX_MEMORY_SIZE = 4 * 1024 * 1024  # a 1 MB answer is read, refused with its reason, the rest kept
DATA_UPLOAD_MAX_NUMBER_FIELDS = 500
FILES_DIR = VAR / "files"
VOICE_DIR = VAR / "voice"
VOICE_ENGINE = os.environ.get("ACCESSFORM_VOICE_ENGINE", "auto")
VOICE_COMMAND = os.environ.get("ACCESSFORM_VOICE_COMMAND", "")
VOICE_COMMAND_IS_LOCAL = os.environ.get("ACCESSFORM_VOICE_COMMAND_IS_LOCAL") == "1"
VOICE_GTTS = os.environ.get("ACCESSFORM_GTTS") == "1"
RECOGNITION_MODEL = os.environ.get("ACCESSFORM_RECOGNITION_MODEL", "")
VOICE_RENDERS_AT_PUBLISH = os.environ.get("ACCESSFORM_VOICE_AT_PUBLISH", "1") == "1"

WEBHOOKS = os.environ.get("ACCESSFORM_WEBHOOKS", "")
RDV_URL = os.environ.get("ACCESSFORM_RDV_URL", "")
RDV_CLIENT_ID = os.environ.get("ACCESSFORM_RDV_CLIENT_ID", "")
RDV_CLIENT_SECRET = os.environ.get("ACCESSFORM_RDV_CLIENT_SECRET", "")
RDV_WEBHOOK_SECRETS = os.environ.get("ACCESSFORM_RDV_WEBHOOK_SECRETS", "").split()
RDV_HOSTS = os.environ.get("ACCESSFORM_RDV_HOSTS", "").split()
TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}

EMAIL_BACKEND = os.environ.get("ACCESSFORM_EMAIL_BACKEND", "django.core.mail.backends.console.EmailBackend")
EMAIL_HOST = os.environ.get("ACCESSFORM_SMTP_HOST", "localhost")
EMAIL_PORT = int(os.environ.get("ACCESSFORM_SMTP_PORT", "25"))
EMAIL_HOST_USER = os.environ.get("ACCESSFORM_SMTP_USER", "")
EMAIL_HOST_PASSWORD = os.environ.get("ACCESSFORM_SMTP_PASSWORD", "")
EMAIL_USE_TLS = os.environ.get("ACCESSFORM_SMTP_TLS") == "1"
EMAIL_TIMEOUT = 20
DEFAULT_FROM_EMAIL = os.environ.get("ACCESSFORM_FROM_EMAIL", "ne-pas-repondre@localhost")
PUBLIC_URL = os.environ.get("ACCESSFORM_PUBLIC_URL", "http://127.0.0.1:8000").rstrip("/")

SMS = os.environ.get("ACCESSFORM_SMS", "none" if PRODUCTION else "console")
SMS_DIR = Path(os.environ.get("ACCESSFORM_SMS_DIR", VAR / "sms"))
SMS_URL = os.environ.get("ACCESSFORM_SMS_URL", "")
SMS_TOKEN = os.environ.get("ACCESSFORM_SMS_TOKEN", "")
SMS_SENDER = os.environ.get("ACCESSFORM_SMS_SENDER", "")
SMS_DROPS_REPEATS = os.environ.get("ACCESSFORM_SMS_DROPS_REPEATS") == "1"

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF, NONCE],
        "style-src": [SELF, NONCE],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "media-src": [SELF, "blob:"],
        "connect-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
    }
}
X_FRAME_OPTIONS = "DENY"
SECURE_CONTENT_TYPE_NOSNIFF = True
# "no-referrer" would make browsers send "Origin: null" with our own forms, which the CSRF check must refuse;
# "same-origin" tells other sites just as little.
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
if PRODUCTION:
    SECURE_SSL_REDIRECT = True
    SECURE_HSTS_SECONDS = 365 * 24 * 3600
    SECURE_HSTS_INCLUDE_SUBDOMAINS = True
    SECURE_HSTS_PRELOAD = True
    SESSION_COOKIE_SECURE = True
    CSRF_COOKIE_SECURE = True
    if TRUSTED_PROXIES:
        SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "line": {
            "()": "accessform.trust.logs.LineFormatter",
            "format": "{asctime} {levelname} {name} {message}",
            "style": "{",
        },
        "json": {"()": "accessform.trust.logs.JsonFormatter"},
    },
    "handlers": {
        "console": {"class": "logging.StreamHandler", "formatter": "json" if PRODUCTION else "line"},
        "warnings": {
            "class": "logging.StreamHandler",
            "formatter": "json" if PRODUCTION else "line",
            "level": "WARNING",
        },
    },
    "root": {"handlers": ["console"], "level": "INFO"},
    # The worker sets these loggers' own level and says every task twice; what matters is what went wrong.
    "loggers": {
        "django_tasks": {"handlers": ["warnings"], "propagate": False},
        "django_tasks_db": {"handlers": ["warnings"], "propagate": False},
    },
}
