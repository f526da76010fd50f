"""The words that compounds are made of, and how the lists in `words/` are written.

word        a word: whole, and a part in any place
schul-      only before another word
-gänger     only the last part
fahr|en     a verb: its stem stands before others (Fahrplan) and takes endings (Fahrer)
hold|e-     a verb whose infinitive stands only before others (holdeplads)
=lampe      a whole word and never a part; =vrøvl|e a verb, whose infinitive is none
tid_s       a word that is always linked with s: tid-s-punkt, no spunk
køle+skab   a compound that the rules would read otherwise
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

from .folding import fold
from .grammar import GRAMMARS
from .stemming import stem


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """Words that can be parts. Keys are in plain letters, values in native ones."""

    language: str
    words: Mapping[str, str]
    firsts: Mapping[str, str] = field(default_factory=dict)
    lasts: Mapping[str, str] = field(default_factory=dict)
    wholes: frozenset[str] = frozenset()
    #: Stems of verbs.
    verbs: frozenset[str] = frozenset()
    #: Words that the linking s always follows.
    linked: frozenset[str] = frozenset()
    #: Stem of a word -> the shortest word of that stem.
    stems: Mapping[str, str] = field(default_factory=dict)
    #: Stem of a compound, linked in any way -> its parts.
    compounds: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    @classmethod
    def of(cls, language: str, entries: Iterable[str]) -> "Vocabulary":
        """From words written as in the lists."""
        words: dict[str, str] = {}
        firsts: dict[str, str] = {}
        lasts: dict[str, str] = {}
        wholes: set[str] = set()
        verbs: set[str] = set()
        compounds: dict[str, tuple[str, ...]] = {}
        linked: set[str] = set()
        for entry in entries:
            if entry.endswith("_s"):
                entry = entry.removesuffix("_s")
                linked.add(fold(entry, language))
            written = entry.strip("=-").replace("|", "")
            plain = fold(written, language)
            if "+" in entry:
                compounds |= _linked(tuple(entry.split("+")), language)
            elif entry.startswith("="):
                wholes.add(plain)
            elif entry.startswith("-"):
                lasts[plain] = written
            elif entry.endswith("-"):
                firsts[plain] = written
            else:
                words[plain] = written
            if "|" in entry:
                base = entry.strip("=").partition("|")[0]
                verbs.add(fold(base, language))
                if GRAMMARS[language].stem_first and not entry.startswith("="):
                    firsts[fold(base, language)] = base
        return cls(
            language,
            words,
            firsts,
            lasts,
            frozenset(wholes - words.keys()),
            frozenset(verbs),
            frozenset(linked),
            _stems(words, lasts, language),
            compounds,
        )


def _linked(parts: tuple[str, ...], language: str) -> dict[str, tuple[str, ...]]:
    """A listed compound by its stem, with each linking element before its last part."""
    first, last = "".join(parts[:-1]), parts[-1]
    links = ("", *GRAMMARS[language].links)
    return {fold(stem(f"{first}{link}{last}", language), language): parts for link in links}


def _stems(words: Mapping[str, str], lasts: Mapping[str, str], language: str) -> dict[str, str]:
    stems: dict[str, str] = {}
    for plain, word in (*words.items(), *lasts.items()):
        key = fold(stem(word, language), language)
        if key not in stems or len(plain) < len(stems[key]):
            stems[key] = plain
    return stems


@cache
def committed(language: str) -> Vocabulary:
    """The word list that comes with Torv."""
    text = (Path(__file__).parent / "words" / f"{language}.txt").read_text(encoding="utf-8")
    lines = (line for line in text.splitlines() if not line.startswith("#"))
    return Vocabulary.of(language, " ".join(lines).split())
