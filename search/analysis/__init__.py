"""Language analysis, once, in Python: the same words for the index, the query and every engine."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from .folding import fold, normalise
from .stemming import stem
from .stop_words import STOP_WORDS

#: Part of every document's fingerprint: raise it when the tokens change, and a rebuild writes all anew.
ANALYSIS_VERSION = 2

#: A word of any script.
WORD = re.compile(r"[^\W_]+")
_CACHE_LIMIT = 200_000
_MAX_WORD = 60  # a longer "word" is noise, and engines limit their terms
_cache: dict[tuple[str, str], tuple[str, str]] = {}


@dataclass(frozen=True, slots=True)
class Token:
    """One word of a text: `word` folded, `stem` folded, `start` and `end` as offsets in the text."""

    word: str
    stem: str
    start: int
    end: int


def base_language(code: str) -> str:
    """`de` for `de-at`."""
    return code.lower().split("-")[0]


def analyse_word(raw: str, language: str) -> tuple[str, str]:
    """The folded word and its folded stem; cached, as texts repeat their words."""
    key = (language, raw)
    if (known := _cache.get(key)) is not None:
        return known
    if len(_cache) >= _CACHE_LIMIT:
        _cache.clear()
    word = raw[:_MAX_WORD].casefold()
    result = (fold(word, language), fold(stem(word, language), language))
    _cache[key] = result
    return result


def tokens(text: str, language: str) -> Iterator[Token]:
    """The words of `text` (composed Unicode, see `normalise`) with their places."""
    base = base_language(language)
    for match in WORD.finditer(text):
        word, stemmed = analyse_word(match.group(), base)
        yield Token(word, stemmed, match.start(), match.end())


def words_and_stems(text: str, language: str) -> tuple[list[str], list[str]]:
    """All words and all stems of `text`, in order, without offsets: the quick way for the index."""
    base = base_language(language)
    pairs = [analyse_word(raw, base) for raw in WORD.findall(text)]
    return [word for word, _ in pairs], [stemmed for _, stemmed in pairs]


def is_stop_word(word: str, language: str) -> bool:
    """Whether a folded word says nothing about the subject."""
    return word in STOP_WORDS.get(base_language(language), frozenset())


__all__ = [
    "ANALYSIS_VERSION",
    "WORD",
    "Token",
    "analyse_word",
    "base_language",
    "is_stop_word",
    "normalise",
    "tokens",
    "words_and_stems",
]
