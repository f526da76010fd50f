"""Which clauses of a query the words of a text answer. Nothing here asks the database."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence, Set
from functools import cached_property
from typing import NamedTuple

from .analysis import analyse_word, base_language, part_stems
from .clauses import Kind, ParsedQuery
from .lexicon import lexicon

#: The same inflection, another one, a part of a compound; and the same letters, not only the same spelling.
EXACT, STEM_SHARE, PART_SHARE, SAME_LETTERS = 1.0, 0.85, 0.55, 1.03

#: A group of an alternative of a clause, by their numbers: what has one of its terms answers it.
Group = tuple[int, int, int]


class Answering(NamedTuple):
    """What a word answers: numbers of groups (places in `Matcher.groups`) with strengths; the clauses."""

    groups: tuple[tuple[int, float], ...]
    clauses: frozenset[int]


class Matcher:
    """Says what a word of a text answers; remembers it, as texts repeat their words."""

    def __init__(self, parsed: ParsedQuery) -> None:
        self.parsed = parsed
        self.groups: list[Group] = []
        self._known: dict[tuple[str, ...], Known] = {}
        #: Term of the index -> numbers of the groups that have it.
        self._terms: dict[str, list[int]] = defaultdict(list)
        for number, clause in enumerate(parsed.clauses):
            for place, alternative in enumerate(clause.alternatives):
                for group, terms in enumerate(alternative.groups):
                    for term in terms:
                        self._terms[term].append(len(self.groups))
                    self.groups.append((number, place, group))

    @cached_property
    def _prefixes(self) -> tuple[str, ...]:
        return tuple(term for term in self._terms if term.endswith("*"))

    def of(self, languages: tuple[str, ...]) -> "Known":
        """Word as written -> what it answers, for texts in these languages, once it was read."""
        if languages not in self._known:
            self._known[languages] = Known(self, tuple(dict.fromkeys(map(base_language, languages))))
        return self._known[languages]

    def matching(self, raws: Set[str], base: str) -> set[str]:
        """Those of these words that answer any clause."""
        found = lexicon(base).having(self._terms, raws)
        if self._prefixes:
            found |= lexicon(base).beginning(tuple(prefix[1:-1] for prefix in self._prefixes), raws)
        return found

    def answering(self, raw: str, bases: Sequence[str]) -> Answering:
        """What a word answers, read in each of these languages."""
        best: dict[int, float] = {}
        for base in bases:
            for number, strength in self._strengths(raw, base).items():
                best[number] = max(best.get(number, 0.0), strength)
        return Answering(tuple(best.items()), frozenset(self.groups[number][0] for number in best))

    def _strengths(self, raw: str, base: str) -> Mapping[int, float]:
        word, stem = analyse_word(raw, base)
        best = {number: self._likeness(number, raw, word) for number in self._terms.get(f"_{stem}", ())}
        parts = [number for part in part_stems(raw, base) for number in self._terms.get(f"__{part}", ())]
        # A compound of several of the words is as good as the words beside each other.
        share = STEM_SHARE if len({self.groups[number][0] for number in parts}) > 1 else PART_SHARE
        for number in parts:
            best[number] = max(best.get(number, 0.0), share)
        for prefix in self._prefixes:
            if word.startswith(prefix[1:-1]):
                best.update(dict.fromkeys(self._terms[prefix], EXACT))
        return best

    def _likeness(self, number: int, raw: str, word: str) -> float:
        """How near a word of the right stem is to the one that was typed."""
        clause_number, alternative, _group = self.groups[number]
        clause = self.parsed.clauses[clause_number]
        if clause.alternatives[alternative].kind is not Kind.WORD:
            return EXACT
        if raw.casefold() == clause.written.casefold():
            return SAME_LETTERS
        return EXACT if word == clause.word else STEM_SHARE


class Known(dict[str, Answering]):
    """Words that answer anything. Most that are read do not, and are not kept here."""

    def __init__(self, matcher: Matcher, languages: tuple[str, ...]) -> None:
        self.matcher = matcher
        self.languages = languages
        self._read: set[str] = set()

    def read(self, words: Set[str]) -> None:
        """Look at these words, all together: many at once take little longer than one."""
        if self._read.issuperset(words):
            return
        new = words - self._read
        self._read |= new
        answering = set().union(*(self.matcher.matching(new, language) for language in self.languages))
        for raw in answering:
            self[raw] = self.matcher.answering(raw, self.languages)

    def among(self, words: Collection[str]) -> Collection[str]:
        """Those of these words, which were read, that answer anything."""
        if len(self) > len(words):
            return [raw for raw in words if raw in self]
        return [raw for raw in self if raw in words]
