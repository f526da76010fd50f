"""The engine that is always there: full text from the database, facets from bitmaps."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import islice

from django.utils import timezone
from pyroaring import BitMap

from .. import bitmaps
from ..bitmaps import FacetBitmaps
from ..parsing import parse
from ..query import Query, Sort
from ..results import Results
from .answering import addresses, facet_results, hits, searchable_names
from .base import Engine
from .sorting import in_order
from .vendors import text_index


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
        names = searchable_names(query)
        ranked = None if parsed.is_empty else text_index().ranked(parsed)
        with bitmaps.current() as current:
            found_addresses = addresses(query, current, names)
            found = _find(query, current, ranked, tuple(found_addresses))
            query = replace(query, page=found.page)
            facets = tuple(facet_results(query, current, found.counts))
        return Results(
            query=query,
            hits=tuple(hits(found.on_page, parsed, found_addresses, query.near)),
            total=found.total,
            facets=facets,
            engine=text_index().name,
        )


def _find(
    query: Query, current: FacetBitmaps, ranked: Sequence[tuple[int, float]] | None, names: Sequence[str]
) -> Found:
    visible = current.visible(query.locale, names, query.site.pk, timezone.now())
    matching = visible if ranked is None else visible & BitMap([document_id for document_id, _ in ranked])
    if query.near and query.radius_km:
        matching &= current.geography.within(query.near.position, query.radius_km)
    chosen = {facet: current.with_values(facet, values) for facet, values in query.selected.items()}
    passing = BitMap.intersection(matching, *chosen.values())
    page = min(query.page, max(1, -(-len(passing) // query.per_page)))
    start = (page - 1) * query.per_page
    if ranked is None or query.order != Sort.RELEVANCE:
        ordered: Iterator[tuple[int, float]] = ((key, 0.0) for key in in_order(query, current, passing))
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
