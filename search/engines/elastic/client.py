"""Connections to Elasticsearch: a hurried one for readers, a patient one for writing."""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from functools import lru_cache
from typing import Any

from elasticsearch import ApiError, Elasticsearch, TransportError, UnsupportedProductError

from ... import conf
from ...conf import ElasticsearchSettings


class TooSlow(Exception):  # noqa: N818 - says what happened
    """The requests of one search took longer than a reader waits."""


class Malformed(Exception):  # noqa: N818 - says what happened
    """An answer lacks what every answer of Elasticsearch has."""


#: Whatever Elasticsearch, the network between or another product in its place may raise.
FAILURES = (ApiError, TransportError, UnsupportedProductError, TooSlow, Malformed)


@contextmanager
def reading() -> Iterator[None]:
    """What is not found in an answer that is read here, is the server's fault: Malformed."""
    try:
        yield
    except (AttributeError, IndexError, KeyError, TypeError, ValueError) as fault:
        raise Malformed(f"{type(fault).__name__}: {fault}") from fault


def for_readers() -> Elasticsearch:
    """Gives up after `TIMEOUT` and never tries twice: the database answers instead."""
    settings = conf.elasticsearch()
    return _client(settings, settings.timeout / 1000)


def for_writing() -> Elasticsearch:
    settings = conf.elasticsearch()
    return _client(settings, float(settings.bulk_timeout))


class Patience:
    """What one search may wait for Elasticsearch, in all its requests together: `TIMEOUT`."""

    def __init__(self) -> None:
        self._whole = self._rest = conf.elasticsearch().timeout / 1000

    @contextmanager
    def client(self) -> Iterator[Elasticsearch]:
        """For one request, which gives up when nothing is left; raises TooSlow where that is so already."""
        if self._rest <= 0:
            raise TooSlow
        client = for_readers()
        if self._rest < self._whole:  # as another client takes a while to make, the first request has none
            client = client.options(request_timeout=self._rest)
        start = time.monotonic()
        try:
            yield client
        finally:
            self._rest -= time.monotonic() - start


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
