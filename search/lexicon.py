"""Words as texts write them, by the terms that the index has of them: what this process has read so far.

A search reads thousands of words of which a handful answer it; these are found here by sets, without looking
at each of the others. Splitting a compound takes longer than all the rest, so only words are split that can
have a part that is asked for: those with its frame.
"""

import re
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence, Set
from functools import cache, lru_cache

from .analysis import analyse_word, part_stems, readings

#: Words of one language that are kept; beyond it the lexicon starts afresh.
_LIMIT = 100_000
_VOWELS = re.compile("[aeiouy]+")
_PART = "__"
#: Letters of a part: the splitter makes none that is shorter.
_SHORTEST_PART = 2


class _Words:
    def __init__(self) -> None:
        self.known: set[str] = set()
        self.having: dict[str, set[str]] = defaultdict(set)
        self.plain: dict[str, str] = {}
        self.frames: dict[str, str] = {}
        #: Those whose parts are among what words are `having`.
        self.split: set[str] = set()


class Lexicon:
    """The words of one language. Threads share it: a word counts as known once all its terms are there."""

    def __init__(self, language: str) -> None:
        self.language = language
        self._words = _Words()

    def having(self, terms: Collection[str], raws: Set[str]) -> set[str]:
        """Those of these words that have any of the terms."""
        words = self._learnt(raws)
        parts = [term.removeprefix(_PART) for term in terms if term.startswith(_PART)]
        if parts and (unsplit := list(raws - words.split)):
            self._split(words, self._with_any(parts, unsplit, words))
        return set().union(*(words.having[term] & raws for term in terms if term in words.having))

    def beginning(self, prefixes: tuple[str, ...], raws: Set[str]) -> set[str]:
        """Those of these words whose plain form begins so."""
        words = self._learnt(raws)
        return {raw for raw in raws if words.plain[raw].startswith(prefixes)}

    def _learnt(self, raws: Set[str]) -> _Words:
        """What is known, of these words at least."""
        words = self._words
        if not words.known.issuperset(raws):
            self._learn(words, raws - words.known)
        return words

    def _learn(self, words: _Words, raws: Set[str]) -> None:
        for raw in raws:
            plain, stem = analyse_word(raw, self.language)
            words.having[f"_{stem}"].add(raw)
            words.plain[raw] = plain
            words.frames[raw] = frame(plain)
        self._split(words, self._decided(raws))
        words.known |= raws
        if len(words.known) > _LIMIT:
            self._words = _Words()

    def _decided(self, raws: Iterable[str]) -> set[str]:
        """Words that editors gave parts, which may have any frame."""
        added = readings.current().get(self.language)
        if added is None or not added.decided:
            return set()
        return {raw for raw in raws if readings.word_stem(raw, self.language) in added.decided}

    def _with_any(self, parts: Iterable[str], raws: Sequence[str], words: _Words) -> set[str]:
        """Words that can have one of these parts, looked for in all of them at once."""
        text = "\n".join((*map(words.frames.__getitem__, raws), ""))
        return {
            raws[line]
            for part in parts
            if len(part) >= _SHORTEST_PART
            for line in _lines_with(frame(part), text)
            if _spelled(part).search(words.plain[raws[line]])
        }

    def _split(self, words: _Words, raws: Iterable[str]) -> None:
        for raw in raws:
            for part in part_stems(raw, self.language):
                words.having[f"{_PART}{part}"].add(raw)
            words.split.add(raw)


def frame(plain: str) -> str:
    """Each run of vowels as one letter: `haendler` is `handlar`, and `handl` stays.

    A part is a stretch of its compound, and a stem the beginning of its word but for the vowels that
    inflection changes. So the frame of a part's stem stands in that of the compound.
    """
    return _VOWELS.sub("a", plain)


@lru_cache(4096)
def _spelled(stem: str) -> re.Pattern[str]:
    """As `frame`, to the letter: stems have lost the `e` of ä, ö and ü."""
    return re.compile(re.sub("([aou])", "\\1e?", re.escape(stem)))


def _lines_with(piece: str, text: str) -> Iterator[int]:
    """The numbers of the lines that hold it."""
    line, last, place = 0, 0, text.find(piece)
    while place >= 0:
        line += text.count("\n", last, place)
        yield line
        last = text.index("\n", place)
        place = text.find(piece, last)


@cache
def lexicon(language: str) -> Lexicon:
    """The one of this process."""
    return Lexicon(language)


def forget() -> None:
    """Learn all words anew: to be called when they are analysed in another way."""
    lexicon.cache_clear()
