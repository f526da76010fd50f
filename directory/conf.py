"""The one door to the setting `TORV_DIRECTORY`."""

from dataclasses import dataclass, fields
from typing import Any

from django.conf import settings

NAME = "TORV_DIRECTORY"


@dataclass(frozen=True, kw_only=True)
class DirectorySettings:
    """Keys of `TORV_DIRECTORY` in lower case, with defaults; docs/reference/settings.md explains each."""

    per_page: int = 20
    default_country: str = "DK"
    tile_url: str = ""
    tile_attribution: str = ""
    check_after_days: int = 365
    error_report_email: str = ""
    error_reports_kept_days: int = 30
    weekly_reminder: bool = True


def given() -> dict[str, Any]:
    """What the host wrote, untouched."""
    return getattr(settings, NAME, {})


def current() -> DirectorySettings:
    """The settings in force; read anew each time, so `override_settings` works."""
    known = {field.name for field in fields(DirectorySettings)}
    return DirectorySettings(**{key.lower(): value for key, value in given().items() if key.lower() in known})
