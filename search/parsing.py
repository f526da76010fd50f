"""A reader's words, understood without looking at the index: a clause for each word that says something."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import islice

from .analysis import (
    EXPRESSION,
    WORD,
    analyse_word,
    base_language,
    is_stop_word,
    joined_word,
    normalise,
    part_stems,
)
from .clauses import Alternative, Clause, Kind, ParsedQuery, every

#: Words of one query that are looked for; more say nothing more, and engines take their time.
MAX_CLAUSES = 24
_MAX_TYPED = 4 * MAX_CLAUSES


@dataclass(frozen=True, slots=True)
class _Typed:
    """An expression without spaces: a word, or some held together by hyphens or dots."""

    raw: str
    has_star: bool


def parse(text: str, locale: str) -> ParsedQuery:
    """Quotes, operators and signs are separators; stop words go, unless nothing else is there."""
    clean = normalise(text)
    said: list[Clause] = []
    stops: list[Clause] = []
    typed = list(islice(_typed(clean), _MAX_TYPED))
    for number, each in enumerate(typed):
        if each.has_star:
            said.append(_prefix(each.raw, locale))
            continue
        clause = replace(_word(each.raw, locale), joined=tuple(_joined(typed, number, locale)))
        (stops if is_stop_word(clause.word, locale) else said).append(clause)
    clauses = tuple(said or stops)[:MAX_CLAUSES]
    return ParsedQuery(locale, clauses, (tuple(range(len(clauses))),) if clauses else ())


def has_words(text: str) -> bool:
    """Whether there is anything to look for."""
    return bool(WORD.search(normalise(text)))


def _joined(typed: Sequence[_Typed], number: int, locale: str) -> Iterator[str]:
    """Stems of a word written together with the one before and the one after it."""
    for first, second in ((number - 1, number), (number, number + 1)):
        if first >= 0 and second < len(typed):
            yield analyse_word(typed[first].raw + typed[second].raw, base_language(locale))[1]


def _typed(clean: str) -> Iterator[_Typed]:
    for match in EXPRESSION.finditer(clean):
        raw, has_star = match.group(), clean[match.end() : match.end() + 1] == "*"
        pieces = [raw] if joined_word(raw) else WORD.findall(raw)
        yield from (_Typed(piece, has_star and piece is pieces[-1]) for piece in pieces)


def _prefix(raw: str, locale: str) -> Clause:
    """`sorg*`; of held words only the last one is a beginning, and it is all that is looked for."""
    word, _stem = analyse_word(joined_word(raw) or raw, base_language(locale))
    return Clause(raw, word, (Alternative(Kind.PREFIX, ((f".{word}*",),)),))


def _word(raw: str, locale: str) -> Clause:
    """The word; a compound's parts, and the pieces of a held word, wherever they stand."""
    base = base_language(locale)
    whole = joined_word(raw)
    word, stem = analyse_word(whole or raw, base)
    alternatives = [Alternative(Kind.WORD, every([stem]))]
    if whole:
        pieces = [analyse_word(piece, base) for piece in WORD.findall(raw)]
        telling = [stemmed for piece, stemmed in pieces if not is_stop_word(piece, locale)]
        alternatives.append(Alternative(Kind.WORD, every(telling or [stemmed for _, stemmed in pieces])))
    if parts := part_stems(whole or raw, base):
        alternatives.append(Alternative(Kind.PARTS, every(parts)))
    return Clause(raw, word, tuple(alternatives), (stem,))
