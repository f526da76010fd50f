"""System checks: what is wrong with the settings, and with what else is installed."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import fields
from typing import Any

from django.apps import AppConfig, apps
from django.core import checks
from django.core.checks import CheckMessage, Error, register
from django.core.exceptions import ValidationError
from django.core.validators import validate_email

from cms_blocks.settings_keys import not_a_dictionary, unknown_keys
from cms_blocks.shadowing import foreign_search

from . import conf

_TILES = re.compile(r"https?://[^/\s]+/(?=\S*\{z\})(?=\S*\{x\})(?=\S*\{y\})\S+")


@register()
def check_search_is_ours(app_configs: Sequence[AppConfig] | None, **kwargs: Any) -> list[CheckMessage]:
    """The directory cannot list anything without Torv's search."""
    if theirs := foreign_search():
        hint = "Remove the package 'search' that 'wagtail start' made, and its line in urls.py."
        return [Error(f"The app at {theirs} hides Torv's app 'search'.", hint=hint, id="torv_directory.E001")]
    if not apps.is_installed("search"):
        hint = "Add 'search' to INSTALLED_APPS."
        return [Error("The directory needs Torv's app 'search'.", hint=hint, id="torv_directory.E002")]
    return []


@register()
def check_settings(app_configs: Sequence[AppConfig] | None, **kwargs: Any) -> list[CheckMessage]:
    written = conf.given()
    if not isinstance(written, Mapping):
        return [not_a_dictionary(conf.NAME, id="torv_directory.E010")]
    known = [field.name.upper() for field in fields(conf.DirectorySettings)]
    unknown = unknown_keys(conf.NAME, written, known, id="torv_directory.E009")
    return [*unknown, *_check_per_page(), *_check_country(), *_check_tiles(), *_check_care()]


def _check_per_page() -> list[CheckMessage]:
    value: object = conf.current().per_page
    if type(value) is int and value > 0:
        return []
    message = f"{conf.NAME}['PER_PAGE'] is {value!r}, which is no number of entries."
    return [Error(message, hint="Give a whole number above 0, such as 20.", id="torv_directory.E003")]


def _check_country() -> list[CheckMessage]:
    value: object = conf.current().default_country
    if isinstance(value, str) and len(value) == 2 and value.isalpha() and value.isupper():
        return []
    message = f"{conf.NAME}['DEFAULT_COUNTRY'] is {value!r}, which is no country."
    return [Error(message, hint="Give its two letters: 'DK' or 'DE'.", id="torv_directory.E004")]


def _check_care() -> list[CheckMessage]:
    """Of what is done for the entries: checking them, and dealing with reported errors."""
    settings = conf.current()
    values: dict[str, object] = {
        "CHECK_AFTER_DAYS": settings.check_after_days,
        "ERROR_REPORTS_KEPT_DAYS": settings.error_reports_kept_days,
    }
    faults: list[CheckMessage] = [
        Error(
            f"{conf.NAME}[{key!r}] is {value!r}, which is no number of days.",
            hint="Give a whole number above 0, such as 365.",
            id="torv_directory.E006",
        )
        for key, value in values.items()
        if type(value) is not int or value <= 0
    ]
    address: object = settings.error_report_email
    if address != "" and not _is_email(address):
        message = f"{conf.NAME}['ERROR_REPORT_EMAIL'] is {address!r}, which is no e-mail address."
        hint = "Give one such as 'directory@example.org', or leave it out: then the editors are told."
        faults.append(Error(message, hint=hint, id="torv_directory.E007"))
    reminder: object = settings.weekly_reminder
    if not isinstance(reminder, bool):
        message = f"{conf.NAME}['WEEKLY_REMINDER'] is {reminder!r}, which is neither True nor False."
        faults.append(Error(message, hint="Write True or False.", id="torv_directory.E008"))
    return faults


def _is_email(value: object) -> bool:
    if not isinstance(value, str):
        return False
    try:
        validate_email(value)
    except ValidationError:
        return False
    return True


def _check_tiles() -> list[CheckMessage]:
    url: object = conf.current().tile_url
    if url == "":
        return []
    faults: list[CheckMessage] = []
    if not isinstance(url, str) or not _TILES.fullmatch(url):
        message = f"{conf.NAME}['TILE_URL'] is {url!r}, which is no address of map tiles."
        hint = "Write it with its placeholders: 'https://tiles.example.org/{z}/{x}/{y}.png'."
        faults.append(Error(message, hint=hint, id="torv_directory.E005"))
    whose: object = conf.current().tile_attribution
    hint = "Name whose map it is, as its licence asks: '© OpenStreetMap contributors'."
    if not isinstance(whose, str):
        message = f"{conf.NAME}['TILE_ATTRIBUTION'] is {whose!r}, which is no text."
        faults.append(Error(message, hint=hint, id="torv_directory.E011"))
    elif not whose:
        message = f"{conf.NAME}['TILE_ATTRIBUTION'] is empty."
        faults.append(checks.Warning(message, hint=hint, id="torv_directory.W002"))
    return faults


@register()
def check_host_fields(app_configs: Sequence[AppConfig] | None, **kwargs: Any) -> list[CheckMessage]:
    """What hosts have registered; without Torv's search there is nothing to hold it against."""
    if foreign_search() or not apps.is_installed("search"):
        return []
    from .host_checks import faults

    return list(faults())
