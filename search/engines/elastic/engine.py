"""Elasticsearch answers; the database says which of its hits are still there, and what they look like."""

import logging
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from threading import RLock
from typing import Any, TypeVar, cast

from elasticsearch import NotFoundError

from ... import bitmaps, conf
from ...parsing import ParsedQuery, parse
from ...query import Query
from ...results import Results
from ..answering import addresses, facet_results, hits, searchable_names
from ..base import Engine
from .breaker import breaker
from .client import FAILURES
from .mirror import describe
from .search import DirectorySearch

logger = logging.getLogger(__name__)

Value = TypeVar("Value")


@dataclass
class _Remembered:
    """What this process keeps until the index changes."""

    position: tuple[int, str] = (0, "")
    values: dict[tuple[object, ...], Any] = field(default_factory=dict)
    lock: RLock = field(default_factory=RLock)

    def catch_up(self) -> None:
        latest = bitmaps.latest_change()
        with self.lock:
            if latest != self.position:
                self.position = latest
                self.values.clear()

    def remember(self, key: tuple[object, ...], make: Callable[[], Value]) -> Value:
        with self.lock:
            if key not in self.values:
                self.values[key] = make()
            return cast("Value", self.values[key])


_remembered = _Remembered()


class ElasticsearchEngine(Engine):
    """Raises what Elasticsearch raises; `FallbackEngine` around it does not."""

    name = "elasticsearch"

    def search(self, query: Query) -> Results:
        parsed = parse(query.text, query.locale)
        _remembered.catch_up()
        found_addresses = addresses(query, _remembered, searchable_names(query))
        names = tuple(found_addresses)
        answer = _asked(query, parsed, names)
        total = answer.hits.total.value
        last = max(1, -(-total // query.per_page))
        if query.page > last:
            query = replace(query, page=last)
            answer = _asked(query, parsed, names)
        on_page = [(int(hit.meta.id), hit.meta.score or 0.0) for hit in answer.hits]
        counts = {
            name: {value: count for value, count, _ in answer.facets[name] if count} for name in query.facets
        }
        shown = tuple(hits(on_page, parsed, found_addresses, query.near))
        return Results(
            query=query,
            hits=shown,
            # What the database has no more does not count either, as far as this page can tell.
            total=total - (len(on_page) - len(shown)),
            facets=tuple(facet_results(query, _remembered, counts)),
            engine=self.name,
        )


def _asked(query: Query, parsed: ParsedQuery, searchables: tuple[str, ...]) -> Any:
    start = (query.page - 1) * query.per_page
    return DirectorySearch(query, parsed, searchables)[start : start + query.per_page].execute()


class FallbackEngine(Engine):
    """The first engine answers; where it fails or has failed lately, the second does, and says so."""

    def __init__(self, first: Engine, second: Engine) -> None:
        self.name = first.name
        self._first = first
        self._second = second

    def search(self, query: Query) -> Results:
        settings = conf.elasticsearch()
        if breaker.allows(settings.breaker_pause):
            try:
                results = self._first.search(query)
            except FAILURES as fault:
                self._note(fault, settings.breaker_failures, settings.breaker_pause)
            else:
                breaker.succeeded()
                return results
        return replace(self._second.search(query), degraded=True)

    def _note(self, fault: Exception, failures: int, pause: int) -> None:
        # An index that is missing is no reason to wait for the server any longer than for its answer.
        opened = breaker.failed(failures, pause)
        level = logging.ERROR if opened or isinstance(fault, NotFoundError) else logging.WARNING
        logger.log(level, "Elasticsearch failed, the database answers: %s", describe(fault))
