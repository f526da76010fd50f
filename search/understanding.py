"""A parsed query held against the index: places, synonyms, rarity, typing errors, and what is enough."""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from itertools import combinations
from typing import TypeVar

from . import registry, synonyms, vocabulary
from .analysis import analyse_word, base_language, is_stop_word
from .clauses import Alternative, Clause, Kind, ParsedQuery, either, every
from .parsing import parse
from .vocabulary import Frequencies

Found = TypeVar("Found")

#: With fewer results than this, some of the words are enough.
FEW = 3
#: Share of the words' weight that is enough then; and where that finds nothing.
_SHARES = (0.5, 0.0)
#: Words that are combined; there are at most twenty ways to have half of six.
_COMBINED = 6
#: Words of one expression: of a place, of an editor's synonym.
_LONGEST = 4


def understand(text: str, locale: str) -> ParsedQuery:
    """The query with everything that may stand for its words."""
    parsed = parse(text, locale)
    if parsed.is_empty:
        return parsed
    clauses = _with_synonyms(_with_places(list(parsed.clauses)), locale)
    found = vocabulary.frequencies(locale, sorted({stem for clause in clauses for stem in _stems(clause)}))
    clauses = [_weighed(clause, found) for clause in clauses]
    if not all(clause.known for clause in clauses):
        clauses = list(_corrected(clauses, locale, found)) or clauses
    known = tuple(number for number, clause in enumerate(clauses) if clause.known)
    return ParsedQuery(
        locale,
        tuple(clauses),
        (known or tuple(range(len(clauses))),),
        loosened=0 < len(known) < len(clauses),
        corrected={clause.written: words for clause in clauses if (words := _corrections(clause))},
    )


def stages(parsed: ParsedQuery) -> Iterator[ParsedQuery]:
    """The query, then what is enough where too little is found: half of the words' weight, then any word.

    A place is the first to go: what is elsewhere helps more than nothing.
    """
    yield parsed
    clauses = parsed.clauses
    told = [number for number, clause in enumerate(clauses) if clause.known]
    words = [number for number in told if not clauses[number].is_place] or told
    if len(told) < 2:
        return
    if len(words) < len(told):
        yield replace(parsed, enough=(tuple(words),), loosened=True)
    heaviest = sorted(sorted(words, key=lambda number: -clauses[number].weight)[:_COMBINED])
    if len(heaviest) > 1:
        for share in _SHARES:
            yield replace(parsed, enough=tuple(_ways(clauses, heaviest, share)), loosened=True)


def _ways(clauses: Sequence[Clause], numbers: Sequence[int], share: float) -> Iterator[tuple[int, ...]]:
    """The smallest sets of clauses that have this share of the weight."""
    wanted = share * sum(clauses[number].weight for number in numbers)
    found: list[set[int]] = []
    for size in range(1, len(numbers) + 1):
        for way in combinations(numbers, size):
            weight = sum(clauses[number].weight for number in way)
            if weight >= wanted and not any(smaller <= set(way) for smaller in found):
                found.append(set(way))
                yield way


def suggestion(text: str, parsed: ParsedQuery) -> str | None:
    """The reader's words with the nearest known ones in place of the unknown."""
    suggested = text
    for typed, words in parsed.corrected.items():
        suggested = re.sub(rf"(?<!\w){re.escape(typed)}(?!\w)", lambda _: words[0], suggested)  # noqa: B023
    return suggested if suggested != text else None


def _windows(clauses: Sequence[Clause]) -> Iterator[tuple[int, int]]:
    """Neighbouring words, the longest expressions first."""
    for length in range(min(_LONGEST, len(clauses)), 0, -1):
        for start in range(len(clauses) - length + 1):
            if all(clause.stems for clause in clauses[start : start + length]):
                yield start, start + length


def _written(clauses: Sequence[Clause]) -> str:
    return " ".join(clause.written for clause in clauses)


def _with_places(clauses: list[Clause]) -> list[Clause]:
    """Words that name a place are one clause, which knows the place."""
    names = [_written(clauses[start:end]) for start, end in _windows(clauses)]
    places: dict[str, list[tuple[str, str]]] = {}
    for facet in registry.facets():
        for name, value in facet.places(names).items():
            places.setdefault(name, []).append((facet.name, value))
    if not places:
        return clauses
    return _merged(clauses, lambda group: tuple(places.get(_written(group), ())), _located)


def _located(group: Sequence[Clause], place: tuple[tuple[str, str], ...]) -> Clause:
    return replace(_together(group), place=place)


