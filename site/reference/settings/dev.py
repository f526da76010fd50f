"""At a desk and for `make demo`: SQLite, immediate tasks, nothing else to install."""

import os

from .base import *  # noqa: F403

DEBUG = os.environ.get("TORV_DEBUG", "1") == "1"
SECRET_KEY = "only-for-a-desk-never-for-a-server"  # noqa: S105
ALLOWED_HOSTS = ["localhost", "127.0.0.1", "[::1]", ".localhost"]
EMAIL_BACKEND = "django.core.mail.backends.console.EmailBackend"
