"""The one door to the setting `TORV_SEARCH`."""

from collections.abc import Mapping
from dataclasses import dataclass, field, fields
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
    log_days: int = 90
    api_rate: str = "60/m"
    suggest_rate: str = "240/m"
    api_cache: str = "default"
    api_address_header: str = ""
    elasticsearch: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True)
class ElasticsearchSettings:
    """Keys of `TORV_SEARCH["ELASTICSEARCH"]` in lower case; without `urls` the database answers.

    Times are milliseconds for `timeout` and seconds for the others.
    """

    urls: tuple[str, ...] = ()
    api_key: str = ""
    user: str = ""
    password: str = ""
    ca_file: str = ""
    prefix: str = "torv"
    timeout: int = 800
    bulk_timeout: int = 30
    breaker_failures: int = 3
    breaker_pause: int = 30


def given() -> object:
    """What the host wrote, untouched: a system check says where it is no dictionary."""
    return getattr(settings, NAME, {})


def current() -> SearchSettings:
    """The settings in force; read anew each time, so `override_settings` works."""
    return SearchSettings(**_known(SearchSettings, given()))


def elasticsearch() -> ElasticsearchSettings:
    """The settings of Elasticsearch in force; no `urls` where they are no list of addresses."""
    values = _known(ElasticsearchSettings, current().elasticsearch)
    urls = values.get("urls", ())
    return ElasticsearchSettings(**{**values, "urls": tuple(urls) if isinstance(urls, list | tuple) else ()})


def _known(kind: type[Any], written: object) -> dict[str, Any]:
    """Fields of `kind` by the keys that were written; nothing of what is no dictionary."""
    if not isinstance(written, Mapping):
        return {}
    keys = {each.name: each.name.upper() for each in fields(kind)}
    return {name: written[key] for name, key in keys.items() if key in written}
