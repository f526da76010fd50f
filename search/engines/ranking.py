"""From an engine's candidates to the order that readers see: scored, and steered by the editors."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from itertools import chain, islice

from ..clauses import Kind, ParsedQuery
from ..models import DocumentFacet, SearchDocument
from ..promotions import Promotions
from ..results import Results
from ..scoring import Candidate, Score, Scorer
from ..understanding import suggestion

#: So many of an engine's best are scored; beyond them its own order goes on.
CANDIDATES = 100
_FIELDS = ("id", "lang", "locale", "title", "keywords", "summary", "body", "boost", "checked_on")


def page_of(
    ids: Iterable[int], scorer: Scorer, promotions: Promotions, start: int, length: int
) -> tuple[Score, ...]:
    """The stretch of an answer that a page shows. `ids` are all of it, in the engine's order."""
    ordered = iter(ids)
    head: Sequence[Score] = ()
    if start < CANDIDATES:
        head = scored(list(islice(ordered, CANDIDATES)), scorer, promotions)
    else:
        start -= sum(1 for _ in islice(ordered, CANDIDATES))
    tail = (Score(document_id, 0.0) for document_id in ordered)
    return tuple(islice(chain(head, tail), start, start + length))


def scored(ids: Sequence[int], scorer: Scorer, promotions: Promotions) -> list[Score]:
    """These documents in order; promoted ones first, as editors ordered them, demoted ones last."""
    found = {score.id: score for score in scorer.ordered(candidates(ids, scorer.parsed))}
    first = [found[key] for key in promotions.first if key in found]
    last = [score for key, score in found.items() if key in promotions.last]
    moved = {score.id for score in (*first, *last)}
    return [*first, *(score for key, score in found.items() if key not in moved), *last]


def candidates(ids: Sequence[int], parsed: ParsedQuery) -> list[Candidate]:
    """What the scorer reads of these documents, in one query; one more where a place was asked for."""
    places = _places(ids, parsed)
    rows = SearchDocument.objects.filter(id__in=ids).values(*_FIELDS)
    return [Candidate(**row, places=places.get(row["id"], frozenset())) for row in rows]


def _places(ids: Sequence[int], parsed: ParsedQuery) -> Mapping[int, frozenset[tuple[str, str]]]:
    asked = {place for clause in parsed.clauses for place in clause.place}
    if not asked:
        return {}
    found: dict[int, set[tuple[str, str]]] = defaultdict(set)
    rows = DocumentFacet.objects.filter(
        document__in=ids, facet__in={facet for facet, _ in asked}, value__in={value for _, value in asked}
    )
    for document_id, facet, value in rows.values_list("document_id", "facet", "value"):
        found[document_id].add((facet, value))
    return {key: frozenset(values) for key, values in found.items()}


def told(results: Results, scores: Sequence[Score]) -> Results:
    """The results with what readers are told of how they were found: only what is seen in them."""
    parsed = results.parsed
    loosened = any(len(score.clauses) < len(parsed.clauses) for score in scores if score.clauses)
    if not any(Kind.TYPO in score.kinds.values() for score in scores):
        return replace(results, loosened=loosened)
    return replace(
        results,
        loosened=loosened,
        suggestion=suggestion(results.query.text, parsed),
        corrected=tuple(word for words in parsed.corrected.values() for word in words),
    )
