"""Finding topics by the words readers have for them, spelled as they may."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from search.analysis import Token, normalise, tokens

from .vocabulary import Term, Vocabulary

LONGEST = 100  # characters of a question that are used


@dataclass(frozen=True, kw_only=True)
class Match:
    """A topic that was found; `word` is the synonym that found it, empty where its name did."""

    term: Term
    word: str
    rank: int


def matching(vocabulary: Vocabulary, text: str) -> list[Match]:
    """Best first: the name itself, names that begin so, other names, then the same for synonyms."""
    wanted = list(tokens(normalise(text[:LONGEST]), vocabulary.lang))
    if not wanted:
        return []
    matches = (_match(vocabulary, term, wanted) for term in vocabulary.used)
    found = [match for match in matches if match is not None]
    return sorted(found, key=lambda match: (match.rank, match.term.sort, match.term.slug))


def _match(vocabulary: Vocabulary, term: Term, wanted: Sequence[Token]) -> Match | None:
    rank = _rank(term.label, wanted, vocabulary.lang)
    if rank is not None:
        return Match(term=term, word="", rank=rank)
    ranked = ((_rank(word, wanted, vocabulary.lang), word) for word in vocabulary.other_words(term))
    found = [(rank, word) for rank, word in ranked if rank is not None]
    if not found:
        return None
    rank, word = min(found)
    return Match(term=term, word=word, rank=rank + 3)


def _rank(label: str, wanted: Sequence[Token], lang: str) -> int | None:
    """0 for the same words, 1 for a label that begins with them, 2 for one that has them; else None."""
    there = list(tokens(normalise(label), lang))
    if not all(any(_is_beginning(asked, word) for word in there) for asked in wanted):
        return None
    if _words(there) == _words(wanted):
        return 0
    begins = zip(wanted, there, strict=False)
    return 1 if all(_is_beginning(asked, word) for asked, word in begins) else 2


def _is_beginning(asked: Token, word: Token) -> bool:
    return word.word.startswith(asked.word) or word.stem == asked.stem


def _words(found: Iterable[Token]) -> list[str]:
    return [token.word for token in found]
