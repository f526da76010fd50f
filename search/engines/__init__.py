"""The engines that can answer a query."""

from dataclasses import replace
from functools import partial

from .. import conf
from ..clauses import ParsedQuery
from ..generation import UntilIndexed
from ..open_data import narrowed
from ..parsing import has_words
from ..query import Query
from ..results import Group, Results
from .base import Engine

_remembered = UntilIndexed()


def current() -> Engine:
    """The engine in force: Elasticsearch with the database behind it, or the database alone."""
    from .database import DatabaseEngine

    if not conf.elasticsearch().urls:
        return DatabaseEngine()
    from .elastic.engine import ElasticsearchEngine, FallbackEngine

    return FallbackEngine(ElasticsearchEngine(), DatabaseEngine())


def search(query: Query) -> Results:
    """Ask the engine in force. A suggestion is none that would find nothing here."""
    if query.text and not has_words(query.text):
        return _nothing(query)
    results = current().search(narrowed(query))
    results = replace(results, query=replace(results.query, selected=query.selected))
    if results.suggestion and not _finds(query, results.suggestion):
        return replace(results, suggestion=None)
    return results


def _finds(query: Query, text: str) -> bool:
    """Whether the words alone find anything: that is what the link of a suggestion asks."""
    asked = replace(query.unfiltered(), text=text, facets=(), sort=None, page=1, per_page=1)
    return bool(current().search(narrowed(asked)).total)


def _nothing(query: Query) -> Results:
    """The answer to signs without a word; the chosen values stay to be taken back."""
    from .answering import facet_results

    return Results(
        query=replace(query, page=1),
        hits=(),
        total=0,
        facets=tuple(facet_results(query, _remembered, {name: {} for name in query.facets})),
        engine=current().name,
        parsed=ParsedQuery(query.locale),
    )


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
