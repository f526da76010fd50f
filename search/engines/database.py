"""The engine that is always there: full text from the database, facets from bitmaps."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, fields, replace
from functools import partial
from itertools import islice

from django.utils import timezone
from pyroaring import BitMap

from .. import bitmaps, registry, snippets
from ..bitmaps import FacetBitmaps
from ..facets import Facet, FacetResult, FacetValue, arranged
from ..models import SearchDocument
from ..parsing import ParsedQuery, parse
from ..query import Query
from ..registry import HitAddress
from ..results import Hit, Results, StoredHit
from .base import Engine
from .vendors import text_index

#: Up to so many documents are sorted by the database; more are read in order until the page is full.
_SORT_BY_ID_LIMIT = 500
_CHUNK = 500
_STORED = [field.name for field in fields(StoredHit) if field.name != "score"]


@dataclass(frozen=True)
class Found:
    """The documents of an answer: those on the page with their scores, how many in all, facet counts."""

    on_page: tuple[tuple[int, float], ...]
    total: int
    page: int
    counts: Mapping[str, Mapping[str, int]]


class DatabaseEngine(Engine):
    name = "database"

    def search(self, query: Query) -> Results:
        parsed = parse(query.text, query.locale)
        names = query.searchables or tuple(searchable.name for searchable in registry.searchables())
        ranked = None if parsed.is_empty else text_index().ranked(parsed)
        with bitmaps.current() as current:
            addresses = _addresses(query, current, names)
            found = _find(query, current, ranked, tuple(addresses))
            query = replace(query, page=found.page)
            facets = tuple(_facet_results(query, current, found.counts))
        return Results(
            query=query,
            hits=tuple(_hits(found, parsed, addresses)),
            total=found.total,
            facets=facets,
            engine=text_index().name,
        )


def _addresses(query: Query, current: FacetBitmaps, names: Sequence[str]) -> dict[str, HitAddress]:
    """How hits are addressed, for the sorts of thing that have an address on this site in this locale."""
    found: dict[str, HitAddress] = {}
    for name in names:
        key = ("address", name, query.site.pk, query.locale)
        make = partial(registry.get(name).address, query.site, query.locale)
        if (address := current.remember(key, make)) is not None:
            found[name] = address
    return found


def _find(
    query: Query, current: FacetBitmaps, ranked: Sequence[tuple[int, float]] | None, names: Sequence[str]
) -> Found:
    visible = current.visible(query.locale, names, query.site.pk, timezone.now())
    matching = visible if ranked is None else visible & BitMap([document_id for document_id, _ in ranked])
    chosen = {facet: current.with_values(facet, values) for facet, values in query.selected.items()}
    passing = BitMap.intersection(matching, *chosen.values())
    page = min(query.page, max(1, -(-len(passing) // query.per_page)))
    start = (page - 1) * query.per_page
    if ranked is None:
        ordered: Iterator[tuple[int, float]] = ((key, 0.0) for key in _by_name(query.locale, passing))
    else:
        ordered = (pair for pair in _boosted(ranked, current.boosts) if pair[0] in passing)
    on_page = tuple(islice(ordered, start, start + query.per_page))
    return Found(on_page, len(passing), page, _counts(query, current, matching, chosen))


def _counts(
    query: Query, current: FacetBitmaps, matching: BitMap, chosen: Mapping[str, BitMap]
) -> dict[str, Mapping[str, int]]:
    """Each facet is counted with all filters but its own, so that choosing widens within a facet."""
    return {
        name: current.counts(
            name,
            BitMap.intersection(matching, *(members for facet, members in chosen.items() if facet != name)),
        )
        for name in query.facets
    }


def _boosted(ranked: Sequence[tuple[int, float]], boosts: Mapping[int, float]) -> Sequence[tuple[int, float]]:
    if not boosts:
        return ranked
    weighed = [(key, score * boosts.get(key, 1.0)) for key, score in ranked]
    return sorted(weighed, key=lambda pair: (-pair[1], pair[0]))


def _by_name(locale: str, passing: BitMap) -> Iterator[int]:
    """Document ids by name in the locale's order."""
    rows = (
        SearchDocument.objects.filter(locale=locale).order_by("sort_key", "id").values_list("id", flat=True)
    )
    if len(passing) <= _SORT_BY_ID_LIMIT:
        yield from rows.filter(id__in=list(passing))
        return
    for document_id in rows.iterator(_CHUNK):
        if document_id in passing:
            yield document_id


def _hits(found: Found, parsed: ParsedQuery, addresses: Mapping[str, HitAddress]) -> Iterator[Hit]:
    ids = [document_id for document_id, _ in found.on_page]
    fetched = SearchDocument.objects.filter(id__in=ids).values("id", *_STORED)
    rows = {values.pop("id"): values for values in fetched}
    for document_id, score in found.on_page:
        if document_id not in rows:
            continue  # removed by another request between the two reads
        row = StoredHit(**rows[document_id], score=score)
        yield Hit(
            row=row,
            title=snippets.marked_title(row, parsed),
            snippet=snippets.snippet(row, parsed),
            url=addresses[row.searchable](row),
        )


def _facet_results(
    query: Query, current: FacetBitmaps, counts: Mapping[str, Mapping[str, int]]
) -> Iterator[FacetResult]:
    for facet in registry.facets(query.facets):
        chosen = query.selected.get(facet.name, ())
        shown = {**dict.fromkeys(chosen, 0), **counts[facet.name]}
        names = _names(facet, query.locale, current, tuple(shown))
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


def _names(facet: Facet, locale: str, current: FacetBitmaps, values: Sequence[str]) -> _Names:
    """Asked of the facet once for each value, until the index changes."""
    key = ("names", facet.name, locale)
    names: _Names = current.remember(key, lambda: _Names(set(), {}, {}))
    if new := [value for value in values if value not in names.asked]:
        names.labels.update(facet.labels(new, locale))
        names.parents.update(facet.parents(new))
        names.asked.update(new)
    return names
