"""Every setting, read from the environment (docs/settings.md); as it stands it is fit for production."""

import os
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import environ
from csp.constants import NONE, SELF
from django.core.exceptions import ImproperlyConfigured
from django.utils.translation import gettext_lazy as _

env = environ.Env()
# An empty line in a file of settings sets nothing
env.ENVIRON = {name: value for name, value in os.environ.items() if value}
BASE_DIR = Path(__file__).resolve().parents[2]
DATA_DIR = Path(env.str("BERSENJANG_DATA", default=str(BASE_DIR / "data")))

SECRET_KEY = env.str("SECRET_KEY", default="")
DEBUG = env.bool("DEBUG", default=False)
PUBLIC_BASE_URL = env.str("PUBLIC_BASE_URL", default="http://localhost:8000").rstrip("/")
ALLOWED_HOSTS = env.list("ALLOWED_HOSTS", default=["localhost", "127.0.0.1", "[::1]"])
CSRF_TRUSTED_ORIGINS = env.list("CSRF_TRUSTED_ORIGINS", default=[])

INSTALLED_APPS = [
    "cms",
    "radio_schedule",
    "media_assets",
    "performers",
    "campaigns",
    "cms.office",
    "wagtail.contrib.settings",
    "wagtail.contrib.redirects",
    "wagtail.embeds",
    "wagtail.sites",
    "cms.users.UsersConfig",
    "wagtail.snippets",
    "wagtail.documents",
    "wagtail.images",
    "wagtail.search",
    "wagtail.admin",
    "wagtail",
    "modelcluster",
    "taggit",
    "django_filters",
    "django_q",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "django.contrib.humanize",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "wagtail.contrib.redirects.middleware.RedirectMiddleware",
]

ROOT_URLCONF = "cms.urls"
WSGI_APPLICATION = "cms.wsgi.application"
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
                "wagtail.contrib.settings.context_processors.settings",
            ],
        },
    },
]

# SQLite: one writer at a time, so every transaction starts as a writer and waits its turn (never ATOMIC_REQUESTS).
DATABASES = {"default": env.db_url("DATABASE_URL", default=f"sqlite:///{DATA_DIR}/bersenjang.sqlite3")}
DATABASES["default"]["CONN_MAX_AGE"] = None
if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    DATABASES["default"]["OPTIONS"] = {
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL;",
    }
else:
    DATABASES["default"]["CONN_HEALTH_CHECKS"] = True
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

REDIS_URL = env.str("REDIS_URL", default="")
CACHES: dict[str, dict[str, Any]] = {  # shared by every process: it counts wrong passwords
    "default": {"BACKEND": "django.core.cache.backends.redis.RedisCache", "LOCATION": REDIS_URL}
    if REDIS_URL
    else {
        "BACKEND": "django.core.cache.backends.filebased.FileBasedCache",
        "LOCATION": DATA_DIR / "cache",
        "OPTIONS": {"MAX_ENTRIES": 100_000},
    }
}
Q_CLUSTER = {
    "name": "bersenjang",
    "workers": env.int("WORKERS", default=1),
    "timeout": 1800,
    "retry": 2000,  # longer than the timeout, or a job that still runs would be handed out twice
    "max_attempts": 5,
    "ack_failures": True,
    "catch_up": False,
    "poll": 0.5,
    "save_limit": 250,
    "save_limit_per": "func",  # what runs every minute leaves room for the others
    "label": _("Pekerjaan latar"),
}
Q_CLUSTER |= {"redis": REDIS_URL} if REDIS_URL else {"orm": "default"}

