"""Tests: quick password hashes, media in a throw-away folder, jobs run at once, warnings are errors."""

import atexit
import tempfile
from pathlib import Path

from cms.settings.base import *  # noqa: F403
from cms.settings.base import DATABASES, Q_CLUSTER, STORAGES

SECRET_KEY = "only-for-tests"  # noqa: S105
HTTPS = SECURE_SSL_REDIRECT = SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = False
SECURE_HSTS_SECONDS = 0
DATABASES["default"]["CONN_MAX_AGE"] = 0
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
ALLOWED_HOSTS = ["testserver", "localhost", "127.0.0.1"]
PUBLIC_BASE_URL = WAGTAILADMIN_BASE_URL = "https://bersenjang.example"
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"

_media = tempfile.TemporaryDirectory(prefix="bersenjang-test-")
atexit.register(_media.cleanup)
MEDIA_ROOT = Path(_media.name)
for _name, _folder in (("default", "default"), ("songs", "default"), ("private", "private")):
    STORAGES[_name]["OPTIONS"]["location"] = MEDIA_ROOT / _folder
FILE_UPLOAD_TEMP_DIR = MEDIA_ROOT / "unggahan"
STATIC_ROOT = Path(tempfile.mkdtemp(prefix="bersenjang-static-"))
STORAGES["staticfiles"] = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
Q_CLUSTER["sync"] = True
CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}
