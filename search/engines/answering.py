"""From ids and counts, which an engine finds, to what a template prints: the same for every engine."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Protocol, TypeVar

from .. import registry, snippets
from ..explaining import explain
from ..facets import Facet, FacetResult, FacetValue, arranged
from ..geography import nearest_km
from ..matching import Matcher
from ..query import Point, Query
from ..registry import HitAddress
from ..results import Hit
from ..scoring import Score
from .seeing import NOTHING, Condition
from .stored import read

Value = TypeVar("Value")


class Memory(Protocol):
    """What a process remembers until the index changes: names of facet values, addresses."""

    def remember(self, key: tuple[object, ...], make: Callable[[], Value]) -> Value: ...


def searchable_names(query: Query) -> tuple[str, ...]:
    return query.searchables or tuple(searchable.name for searchable in registry.searchables())


def addresses(query: Query, memory: Memory, names: Sequence[str]) -> dict[str, HitAddress]:
    """How hits are addressed, for the sorts of thing that have an address on this site in this locale."""
    found: dict[str, HitAddress] = {}
    for name in names:
        key = ("address", name, query.site.pk, query.locale)
        make = partial(registry.get(name).address, query.site, query.locale)
        if (address := memory.remember(key, make)) is not None:
            found[name] = address
    return found


def hits(
    on_page: Sequence[Score],
    matcher: Matcher,
    addresses: Mapping[str, HitAddress],
    near: Point | None = None,
    condition: Condition = NOTHING,
) -> Iterator[Hit]:
    """The documents of a page, in this order; those that are gone by now are left out."""
    unread = [score.id for score in on_page if score.candidate is None]
    found = {candidate.id: candidate for candidate in read(unread, condition)}
    for score in on_page:
        if (candidate := score.candidate or found.get(score.id)) is None:
            continue
        row = candidate.row
        yield Hit(
            row=row,
            score=score.points,
            title=snippets.marked_title(candidate, matcher),
            snippet=snippets.snippet(candidate, matcher),
            url=addresses[row.searchable](row),
            distance_km=nearest_km(near.position, row.positions) if near else None,
            explained=partial(explain, matcher, candidate, score),
        )


def facet_results(
    query: Query, memory: Memory, counts: Mapping[str, Mapping[str, int]]
) -> Iterator[FacetResult]:
    for facet in registry.facets(query.facets):
        chosen = query.selected.get(facet.name, ())
        shown = {**dict.fromkeys(chosen, 0), **counts[facet.name]}
        names = _names(facet, query.locale, memory, tuple(shown))
        values = [
            FacetValue(
                facet=facet.name,
                value=value,
                label=names.labels[value],
                count=count,
                selected=value in chosen,
                query=query,
            )
            for value, count in shown.items()
            if value in names.labels
        ]
        yield FacetResult(
            name=facet.name, label=str(facet.label), values=arranged(facet, values, names.parents)
        )


@dataclass(frozen=True)
class _Names:
    """Names of a facet's values and what stands above them, for all values asked so far."""

    asked: set[str]
    labels: dict[str, str]
    parents: dict[str, str]


def _names(facet: Facet, locale: str, memory: Memory, values: Sequence[str]) -> _Names:
    """Asked of the facet once for each value, until the index changes."""
    key = ("names", facet.name, locale)
    names: _Names = memory.remember(key, lambda: _Names(set(), {}, {}))
    if new := [value for value in values if value not in names.asked]:
        names.labels.update(facet.labels(new, locale))
        names.parents.update(facet.parents(new))
        names.asked.update(new)
    return names
