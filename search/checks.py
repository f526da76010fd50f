"""System checks: what is wrong with the settings, and with the full-text table."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import fields
from typing import Any

from django.apps import AppConfig
from django.conf import settings
from django.core import checks
from django.core.checks import CheckMessage, Error, Tags, register
from django.db import connections, router
from django.db.migrations.recorder import MigrationRecorder

from . import checks_elasticsearch, conf, rates, registry
from .engines import postgres
from .models import SearchDocument
from .settings_keys import not_a_dictionary, unknown_keys

_COUNTS = ("PER_PAGE", "MAX_QUERY_LENGTH", "REBUILD_BATCH_SIZE", "MAX_ATTEMPTS")
_META_KEY = re.compile(r"HTTP_[A-Z0-9_]+|REMOTE_ADDR")
_TERMS_MIGRATION = ("torv_search", "0002_text_index")


@register()
def check_settings(app_configs: Sequence[AppConfig] | None, **kwargs: Any) -> list[CheckMessage]:
    given = conf.given()
    if not isinstance(given, Mapping):
        return [not_a_dictionary(conf.NAME, id="torv_search.E001")]
    known = [field.name.upper() for field in fields(conf.SearchSettings)]
    elastic = checks_elasticsearch.check_settings()
    return [
        *unknown_keys(conf.NAME, given, known, id="torv_search.E004"),
        *_check_counts(),
        *_check_template(),
        *_check_facets(),
        *_check_log_days(),
        *_check_rates(),
        *elastic,
    ]


def _wrong(message: str, hint: str) -> CheckMessage:
    return Error(message, hint=hint, id="torv_search.E001")


def _check_counts() -> Iterator[CheckMessage]:
    for key in _COUNTS:
        value: object = getattr(conf.current(), key.lower())
        if type(value) is not int or value < 1:
            default = getattr(conf.SearchSettings(), key.lower())
            message = f"{conf.NAME}[{key!r}] is {value!r}, which is no whole number above 0."
            yield _wrong(message, f"Give a number such as {default}.")


def _check_log_days() -> Iterator[CheckMessage]:
    value: object = conf.current().log_days
    if type(value) is not int or value < 0:
        message = f"{conf.NAME}['LOG_DAYS'] is {value!r}, which is no number of days."
        yield _wrong(message, "Give a number such as 90, or 0 to keep no log.")


def _check_rates() -> Iterator[CheckMessage]:
    for key in ("API_RATE", "SUGGEST_RATE"):
        value: object = getattr(conf.current(), key.lower())
        if not isinstance(value, str) or not rates.is_rate(value):
            message = f"{conf.NAME}[{key!r}] is {value!r}, which is no rate."
            yield _wrong(message, "Write '60/m' for 60 requests a minute (s, m, h or d), or '' for no limit.")
    name: object = conf.current().api_cache
    if not isinstance(name, str) or name not in settings.CACHES:
        message = f"{conf.NAME}['API_CACHE'] is {name!r}, which names no cache."
        yield _wrong(message, f"CACHES has {', '.join(settings.CACHES)}.")


@register(Tags.security, deploy=True)
def check_sender(app_configs: Sequence[AppConfig] | None, **kwargs: Any) -> list[CheckMessage]:
    """Behind a proxy every request comes from the proxy."""
    header: object = conf.current().api_address_header
    if header and not (isinstance(header, str) and _META_KEY.fullmatch(header)):
        message = f"{conf.NAME}['API_ADDRESS_HEADER'] is {header!r}, which is no key of request.META."
    elif not header and getattr(settings, "SECURE_PROXY_SSL_HEADER", None):
        message = "Behind a proxy the limits of the search's interface take all senders for one."
    else:
        return []
    hint = (
        f"Let {conf.NAME}['API_ADDRESS_HEADER'] be \"HTTP_X_FORWARDED_FOR\", if the proxy writes that header."
    )
    return [checks.Warning(message, hint=hint, id="torv_search.W004")]


def _check_template() -> Iterator[CheckMessage]:
    value: object = conf.current().base_template
    if not isinstance(value, str) or not value:
        message = f"{conf.NAME}['BASE_TEMPLATE'] is {value!r}, which is no name of a template."
        yield _wrong(message, f"Give a name such as {conf.SearchSettings().base_template!r}.")


def _check_facets() -> Iterator[CheckMessage]:
    value: object = conf.current().facets
    if not isinstance(value, list | tuple):
        message = f"{conf.NAME}['FACETS'] is {value!r}, which is no list of names."
        yield _wrong(message, "Give a tuple such as ('topic',), with its comma.")
        return
    known = [facet.name for facet in registry.registered_facets()]
    for name in value:
        if name not in known:
            message = f"{conf.NAME}['FACETS'] names {name!r}, a facet that no app registers."
            yield _wrong(message, f"Registered are {', '.join(known) or 'none'}.")


@register(Tags.database)
def check_terms_table(
    app_configs: Sequence[AppConfig] | None, databases: Sequence[str] | None = None, **kwargs: Any
) -> list[CheckMessage]:
    """A dump may lack the full-text table. Runs with `migrate`, so a migration still to come is no fault."""
    return [
        Error(
            f"The database {alias!r} has no table {postgres.TABLE}, so nothing can be searched.",
            hint="Run `migrate --skip-checks torv_search zero`, `migrate` and `rebuild_search_index`.",
            id="torv_search.E002",
        )
        for alias in databases or ()
        if router.allow_migrate_model(alias, SearchDocument) and _is_lost(alias)
    ]


def _is_lost(alias: str) -> bool:
    connection = connections[alias]
    if postgres.TABLE in connection.introspection.table_names():
        return False
    return _TERMS_MIGRATION in MigrationRecorder(connection).applied_migrations()
