"""Connections to Elasticsearch: a hurried one for readers, a patient one for writing."""

from functools import lru_cache
from typing import Any

from elasticsearch import ApiError, Elasticsearch, TransportError, UnsupportedProductError

from ... import conf
from ...conf import ElasticsearchSettings

#: Whatever Elasticsearch, the network between or another product in its place may raise.
FAILURES = (ApiError, TransportError, UnsupportedProductError)


def for_readers() -> Elasticsearch:
    """Gives up after `TIMEOUT` and never tries twice: the database answers instead."""
    settings = conf.elasticsearch()
    return _client(settings, settings.timeout / 1000)


def for_writing() -> Elasticsearch:
    settings = conf.elasticsearch()
    return _client(settings, float(settings.bulk_timeout))


@lru_cache(maxsize=8)
def _client(settings: ElasticsearchSettings, timeout: float) -> Elasticsearch:
    options: dict[str, Any] = {"request_timeout": timeout, "max_retries": 0, "retry_on_timeout": False}
    if settings.api_key:
        options["api_key"] = settings.api_key
    if settings.user:
        options["basic_auth"] = (settings.user, settings.password)
    if settings.ca_file:
        options["ca_certs"] = settings.ca_file
    return Elasticsearch(list(settings.urls), **options)
