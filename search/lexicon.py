"""Words as texts write them, by the terms that the index has of them: what this process has read so far.

A search reads thousands of words of which a handful answer it; these are found here by sets, without looking
at each of the others.
"""

from collections import defaultdict
from collections.abc import Iterable, Set
from functools import cache

from .analysis import analyse_word, part_stems

#: Words of one language that are kept; beyond it the lexicon starts afresh.
_LIMIT = 100_000


class _Words:
    def __init__(self) -> None:
        self.known: set[str] = set()
        self.having: dict[str, set[str]] = defaultdict(set)


class Lexicon:
    """The words of one language. Threads share it: a word counts as known once all its terms are there."""

    def __init__(self, language: str) -> None:
        self.language = language
        self._words = _Words()

    def having(self, terms: Iterable[str], raws: Set[str]) -> set[str]:
        """Those of these words that have any of the terms."""
        words = self._words
        if new := raws - words.known:
            self._learn(words, new)
        return set().union(*(words.having[term] & raws for term in terms if term in words.having))

    def beginning(self, prefixes: tuple[str, ...], raws: Set[str]) -> set[str]:
        """Those of these words whose plain form begins so."""
        return {raw for raw in raws if analyse_word(raw, self.language)[0].startswith(prefixes)}

    def _learn(self, words: _Words, raws: Set[str]) -> None:
        for raw in raws:
            for term in terms_of_word(raw, self.language):
                words.having[term].add(raw)
        words.known |= raws
        if len(words.known) > _LIMIT:
            self._words = _Words()


def terms_of_word(raw: str, language: str) -> tuple[str, ...]:
    """The stem, and those of a compound's parts, as the index has them."""
    return (f"_{analyse_word(raw, language)[1]}", *(f"__{part}" for part in part_stems(raw, language)))


@cache
def lexicon(language: str) -> Lexicon:
    """The one of this process."""
    return Lexicon(language)


def forget() -> None:
    """Learn all words anew: to be called when they are analysed in another way."""
    lexicon.cache_clear()
