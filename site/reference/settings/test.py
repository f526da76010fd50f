"""For the test suite; TORV_TEST_DATABASE=postgres runs it on PostgreSQL (PGHOST, PGPORT, PGUSER)."""

import os

from .base import *  # noqa: F403
from .base import INSTALLED_APPS, VAR

#: A host with fields of its own on entries.
INSTALLED_APPS = [*INSTALLED_APPS, "tests.sample_host"]
DEBUG = False
SECRET_KEY = "only-for-tests"  # noqa: S105
ALLOWED_HOSTS = ["*"]
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
MEDIA_ROOT = VAR / "test-media" / os.environ.get("PYTEST_XDIST_WORKER", "main")
AXES_ENABLED = False
WHITENOISE_AUTOREFRESH = True

if os.environ.get("TORV_TEST_DATABASE") == "postgres":
    DATABASES = {
        "default": {
            "ENGINE": "django.db.backends.postgresql",
            "NAME": os.environ.get("PGDATABASE", "torv"),
            "USER": os.environ.get("PGUSER", "torv"),
            "HOST": os.environ.get("PGHOST", "127.0.0.1"),
            "PORT": os.environ.get("PGPORT", "5432"),
            "PASSWORD": os.environ.get("PGPASSWORD", ""),
        }
    }