MEDIA_ROOT = Path(env.str("MEDIA_ROOT", default=str(DATA_DIR / "media")))
MEDIA_URL = "/media/"
S3_ENDPOINT_URL = env.str("S3_ENDPOINT_URL", default="") or None
S3_PUBLIC_BUCKET = env.str("S3_PUBLIC_BUCKET", default="")
S3_PRIVATE_BUCKET = env.str("S3_PRIVATE_BUCKET", default="")
S3_PUBLIC_ORIGIN = env.str("S3_PUBLIC_ORIGIN", default="")
S3_PRIVATE_ORIGIN = env.str("S3_PRIVATE_ORIGIN", default="")
_S3 = "storages.backends.s3.S3Storage"
_LOCAL = "django.core.files.storage.FileSystemStorage"
STORAGES: dict[str, dict[str, Any]] = {
    "default": {"BACKEND": _LOCAL, "OPTIONS": {"location": MEDIA_ROOT / "public", "base_url": MEDIA_URL}},
    "songs": {"BACKEND": _LOCAL, "OPTIONS": {"location": MEDIA_ROOT / "public", "base_url": MEDIA_URL}},
    "private": {"BACKEND": _LOCAL, "OPTIONS": {"location": MEDIA_ROOT / "private", "base_url": None}},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
if S3_PUBLIC_BUCKET:
    if S3_PRIVATE_BUCKET in ("", S3_PUBLIC_BUCKET):
        raise ImproperlyConfigured("S3_PRIVATE_BUCKET must name a second bucket, one that is closed to the world.")
    STORAGES["default"] = {
        "BACKEND": _S3,
        "OPTIONS": {
            "bucket_name": S3_PUBLIC_BUCKET,
            "endpoint_url": S3_ENDPOINT_URL,
            "querystring_auth": False,
            "file_overwrite": False,
            "object_parameters": {"CacheControl": "public, max-age=31536000, immutable"},
        },
    }
    _PRIVATE = {
        "bucket_name": S3_PRIVATE_BUCKET,
        "endpoint_url": S3_ENDPOINT_URL,
        "default_acl": "private",
        "signature_version": "s3v4",
        "file_overwrite": False,
    }
    # Songs too: an approval can be withdrawn, and a world-readable bucket asks nobody.
    STORAGES["songs"] = {"BACKEND": _S3, "OPTIONS": _PRIVATE | {"querystring_expire": 900}}
    STORAGES["private"] = {"BACKEND": _S3, "OPTIONS": _PRIVATE | {"querystring_expire": 300}}
MAX_UPLOAD_BYTES = env.int("MAX_UPLOAD_BYTES", default=10**9)
FILE_UPLOAD_TEMP_DIR = DATA_DIR / "unggahan"
FILE_UPLOAD_HANDLERS = ["media_assets.uploads.LimitedUploadHandler"]
DATA_UPLOAD_MAX_NUMBER_FIELDS = 10_000

STATIC_URL = "/static/"
STATIC_ROOT = Path(env.str("STATIC_ROOT", default=str(DATA_DIR / "static")))


LANGUAGE_CODE = "id"
LANGUAGES = [("id", _("Bahasa Indonesia")), ("en", _("Bahasa Inggris"))]
TIME_ZONE = "Asia/Jakarta"
USE_I18N = True
USE_TZ = True
FORMAT_MODULE_PATH = "cms.formats"

AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 10}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]
CSRF_FAILURE_VIEW = "cms.views.form_expired"
LOGIN_URL = "masuk"
LOGIN_REDIRECT_URL = "beranda_kerja"

WAGTAIL_SITE_NAME = "Bersenjang"
WAGTAILADMIN_BASE_URL = PUBLIC_BASE_URL
WAGTAIL_DATE_FORMAT, WAGTAIL_TIME_FORMAT, WAGTAIL_DATETIME_FORMAT = "%d/%m/%Y", "%H.%M", "%d/%m/%Y %H.%M"
WAGTAILADMIN_COMMENTS_ENABLED = False  # the council's notes on lines are the one place for remarks
WAGTAILADMIN_PERMITTED_LANGUAGES = LANGUAGES
WAGTAILADMIN_LOGIN_URL = LOGIN_URL
WAGTAILADMIN_NOTIFICATION_INCLUDE_SUPERUSERS = False
WAGTAIL_GRAVATAR_PROVIDER_URL = None
WAGTAIL_ENABLE_UPDATE_CHECK = False
WAGTAIL_PASSWORD_RESET_ENABLED = False  # the administrator sets a new one; e-mail may not be there
WAGTAIL_WORKFLOW_REQUIRE_REAPPROVAL_ON_EDIT = True
WAGTAIL_WORKFLOW_CANCEL_ON_PUBLISH = False
WAGTAIL_FINISH_WORKFLOW_ACTION = "media_assets.finish.finish"
WAGTAILSEARCH_BACKENDS = {"default": {"BACKEND": "wagtail.search.backends.database"}}
WAGTAILDOCS_SERVE_METHOD = "serve_view"


