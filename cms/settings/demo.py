"""The demo on one machine: plain HTTP on loopback, a secret key kept beside its data."""

import secrets

from cms.settings.base import *  # noqa: F403
from cms.settings.base import DATA_DIR, LOGGING, env

DATA_DIR.mkdir(parents=True, exist_ok=True)
_key_file = DATA_DIR / "secret-key"
if not _key_file.exists():
    _key_file.touch(mode=0o600)
    _key_file.write_text(secrets.token_urlsafe(50))
SECRET_KEY = _key_file.read_text()

HTTPS = SECURE_SSL_REDIRECT = SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = False
SECURE_HSTS_SECONDS = 0
if not env.str("EMAIL_URL", default=""):
    EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
    EMAIL_FILE_PATH = DATA_DIR / "surat"

DEMO = True
LOGGING = LOGGING | {"root": {"handlers": ["console"], "level": env.str("LOG_LEVEL", default="WARNING")}}
PORT = env.int("PORT", default=8000)
PUBLIC_BASE_URL = env.str("PUBLIC_BASE_URL", default=f"http://127.0.0.1:{PORT}").rstrip("/")
WAGTAILADMIN_BASE_URL = PUBLIC_BASE_URL
