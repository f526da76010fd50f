"""The one door to the setting `TORV_DIRECTORY`."""

from collections.abc import Mapping
from dataclasses import dataclass, fields

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


def given() -> object:
    """What the host wrote, untouched: a system check says where it is no dictionary."""
    return getattr(settings, NAME, {})


def current() -> DirectorySettings:
    """The settings in force; read anew each time, so `override_settings` works."""
    written = given()
    if not isinstance(written, Mapping):
        return DirectorySettings()
    keys = {field.name: field.name.upper() for field in fields(DirectorySettings)}
    return DirectorySettings(**{name: written[key] for name, key in keys.items() if key in written})
