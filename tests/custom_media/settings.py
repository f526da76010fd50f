"""The reference municipality with models of its own, in a database that is gone with the process."""

import os

from reference.settings.test import *  # noqa: F403
from reference.settings.test import INSTALLED_APPS, MEDIA_ROOT, WAGTAILMEDIA

INSTALLED_APPS = [*INSTALLED_APPS, "tests.custom_media"]
WAGTAILIMAGES_IMAGE_MODEL = "custom_media.CustomImage"
WAGTAILDOCS_DOCUMENT_MODEL = "custom_media.CustomDocument"
WAGTAILMEDIA = {**WAGTAILMEDIA, "MEDIA_MODEL": "custom_media.CustomMedia"}
DATABASES = {"default": {"ENGINE": "django.db.backends.sqlite3", "NAME": ":memory:"}}
MEDIA_ROOT = os.environ.get("TORV_TEST_MEDIA", MEDIA_ROOT)
