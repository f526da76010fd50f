"""The engines that can answer a query."""

from dataclasses import replace
from functools import partial

from .. import conf
from ..query import Query
from ..results import Group, Results
from .base import Engine


def current() -> Engine:
    """The engine in force: Elasticsearch with the database behind it, or the database alone."""
    from .database import DatabaseEngine

    if not conf.elasticsearch().urls:
        return DatabaseEngine()
    from .elastic.engine import ElasticsearchEngine, FallbackEngine

    return FallbackEngine(ElasticsearchEngine(), DatabaseEngine())


def search(query: Query) -> Results:
    """Ask the engine in force."""
    return current().search(query)


def grouped(query: Query, facet: str, most: int) -> tuple[Group, ...]:
    """What a query finds under a heading for each value of a facet, at most `most` hits below each.

    Costs one search more than there are values, however many documents there are.
    """
    [counted] = search(replace(query, facets=(facet,), page=1, per_page=1)).facets
    narrow = partial(replace, query, facets=(), page=1, per_page=most)
    return tuple(
        Group(value=value, results=search(narrow(selected={**query.selected, facet: (value.value,)})))
        for value in counted.values
        if value.count
    )
