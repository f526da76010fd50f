"""A parsed query held against the index: places, synonyms, rarity, typing errors, and what is enough."""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import combinations
from typing import TypeVar

from . import compound_words, registry, synonyms, vocabulary
from .analysis import analyse_word, base_language, is_stop_word, joined_word, normalise, other_stems
from .analysis.readings import parts_of
from .clauses import Alternative, Clause, Kind, ParsedQuery, either, every
from .expressions import MAX_WORDS
from .parsing import parse
from .vocabulary import Frequencies

Found = TypeVar("Found")

#: With fewer results than this, words that say little need not be there; with fewer still, some are enough.
PAGE, FEW = 10, 5
#: A word says little where this share of all documents has it, the more so the rarer another word is.
_COMMON, _RARER = 0.1, 0.6
#: Share of the words' weight that is enough then; and where that finds nothing.
_SHARES = (0.4, 0.0)
#: Words that are combined; there are at most twenty ways to have half of six.
_COMBINED = 6
_BEGINNING = 4  # letters of an unknown word that may be the beginning of another


def understand(text: str, locale: str) -> ParsedQuery:
    """The query with everything that may stand for its words."""
    compound_words.apply()
    parsed = parse(text, locale)
    if parsed.is_empty:
        return parsed
    clauses = _once(_with_synonyms(_with_places(list(parsed.clauses)), locale))
    stems = {stem for clause in clauses for stem in (*_stems(clause), *clause.joined)}
    found = vocabulary.frequencies(locale, sorted(stems))
    clauses = [_weighed(_with_joined(clause, found), found) for clause in clauses]
    if not all(clause.known for clause in clauses):
        clauses = _with_meant_places(list(_rescued(clauses, locale, found))) or clauses
    known = tuple(number for number, clause in enumerate(clauses) if clause.known)
    return ParsedQuery(locale, tuple(clauses), (known or tuple(range(len(clauses))),))


def _once(clauses: Sequence[Clause]) -> list[Clause]:
    """Each word once."""
    return list({(clause.word, clause.stems): clause for clause in reversed(clauses)}.values())[::-1]


def _with_joined(clause: Clause, found: Frequencies) -> Clause:
    """`selv hjælp` finds `selvhjælp`, where the index has it."""
    known = [stem for stem in clause.joined if found.whole.get(stem) or found.parts.get(stem)]
    others = tuple(Alternative(Kind.WORD, (either(stem),)) for stem in known)
    return replace(clause, alternatives=(*clause.alternatives, *others)) if others else clause


def stages(parsed: ParsedQuery) -> Iterator[tuple[ParsedQuery, int]]:
    """The query in ever wider forms, each with the number of results that make it enough.

    First words that say little and places may be missing, then compounds count by their most telling part,
    then half of the words' weight is enough, then any word.
    """
    yield parsed, PAGE
    telling = _telling(parsed.clauses)
    if not telling:
        return
    if len(telling) < len(parsed.enough[0]):
        parsed = replace(parsed, enough=(telling,))
        yield parsed, FEW
    if (wider := _widened(parsed)) != parsed:
        parsed = wider
        yield parsed, FEW
    heaviest = sorted(sorted(telling, key=lambda number: -parsed.clauses[number].weight)[:_COMBINED])
    if len(heaviest) > 1:
        for share in _SHARES:
            yield replace(parsed, enough=tuple(_ways(parsed.clauses, heaviest, share))), FEW


def _telling(clauses: Sequence[Clause]) -> tuple[int, ...]:
    """The known words that cannot be missed: those that are not much more common than another one.

    A place can be missed where another word tells what is wanted: what is elsewhere helps more than nothing.
    """
    known = [number for number, clause in enumerate(clauses) if clause.known]
    rarest = min((clauses[number].share for number in known), default=0.0)
    kept = [number for number in known if not _is_common(clauses[number].share, rarest)]
    return tuple(number for number in kept if not clauses[number].is_place) or tuple(kept)


