"""From an engine's candidates to the order that readers see: scored, and steered by the editors."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from itertools import chain, islice

from ..clauses import Kind, ParsedQuery
from ..models import DocumentFacet
from ..promotions import Promotions
from ..results import Results
from ..scoring import AS_TYPED, Places, Score, Scorer
from ..understanding import suggestion
from .seeing import NOTHING, Condition
from .stored import read

#: So many of an engine's best are scored; beyond them its own order goes on.
CANDIDATES = 100


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


def scored(
    ids: Sequence[int], scorer: Scorer, promotions: Promotions, condition: Condition = NOTHING
) -> list[Score]:
    """These documents in order; promoted ones first, as editors ordered them, demoted ones last.

    Those that are gone, or do not meet the condition, are left out.
    """
    places = _places(ids, scorer.parsed)
    found = {score.id: score for score in scorer.ordered(read(ids, condition), places)}
    first = [found[key] for key in promotions.first if key in found]
    last = [score for key, score in found.items() if key in promotions.last]
    moved = {score.id for score in (*first, *last)}
    return [*first, *(score for key, score in found.items() if key not in moved), *last]


def _places(ids: Sequence[int], parsed: ParsedQuery) -> Mapping[int, Places]:
    """Those that were asked for, in one query where any was."""
    asked = {place for clause in parsed.clauses for place in clause.place}
    if not asked:
        return {}
    found: dict[int, set[tuple[str, str]]] = defaultdict(set)
    carried = DocumentFacet.objects.filter(
        document__in=ids, facet__in={facet for facet, _ in asked}, value__in={value for _, value in asked}
    )
    for document_id, facet, value in carried.values_list("document_id", "facet", "value"):
        found[document_id].add((facet, value))
    return {key: frozenset(values) for key, values in found.items()}


def told(results: Results, scores: Sequence[Score]) -> Results:
    """The results with what readers are told of how they were found: only what is seen in them."""
    parsed = results.parsed
    loosened = any(len(score.clauses) < len(parsed.clauses) for score in scores if score.clauses)
    corrected = _corrected(scores)
    as_typed = {
        number
        for score in scores
        for number, alternative in score.answers.items()
        if alternative.kind in AS_TYPED
    }
    meant = {number: words[0] for number, words in corrected.items() if number not in as_typed}
    return replace(
        results,
        loosened=loosened,
        suggestion=suggestion(results.query.text, parsed, meant),
        corrected=tuple(dict.fromkeys(chain.from_iterable(corrected.values()))),
    )


def _corrected(scores: Sequence[Score]) -> dict[int, list[str]]:
    """Clause -> the words that answered it in place of a typing error, those of the best result first."""
    found: dict[int, list[str]] = defaultdict(list)
    for score in scores:
        for number, alternative in score.answers.items():
            if alternative.kind is Kind.TYPO and alternative.written not in found[number]:
                found[number].append(alternative.written)
    return {number: words for number, words in sorted(found.items()) if words}