def media_origins(bucket: str, endpoint: str | None, origin: str) -> list[str]:
    """Where else than here browsers find a bucket's files: nowhere, unless there is one."""
    if not bucket:
        return []
    parts = urlsplit(origin or endpoint or f"https://{bucket}.s3.amazonaws.com")
    return [f"{parts.scheme}://{parts.netloc}"]


_PICTURES = [SELF, *media_origins(S3_PUBLIC_BUCKET, S3_ENDPOINT_URL, S3_PUBLIC_ORIGIN)]
_SOUND = [SELF, *media_origins(S3_PUBLIC_BUCKET and S3_PRIVATE_BUCKET, S3_ENDPOINT_URL, S3_PRIVATE_ORIGIN)]
CONTENT_SECURITY_POLICY = {
    "EXCLUDE_URL_PREFIXES": ["/admin/"],
    "DIRECTIVES": {
        "default-src": [SELF],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [*_PICTURES, "data:"],
        "media-src": _SOUND,
        "connect-src": [SELF],
        "object-src": [NONE],
        "base-uri": [NONE],
        "form-action": [SELF],
        "frame-ancestors": [SELF],  # the editor shows its preview in a frame
    },
}

HTTPS = env.bool("HTTPS", default=True)
SECURE_SSL_REDIRECT = HTTPS
SECURE_REDIRECT_EXEMPT = [r"^healthz$", r"^readyz$"]
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if env.bool("BEHIND_PROXY", default=False) else None
SECURE_HSTS_SECONDS = 31_536_000 if HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = HTTPS
SECURE_HSTS_PRELOAD = HTTPS
SECURE_REFERRER_POLICY = "same-origin"
SESSION_COOKIE_SECURE = HTTPS
CSRF_COOKIE_SECURE = HTTPS
X_FRAME_OPTIONS = "DENY"  # Wagtail opens its own previews to its own frames

EMAIL_CONFIG = env.email_url("EMAIL_URL", default="consolemail://")
EMAIL_BACKEND = EMAIL_CONFIG["EMAIL_BACKEND"]
EMAIL_HOST = EMAIL_CONFIG["EMAIL_HOST"]
EMAIL_PORT = EMAIL_CONFIG["EMAIL_PORT"]
EMAIL_HOST_USER = EMAIL_CONFIG["EMAIL_HOST_USER"]
EMAIL_HOST_PASSWORD = EMAIL_CONFIG["EMAIL_HOST_PASSWORD"]
EMAIL_USE_TLS = EMAIL_CONFIG.get("EMAIL_USE_TLS", False)
EMAIL_TIMEOUT = 10  # whoever causes a notice waits for its mail
DEFAULT_FROM_EMAIL = env.str("EMAIL_FROM", default="bersenjang@localhost")

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "%(asctime)s %(levelname)s %(name)s %(message)s"}},
    "filters": {"keys": {"()": "cms.office.masking.KeysAreMasked"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line", "filters": ["keys"]}},
    "root": {"handlers": ["console"], "level": env.str("LOG_LEVEL", default="INFO")},
    "loggers": {
        "django": {"handlers": []},  # nothing past the one handler that masks
        "django.server": {"handlers": []},
        "pikepdf": {"level": "WARNING"},  # it tells that it can log
        "django_tasks": {"level": "WARNING"},  # the search index tells of every page it reads
    },
}
