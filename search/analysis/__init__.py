"""Language analysis, once, in Python: the same words for the index, the query and every engine."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from .folding import bare, fold, normalise
from .readings import parts_of
from .stemming import infinitives, stem
from .stop_words import STOP_WORDS

#: Part of every document's fingerprint: raise it when the tokens change, and a rebuild writes all anew.
ANALYSIS_VERSION = 5

#: A word of any script.
WORD = re.compile(r"[^\W_]+")
#: Words held together without spaces: `e-mail`, `12-trins`, `f.eks`, `A.A`; a single word too.
EXPRESSION = re.compile(r"[^\W_]+(?:[-\u2010\u2011.'\u2019][^\W_]+)*")
_HELD = re.compile(r"[^\W_]+(?:[-\u2010\u2011.'\u2019][^\W_]+)+")
_JOINTS = frozenset("-\u2010\u2011.'\u2019")
_LETTER = re.compile(r"[^\W\d_]")
_ABBREVIATED = 3  # letters of a piece between dots; a longer one is a sentence or an address
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
    folded, stemmed = fold(word, language), fold(stem(word, language), language)
    if stemmed != folded and is_stop_word(stemmed, language) and not is_stop_word(folded, language):
        stemmed = folded  # German `Demens` would become `dem`
    result = folded, stemmed
    _cache[key] = result
    return result


def other_stems(word: str, language: str) -> list[str]:
    """Stems that a form of a verb may have beside its own."""
    return list(dict.fromkeys(analyse_word(each, language)[1] for each in infinitives(word, language)))


def part_stems(raw: str, language: str) -> tuple[str, ...]:
    """The folded stems of a compound's parts, none for a word that is whole."""
    return tuple(analyse_word(part, language)[1] for part in parts_of(raw, language))


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


def parts_in(text: str, language: str) -> list[str]:
    """The stems of the parts of all compounds in `text`, in order."""
    base = base_language(language)
    return [part for raw in WORD.findall(text) for part in part_stems(raw, base)]


def joined_word(raw: str) -> str:
    """`email` for `e-mail`, `feks` for `f.eks`; nothing for a single word, a number or an address."""
    pieces = WORD.findall(raw)
    if len(pieces) < 2 or not _LETTER.search(raw):
        return ""
    if "." in raw and max(map(len, pieces)) > _ABBREVIATED:
        return ""
    return "".join(pieces)


def joined_in(text: str) -> list[str]:
    """The held words of `text` as one word each."""
    if _JOINTS.isdisjoint(text):
        return []
    return [word for raw in _HELD.findall(text) if (word := joined_word(raw))]


def is_stop_word(word: str, language: str) -> bool:
    """Whether a folded word says nothing about the subject."""
    return word in STOP_WORDS.get(base_language(language), frozenset())


__all__ = [
    "ANALYSIS_VERSION",
    "EXPRESSION",
    "WORD",
    "Token",
    "analyse_word",
    "bare",
    "base_language",
    "is_stop_word",
    "joined_in",
    "joined_word",
    "normalise",
    "other_stems",
    "part_stems",
    "parts_in",
    "tokens",
    "words_and_stems",
]
