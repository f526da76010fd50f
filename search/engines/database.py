"""The engine that is always there: full text from the database, facets from bitmaps."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import chain, islice

from django.utils import timezone
from pyroaring import BitMap

from .. import bitmaps, generation, promotions
from ..bitmaps import FacetBitmaps
from ..clauses import ParsedQuery
from ..joint_facets import counted_pairs, own_filters, with_pairs
from ..promotions import Promotions
from ..query import Query, Sort
from ..results import Results
from ..scoring import Score, Scorer
from ..understanding import stages, understand
from .answering import addresses, facet_results, hits, searchable_names
from .base import Engine
from .ranking import page_of, told
from .sorting import in_order
from .vendors import text_index


@dataclass(frozen=True)
class Found:
    """The documents of an answer: those on the page with their scores, how many in all, facet counts."""

    on_page: tuple[Score, ...]
    total: int
    page: int
    counts: Mapping[str, Mapping[str, int]]


@dataclass(frozen=True)
class _Matched:
    """Documents that answer, best first; None where nothing was asked and all are there."""

    parsed: ParsedQuery
    ranked: Sequence[tuple[int, float]] | None
    documents: BitMap


class DatabaseEngine(Engine):
    name = "database"

    @generation.held()
    def search(self, query: Query) -> Results:
        understood = understand(query.text, query.locale)
        steering = promotions.in_force(query, understood.stems)
        names = searchable_names(query)
        current = bitmaps.current()
        found_addresses = addresses(query, current, names)
        visible = current.visible(query.locale, tuple(found_addresses), query.site.pk, timezone.now())
        if query.near and query.radius_km:
            visible &= current.geography.within(query.near.position, query.radius_km)
        matched = _matched(understood, visible, steering)
        scorer = Scorer(matched.parsed, timezone.localdate())
        found = _find(query, current, matched, scorer, steering)
        query = replace(query, page=found.page)
        facets = tuple(facet_results(query, current, found.counts))
        results = Results(
            query=query,
            hits=tuple(hits(found.on_page, scorer.matcher, found_addresses, query.near)),
            total=found.total,
            facets=facets,
            engine=text_index().name,
            parsed=matched.parsed,
        )
        return told(results, found.on_page)


def _matched(understood: ParsedQuery, visible: BitMap, steering: Promotions) -> _Matched:
    """Less and less is enough, until there are a few."""
    if understood.is_empty:
        return _Matched(understood, None, visible)
    best: _Matched | None = None
    for parsed, enough in stages(understood):
        ranked = text_index().ranked(parsed)
        documents = visible & BitMap([document_id for document_id, _ in ranked])
        if best is None or len(documents) > len(best.documents):
            best = _Matched(parsed, ranked, documents)
        if len(documents) >= enough:
            break
    assert best is not None  # noqa: S101 - there is at least one stage
    promoted = BitMap(steering.first) & visible
    return replace(best, documents=best.documents | promoted)


def _find(
    query: Query, current: FacetBitmaps, matched: _Matched, scorer: Scorer, steering: Promotions
) -> Found:
    matching = matched.documents
    wanted = with_pairs(query.selected)
    chosen = {facet: current.with_values(facet, values) for facet, values in wanted.items()}
    passing = BitMap.intersection(matching, *chosen.values())
    page = min(query.page, max(1, -(-len(passing) // query.per_page)))
    start = (page - 1) * query.per_page
    if matched.ranked is not None and query.order == Sort.RELEVANCE:
        ranked = _boosted(matched.ranked, current.boosts)
        ordered = _steered((key for key, _ in ranked if key in passing), passing, steering)
        on_page = page_of(ordered, scorer, steering, start, query.per_page)
    else:
        ordered = in_order(query, current, passing)
        if query.sort is None:
            ordered = _steered(ordered, passing, steering)
        on_page = tuple(Score(key, 0.0) for key in islice(ordered, start, start + query.per_page))
    return Found(on_page, len(passing), page, _counts(query, current, matching, chosen))


def _steered(ordered: Iterator[int], passing: BitMap, steering: Promotions) -> Iterator[int]:
    """Promoted documents before all others, demoted ones after them."""
    if not steering.first and not steering.last:
        return ordered
    first = [document_id for document_id in steering.first if document_id in passing]
    last = sorted(document_id for document_id in steering.last if document_id in passing)
    moved = {*first, *last}
    return chain(first, (document_id for document_id in ordered if document_id not in moved), last)


def _counts(
    query: Query, current: FacetBitmaps, matching: BitMap, chosen: Mapping[str, BitMap]
) -> dict[str, Mapping[str, int]]:
    """Each facet is counted with all filters but its own, so that choosing widens within a facet."""
    found: dict[str, Mapping[str, int]] = {}
    for name in query.facets:
        own = own_filters(name)
        others = (members for facet, members in chosen.items() if facet not in own)
        documents = BitMap.intersection(matching, *others)
        paired = counted_pairs(name, query.selected)
        found[name] = current.pair_counts(*paired, documents) if paired else current.counts(name, documents)
    return found


def _boosted(ranked: Sequence[tuple[int, float]], boosts: Mapping[int, float]) -> Sequence[tuple[int, float]]:
    if not boosts:
        return ranked
    weighed = [(key, score * boosts.get(key, 1.0)) for key, score in ranked]
    return sorted(weighed, key=lambda pair: (-pair[1], pair[0]))