def _with_synonyms(clauses: list[Clause], locale: str) -> list[Clause]:
    """Expressions that editors gave equivalents have these as alternatives."""
    known = synonyms.expansions(locale)
    if not known:
        return clauses

    def equivalents(group: Sequence[Clause]) -> tuple[tuple[str, ...], ...]:
        return tuple(known.get(tuple(stem for clause in group for stem in clause.stems), ()))

    def widened(group: Sequence[Clause], found: tuple[tuple[str, ...], ...]) -> Clause:
        clause = _together(group)
        others = tuple(Alternative(Kind.SYNONYM, every(stems)) for stems in found)
        return replace(clause, alternatives=(*clause.alternatives, *others))

    return _merged(clauses, equivalents, widened)


def _merged(
    clauses: Sequence[Clause],
    look_up: Callable[[Sequence[Clause]], Found],
    make: Callable[[Sequence[Clause], Found], Clause],
) -> list[Clause]:
    """Each longest expression that `look_up` knows as one clause; no word is used twice."""
    taken: dict[int, tuple[int, Clause]] = {}
    used: set[int] = set()
    for start, end in _windows(clauses):
        group = clauses[start:end]
        if used.isdisjoint(range(start, end)) and (found := look_up(group)):
            used.update(range(start, end))
            taken[start] = (end, make(group, found))
    merged: list[Clause] = []
    number = 0
    while number < len(clauses):
        number, clause = taken.get(number, (number + 1, clauses[number]))
        merged.append(clause)
    return merged


def _together(group: Sequence[Clause]) -> Clause:
    """One clause that asks for all of them."""
    if len(group) == 1:
        return group[0]
    stems = tuple(stem for clause in group for stem in clause.stems)
    return Clause(
        _written(group),
        " ".join(clause.word for clause in group),
        (Alternative(Kind.WORD, every(stems)),),
        stems,
        place=tuple(place for clause in group for place in clause.place),
    )


def _stems(clause: Clause) -> Iterator[str]:
    for alternative in clause.alternatives:
        for group in alternative.groups:
            yield from (term.lstrip("_") for term in group if term.startswith("_"))


def _documents(alternative: Alternative, found: Frequencies) -> int:
    """At most so many documents have it: as many as its rarest group."""
    counts = [sum(_count(term, found) for term in group) for group in alternative.groups]
    return min(counts, default=0)


def _count(term: str, found: Frequencies) -> int:
    if term.startswith("__"):
        return found.parts.get(term[2:], 0)
    if term.startswith("_"):
        return found.whole.get(term[1:], 0)
    return max(found.total // 20, 1)  # the beginning of a word: nobody counted


def _weighed(clause: Clause, found: Frequencies) -> Clause:
    documents = max(_documents(each, found) for each in clause.alternatives)
    return replace(clause, weight=found.rarity(documents), known=documents > 0)


def _corrected(clauses: Sequence[Clause], locale: str, found: Frequencies) -> Iterator[Clause]:
    """Unknown words with what is near to them; those that then say nothing are left out."""
    for clause in clauses:
        if clause.known:
            yield clause
            continue
        near = tuple(_near(clause, locale, found))
        base = base_language(locale)
        if near and all(is_stop_word(analyse_word(each.written, base)[0], locale) for each in near):
            continue
        yield replace(clause, alternatives=(*clause.alternatives, *near), known=bool(near))


def _near(clause: Clause, locale: str, found: Frequencies) -> Iterator[Alternative]:
    whole = vocabulary.near(locale, clause.word)
    for word in whole:
        yield Alternative(_kind(word.cost), (either(word.stem),), word.written, word.cost)
    if whole:
        return
    for alternative in clause.alternatives:
        if alternative.kind is Kind.PARTS and (repaired := _repaired(alternative, locale, found)):
            yield repaired


def _kind(cost: int) -> Kind:
    """Left-out special letters are another spelling, no error."""
    return Kind.TYPO if cost else Kind.WORD


def _repaired(alternative: Alternative, locale: str, found: Frequencies) -> Alternative | None:
    """A compound with an error in one of its parts: `trauergrupe`."""
    groups, cost, written = [], 0, []
    for group in alternative.groups:
        if any(_count(term, found) for term in group):
            groups.append(group)
            continue
        near = vocabulary.near(locale, group[0].lstrip("_"))
        if not near:
            return None
        groups.append(tuple(term for word in near for term in either(word.stem)))
        cost += near[0].cost
        written.append(near[0].written)
    return Alternative(_kind(cost), tuple(groups), " ".join(written), cost)


def _corrections(clause: Clause) -> tuple[str, ...]:
    """The words that stand in for an error."""
    return tuple(
        dict.fromkeys(each.written for each in clause.alternatives if each.kind is Kind.TYPO and each.written)
    )