def _is_common(share: float, rarest: float) -> bool:
    return share >= _COMMON and share > rarest and share**2 >= _RARER * rarest


def _widened(parsed: ParsedQuery) -> ParsedQuery:
    """With what is near to words that only occur in parts, and compounds by their most telling part alone."""
    stems = sorted({stem for clause in parsed.clauses for stem in _stems(clause)})
    found = vocabulary.frequencies(parsed.locale, stems)
    clauses = tuple(_wider(clause, parsed.locale, found) for clause in parsed.clauses)
    return replace(parsed, clauses=clauses)


def _wider(clause: Clause, locale: str, found: Frequencies) -> Clause:
    """A word that few documents have with what is near to it, and a compound by one part alone."""
    if clause.is_place or any(each.kind in (Kind.TYPO, Kind.PREFIX) for each in clause.alternatives):
        return clause
    more: list[Alternative] = []
    written = _documents(clause.alternatives[0], found)
    if written < FEW:
        more += [
            Alternative(_kind(word.cost), (either(word.stem),), word.written, word.cost)
            for word in vocabulary.near(locale, clause.word)
            if word.stem not in clause.stems and (word.cost < 2 or not written)
        ]
    more += _single_parts(clause, found)
    return replace(clause, alternatives=(*clause.alternatives, *more))


def _single_parts(clause: Clause, found: Frequencies) -> Iterator[Alternative]:
    """Each part that says something: `Krebs` of `Krebsberatung`; the rarest where all are common."""
    groups = dict.fromkeys(
        group for each in clause.alternatives if each.kind is Kind.PARTS for group in each.groups
    )
    counts = {group: sum(_count(term, found) for term in group) for group in groups}
    occurring = {group: number for group, number in counts.items() if number}
    telling = [group for group, number in occurring.items() if number < _COMMON * found.total]
    rarest = sorted(occurring, key=lambda group: (occurring[group], group))[:1]
    for group in telling or rarest:
        yield Alternative(Kind.PART, (group,))


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


def suggestion(text: str, parsed: ParsedQuery, meant: Mapping[int, str]) -> str | None:
    """The reader's words without those that nothing has, and with what they meant (clause -> word) in place
    of their typing errors; None where there was none."""
    if not meant:
        return None
    instead = {
        clause.written.casefold(): meant.get(number, "")
        for number, clause in enumerate(parsed.clauses)
        if number in meant or not clause.known
    }
    typed = "|".join(re.escape(each) for each in sorted(instead, key=len, reverse=True))
    clean = " ".join(normalise(text).split())
    suggested = re.sub(
        rf"(?<!\w)(?:{typed})(?!\w)",
        lambda match: instead.get(match.group().casefold(), match.group()),
        clean,
        flags=re.IGNORECASE,
    )
    suggested = " ".join(suggested.split())
    return suggested if suggested and suggested != clean else None


def _windows(clauses: Sequence[Clause]) -> Iterator[tuple[int, int]]:
    """Neighbouring words, the longest expressions first."""
    for length in range(min(MAX_WORDS, len(clauses)), 0, -1):
        for start in range(len(clauses) - length + 1):
            if all(clause.stems for clause in clauses[start : start + length]):
                yield start, start + length


def _written(clauses: Sequence[Clause]) -> str:
    return " ".join(clause.written for clause in clauses)


def _with_places(clauses: list[Clause]) -> list[Clause]:
    """Words that name a place are one clause, which knows the place."""
    places = _named([_written(clauses[start:end]) for start, end in _windows(clauses)])
    if not places:
        return clauses

    def located(group: Sequence[Clause], place: tuple[tuple[str, str], ...]) -> Clause:
        return replace(_together(group), place=place)

    return _merged(clauses, lambda group: places.get(_written(group), ()), located)


def _with_meant_places(clauses: list[Clause]) -> list[Clause]:
    """Places whose names were typed wrong."""
    meant = {clause.written: _meant(clause) for clause in clauses if not clause.place}
    places = _named([word for words in meant.values() for word in words])
    found = {
        written: tuple(place for word in words for place in places.get(word, ()))
        for written, words in meant.items()
    }
    return [replace(clause, place=found.get(clause.written, clause.place)) for clause in clauses]


