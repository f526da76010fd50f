"""From an engine's candidates to the order that readers see: scored, and steered by the editors."""

import json
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from itertools import chain, islice
from typing import Any

from ..candidates import Candidate, Kept, Text
from ..clauses import Kind, ParsedQuery
from ..models import DocumentFacet, SearchDocument
from ..promotions import Promotions
from ..results import Results
from ..scoring import AS_TYPED, Places, Score, Scorer
from ..statements import day, rows
from ..understanding import suggestion
from .seeing import NOTHING, Condition

#: So many of an engine's best are scored; beyond them its own order goes on.
CANDIDATES = 100
_TABLE = SearchDocument._meta.db_table
_FINGERPRINTS = f"SELECT id, fingerprint FROM {_TABLE} WHERE"  # noqa: S608
_TEXTS = f"""
SELECT id, fingerprint, lang, locale, title, keywords, summary, body, boost, CAST(checked_on AS text)
FROM {_TABLE} WHERE id IN (...)
"""  # noqa: S608
_kept = Kept()


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
    found = {score.id: score for score in scorer.ordered(candidates(ids, condition), places)}
    first = [found[key] for key in promotions.first if key in found]
    last = [score for key, score in found.items() if key in promotions.last]
    moved = {score.id for score in (*first, *last)}
    return [*first, *(score for key, score in found.items() if key not in moved), *last]


def candidates(ids: Sequence[int], condition: Condition = NOTHING) -> list[Candidate]:
    """What the scorer reads of these documents: one query says which are there and unchanged, another one
    reads those that this process does not know."""
    stored = [
        (document_id, _kept.get((document_id, print_of)))
        for document_id, print_of in rows(
            f"{_FINGERPRINTS} {condition.sql} id IN (...)", ids, *condition.parameters
        )
    ]
    new = [document_id for document_id, known in stored if known is None]
    return [*(known for _, known in stored if known is not None), *map(_read, rows(_TEXTS, new))]


def _read(row: tuple[Any, ...]) -> Candidate:
    document_id, print_of, lang, locale, title, keywords, summary, body, boost, checked_on = row
    candidate = Candidate(
        id=document_id,
        lang=lang,
        locale=locale,
        title=Text(title),
        keywords=tuple(map(Text, json.loads(keywords))),
        summary=Text(summary),
        body_text=body,
        boost=boost,
        checked_on=day(checked_on),
    )
    if print_of:  # empty where the document is to be written anew
        _kept.put((document_id, print_of), candidate, len(title) + len(keywords) + len(summary) + len(body))
    return candidate


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
