"""The one door to the setting `TORV_SEARCH`."""

from dataclasses import dataclass, fields
from typing import Any

from django.conf import settings

NAME = "TORV_SEARCH"


@dataclass(frozen=True, kw_only=True)
class SearchSettings:
    """Keys of `TORV_SEARCH` in lower case, with their defaults; docs/reference/settings.md explains each."""

    base_template: str = "torv_blocks/base.html"
    facets: tuple[str, ...] = ("topic",)
    per_page: int = 10
    max_query_length: int = 200
    rebuild_batch_size: int = 500
    max_attempts: int = 8


def given() -> dict[str, Any]:
    """What the host wrote, untouched."""
    return getattr(settings, NAME, {})


def current() -> SearchSettings:
    """The settings in force; read anew each time, so `override_settings` works."""
    known = {field.name for field in fields(SearchSettings)}
    return SearchSettings(**{key.lower(): value for key, value in given().items() if key.lower() in known})