def _meant(clause: Clause) -> tuple[str, ...]:
    return tuple(each.written for each in clause.alternatives if each.written)


def _named(names: Sequence[str]) -> dict[str, tuple[tuple[str, str], ...]]:
    """The facet values of those names that are places."""
    places: dict[str, tuple[tuple[str, str], ...]] = {}
    for facet in registry.registered_facets() if names else ():
        for name, value in facet.places(names).items():
            places[name] = (*places.get(name, ()), (facet.name, value))
    return places


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
    share = min(documents / found.total, 1.0) if found.total else 0.0
    return replace(clause, weight=found.rarity(documents), share=share, known=documents > 0)


def _rescued(clauses: Sequence[Clause], locale: str, found: Frequencies) -> Iterator[Clause]:
    """Unknown words with what they may stand for; those that then say nothing are left out."""
    base = base_language(locale)
    alone = not any(clause.known for clause in clauses)
    for clause in clauses:
        if clause.known:
            yield clause
            continue
        others = tuple(_others(clause, locale, found, alone=alone))
        words = [each.written for each in others if each.written]
        if words and all(is_stop_word(analyse_word(word, base)[0], locale) for word in words):
            continue
        widened = replace(clause, alternatives=(*clause.alternatives, *others))
        yield _weighed(widened, vocabulary.frequencies(locale, sorted(_stems(widened)))) if others else clause


def _others(clause: Clause, locale: str, found: Frequencies, *, alone: bool) -> Iterator[Alternative]:
    """Another inflection, else what is near, else what begins so, else a compound with an error in a part."""
    forms = other_stems(clause.word, base_language(locale))
    counted = vocabulary.frequencies(locale, forms)
    inflected = [stem for stem in forms if counted.whole.get(stem)]
    if inflected:
        yield from (Alternative(Kind.WORD, (either(stem),)) for stem in inflected)
        return
    near = vocabulary.near(locale, clause.word, alone=alone)
    if near:
        for word in near:
            yield Alternative(_kind(word.cost), (either(word.stem),), word.written, word.cost)
        return
    if len(clause.word) >= _BEGINNING and vocabulary.begins(locale, clause.word):
        yield Alternative(Kind.PREFIX, ((f".{clause.word}*",),))
        return
    for alternative in clause.alternatives:
        if alternative.kind is Kind.PARTS and (repaired := _repaired(clause, alternative, locale, found)):
            yield repaired
    yield from _single_parts(clause, found)


def _kind(cost: int) -> Kind:
    """Left-out special letters are another spelling, no error."""
    return Kind.TYPO if cost else Kind.WORD


def _repaired(
    clause: Clause, alternative: Alternative, locale: str, found: Frequencies
) -> Alternative | None:
    """A compound with an error in one of its parts: `trauergrupe`."""
    base = base_language(locale)
    raw = joined_word(clause.written) or clause.written
    parts = {analyse_word(part, base)[1]: part for part in parts_of(raw, base)}
    groups, cost, meant = [], 0, dict[str, str]()
    for group in alternative.groups:
        if any(_count(term, found) for term in group):
            groups.append(group)
            continue
        stem = group[0].lstrip("_")
        near = vocabulary.near(locale, stem)
        if not near:
            return None
        groups.append(tuple(term for word in near for term in either(word.stem)))
        cost += near[0].cost
        meant[parts.get(stem, stem)] = near[0].written
    return Alternative(_kind(cost), tuple(groups), _with_parts(raw.casefold(), meant), cost)


def _with_parts(word: str, meant: Mapping[str, str]) -> str:
    """A compound with other words in place of some parts; these alone where the parts are not seen in it."""
    written = word
    for part, other in meant.items():
        written = written.replace(part.casefold(), other)
    return " ".join(meant.values()) if written == word else written
