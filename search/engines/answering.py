"""From ids and counts, which an engine finds, to what a template prints: the same for every engine."""

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, fields
from functools import partial
from typing import Any, Protocol, TypeVar

from .. import registry, snippets
from ..explaining import explain
from ..facets import Facet, FacetResult, FacetValue, arranged
from ..geography import nearest_km
from ..models import SearchDocument
from ..query import Point, Query
from ..registry import HitAddress
from ..results import Hit, StoredHit
from ..scoring import Matcher, Score
from ..statements import day, rows
from .seeing import NOTHING, Condition

_STORED = [field.name for field in fields(StoredHit) if field.name != "score"]
_JSON = ("keywords", "stored", "other_positions")
_HITS = f"""
SELECT id, {", ".join(_STORED)} FROM {SearchDocument._meta.db_table} WHERE
""".replace("checked_on", "CAST(checked_on AS text)")  # noqa: S608

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
    """The documents of a page, in this order, read in one query; those that are gone by now are left out."""
    ids = [score.id for score in on_page]
    found = rows(f"{_HITS} {condition.sql} id IN (...)", ids, *condition.parameters)
    stored = {document_id: values for document_id, *values in found}
    for score in on_page:
        if score.id not in stored:
            continue
        row = _stored_hit(stored[score.id], score.points)
        yield Hit(
            row=row,
            title=snippets.marked_title(row, matcher),
            snippet=snippets.snippet(row, matcher),
            url=addresses[row.searchable](row),
            distance_km=nearest_km(near.position, row.positions) if near else None,
            explained=partial(explain, matcher, row, score),
        )


def _stored_hit(row: Sequence[Any], points: float) -> StoredHit:
    values = dict(zip(_STORED, row, strict=True))
    values |= {name: json.loads(values[name]) for name in _JSON}
    return StoredHit(**{**values, "checked_on": day(values["checked_on"])}, score=points)


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
