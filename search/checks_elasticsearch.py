"""System checks of `TORV_SEARCH["ELASTICSEARCH"]`, and of the index that is there."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import fields
from importlib.util import find_spec
from pathlib import Path
from typing import Any
from urllib.parse import SplitResult, urlsplit

from django.apps import AppConfig
from django.core import checks
from django.core.checks import CheckMessage, Error, Tags, register
from django.db import DatabaseError

from . import conf
from .conf import ElasticsearchSettings
from .settings_keys import unknown_keys

NAME = f"{conf.NAME}['ELASTICSEARCH']"
_NUMBERS = ("TIMEOUT", "BULK_TIMEOUT", "BREAKER_FAILURES", "BREAKER_PAUSE")
_TEXTS = ("API_KEY", "USER", "PASSWORD", "CA_FILE", "PREFIX")


def _wrong(message: str, hint: str) -> CheckMessage:
    return Error(message, hint=hint, id="torv_search.E003")


def check_settings() -> list[CheckMessage]:
    written: object = conf.current().elasticsearch
    if not isinstance(written, Mapping):
        return [_wrong(f"{NAME} is no dictionary.", 'Write {"URLS": ["https://search.example:9200"]}.')]
    if not written:
        return []
    known = [field.name.upper() for field in fields(ElasticsearchSettings)]
    unknown = unknown_keys(NAME, written, known, id="torv_search.E004")
    return [*unknown, *_types(written), *_addresses(written), *_access(written), *_library()]


def _types(written: Mapping[str, object]) -> Iterator[CheckMessage]:
    for key in _NUMBERS:
        value = written.get(key, 1)
        if type(value) is not int or value < 1:
            default = getattr(ElasticsearchSettings(), key.lower())
            yield _wrong(
                f"{NAME}[{key!r}] is {value!r}, no whole number above 0.", f"Give a number such as {default}."
            )
    for key in _TEXTS:
        if not isinstance(written.get(key, ""), str):
            yield _wrong(f"{NAME}[{key!r}] is no text.", "Write it in quotation marks.")
    prefix = written.get("PREFIX", "torv")
    if isinstance(prefix, str) and (not prefix.replace("-", "").isalnum() or prefix != prefix.lower()):
        yield _wrong(
            f"{NAME}['PREFIX'] is {prefix!r}, no name of an index.", "Use small letters, digits and hyphens."
        )


def _addresses(written: Mapping[str, object]) -> Iterator[CheckMessage]:
    urls = written.get("URLS", ())
    if not isinstance(urls, list | tuple):
        yield _wrong(f"{NAME}['URLS'] is no list.", 'Write ["https://search.example:9200"].')
        return
    for url in urls:
        parts = _parts(url)
        if parts is None:
            yield _wrong(f"{NAME}['URLS'] has {url!r}, no whole address.", "Write https://host:9200.")
        elif parts.username or parts.password:
            yield _wrong(f"{NAME}['URLS'] holds a password.", "Give USER and PASSWORD, or API_KEY, instead.")


def _parts(url: object) -> SplitResult | None:
    """Of a whole address. The library knows the port of https alone: one of http has to name it."""
    if not isinstance(url, str):
        return None
    try:
        parts = urlsplit(url)
        port = parts.port or {"https": 443}.get(parts.scheme)
    except ValueError:  # of a bracket without its other half, and of a port that is no number
        return None
    return parts if parts.scheme in {"http", "https"} and parts.hostname and port else None


def _access(written: Mapping[str, Any]) -> Iterator[CheckMessage]:
    if written.get("API_KEY") and written.get("USER"):
        yield _wrong(f"{NAME} has both API_KEY and USER.", "Keep one of the two.")
    file = written.get("CA_FILE")
    if isinstance(file, str) and file and not Path(file).is_file():
        yield _wrong(f"{NAME}['CA_FILE'] is {file!r}, which is no file.", "Give the path of the certificate.")


def _library() -> Iterator[CheckMessage]:
    if find_spec("elasticsearch") is None:
        yield _wrong(
            "Elasticsearch is configured and its library is missing.",
            "Install wagtail-torv[elasticsearch].",
        )


@register(Tags.database)
def check_mapping(
    app_configs: Sequence[AppConfig] | None, databases: Sequence[str] | None = None, **kwargs: Any
) -> list[CheckMessage]:
    """The index in use may have been made by another version of Torv; asks the database alone."""
    if not databases or not conf.elasticsearch().urls or check_settings():
        return []  # nothing is asked by settings that are wrong, which is said elsewhere
    from .engines.elastic import mirror

    try:
        outdated = mirror.is_outdated()
    except DatabaseError:  # before the first migration there are no tables
        return []
    if not outdated:
        return []
    message = "The index of Elasticsearch was made with another mapping than this version of Torv has."
    hint = "Run rebuild_search_index; readers keep searching meanwhile."
    return [checks.Warning(message, hint=hint, id="torv_search.W003")]
