"""The one scorer, the same for every engine: it orders the best candidates that an engine gives.

docs/explanation/search.md explains the formula and its numbers. Nothing here asks the database.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from itertools import chain

from .analysis import analyse_word, base_language, part_stems
from .candidates import Candidate
from .clauses import Alternative, Clause, Kind, ParsedQuery
from .lexicon import lexicon

#: What a match in a field counts: in the title, the topics and keywords, the summary, the body.
FIELDS = {"title": 0.8, "keywords": 0.55, "summary": 0.35, "body": 0.2}
#: What an alternative counts beside the word as typed.
SHARES = {
    Kind.WORD: 1.0,
    Kind.PREFIX: 0.9,
    Kind.SYNONYM: 0.75,
    Kind.PARTS: 0.7,
    Kind.TYPO: 0.6,
    Kind.PART: 0.35,
}
#: Alternatives that take the word as it was typed: it is none that somebody got wrong.
AS_TYPED = frozenset({Kind.WORD, Kind.PREFIX, Kind.SYNONYM, Kind.PARTS})
#: The same inflection, another one, a part of a compound; and the same letters, not only the same spelling.
EXACT, STEM_SHARE, PART_SHARE, SAME_LETTERS = 1.0, 0.85, 0.55, 1.03
#: A title of one word counts whole, a long one this share at least.
_LONG_TITLE = 0.75
#: Each further occurrence in the body adds this share of what is missing.
_AGAIN = 0.4
#: Two words of the query beside each other in the title or summary, at most so many words apart.
_BESIDE, _NEAR = 0.12, 2
#: The topics and keywords of a thing come in the order of their weight.
_LATER = 0.03
#: A document in the place that was asked for.
_IN_PLACE = 2.0
#: Recently made sure: this much more, half of it after _FADING days.
_CHECKED, _FADING = 0.06, 180
_DISTANT_LETTER = 0.9  # per letter that differs


@dataclass(frozen=True, slots=True)
class Match:
    """A word of a field that answers a clause."""

    clause: int
    alternative: int
    group: int
    strength: float


@dataclass(slots=True)
class Score:
    """The points of a document, and how they came about."""

    id: int
    points: float
    #: Clause -> points before its rarity; clauses that nothing answers are absent.
    clauses: dict[int, float] = field(default_factory=dict)
    #: Clause -> the alternative that answered it: of several the best, first of those that are as typed.
    answers: dict[int, Alternative] = field(default_factory=dict)
    factors: dict[str, float] = field(default_factory=dict)


class Matcher:
    """Says which clauses a word of a text answers; remembers it, as texts repeat their words."""

    def __init__(self, parsed: ParsedQuery) -> None:
        self.parsed = parsed
        self._known: dict[tuple[str, ...], _Known] = {}

    @cached_property
    def _terms(self) -> Mapping[str, Sequence[tuple[int, int, int]]]:
        """Term of the index -> where the query has it."""
        terms: dict[str, list[tuple[int, int, int]]] = defaultdict(list)
        for number, clause in enumerate(self.parsed.clauses):
            for place, alternative in enumerate(clause.alternatives):
                for group, names in enumerate(alternative.groups):
                    for name in names:
                        terms[name].append((number, place, group))
        return terms

    @cached_property
    def _prefixes(self) -> tuple[str, ...]:
        return tuple(term for term in self._terms if term.endswith("*"))

    def of(self, languages: tuple[str, ...]) -> "_Known":
        """Word as written -> its matches, for texts in these languages, once it was read."""
        if languages not in self._known:
            self._known[languages] = _Known(self, tuple(dict.fromkeys(map(base_language, languages))))
        return self._known[languages]

    def matching(self, raws: Set[str], base: str) -> set[str]:
        """Those of these words that answer any clause."""
        found = lexicon(base).having(self._terms, raws)
        if self._prefixes:
            found |= lexicon(base).beginning(tuple(prefix[1:-1] for prefix in self._prefixes), raws)
        return found

    def matches(self, raw: str, base: str) -> Iterable[Match]:
        word, stem = analyse_word(raw, base)
        best: dict[tuple[int, int, int], float] = {}
        for key in self._terms.get(f"_{stem}", ()):
            best[key] = self._likeness(self.parsed.clauses[key[0]], key[1], raw, word)
        parts = [key for part in part_stems(raw, base) for key in self._terms.get(f"__{part}", ())]
        # A compound of several of the words is as good as the words beside each other.
        share = STEM_SHARE if len({clause for clause, _, _ in parts}) > 1 else PART_SHARE
        for key in parts:
            best[key] = max(best.get(key, 0.0), share)
        for prefix in self._prefixes:
            if word.startswith(prefix[1:-1]):
                best.update(dict.fromkeys(self._terms[prefix], EXACT))
        return (Match(*key, strength) for key, strength in best.items())

    def _likeness(self, clause: Clause, alternative: int, raw: str, word: str) -> float:
        """How near a word of the right stem is to the one that was typed."""
        if clause.alternatives[alternative].kind is not Kind.WORD:
            return EXACT
        if raw.casefold() == clause.written.casefold():
            return SAME_LETTERS
        return EXACT if word == clause.word else STEM_SHARE


class _Known(dict[str, tuple[Match, ...]]):
    """Words that answer anything, with their matches. Most that are read do not, and are not kept here."""

    def __init__(self, matcher: Matcher, languages: tuple[str, ...]) -> None:
        self.matcher = matcher
        self.languages = languages
        self._read: set[str] = set()

    def read(self, words: Set[str]) -> None:
        """Look at these words, all together: many at once take little longer than one."""
        new = words - self._read
        if not new:
            return
        self._read |= new
        answering = set().union(*(self.matcher.matching(new, language) for language in self.languages))
        for raw in answering:
            matches = (self.matcher.matches(raw, language) for language in self.languages)
            self[raw] = tuple(chain.from_iterable(matches))

    def among(self, words: Collection[str]) -> Collection[str]:
        """Those of these words, which were read, that answer anything."""
        if len(self) > len(words):
            return [raw for raw in words if raw in self]
        return [raw for raw in self if raw in words]


#: Facet values of a document that are places.
Places = frozenset[tuple[str, str]]
#: (alternative, group) of a clause -> field -> (best strength, number of occurrences)
_Found = dict[tuple[int, int], dict[str, tuple[float, int]]]


@dataclass(slots=True)
class _Draft:
    """A document while it is read."""

    candidate: Candidate
    known: _Known
    score: Score
    #: By clause.
    found: dict[int, _Found] = field(default_factory=lambda: defaultdict(lambda: defaultdict(dict)))
    #: Words of the query that stand beside each other.
    beside: int = 0


@dataclass(frozen=True, slots=True)
class _Way:
    """An alternative of a clause, as the scorer reads it: it answers where all its groups are found."""

    alternative: Alternative
    groups: Set[tuple[int, int]]
    share: float
    is_as_typed: bool


def _ways(clause: Clause) -> Iterator[_Way]:
    for place, alternative in enumerate(clause.alternatives):
        if alternative.groups:
            groups = frozenset((place, group) for group in range(len(alternative.groups)))
            share = SHARES[alternative.kind] * _DISTANT_LETTER**alternative.cost
            yield _Way(alternative, groups, share, alternative.kind in AS_TYPED)


class Scorer:
    """Scores candidates of one query as of one day."""

    def __init__(self, parsed: ParsedQuery, today: date) -> None:
        self.parsed = parsed
        self.today = today
        self.matcher = Matcher(parsed)
        self._asked = frozenset(place for clause in parsed.clauses for place in clause.place)
        self._weight = sum(clause.weight for clause in parsed.clauses) or 1.0
        self._ways = [list(_ways(clause)) for clause in parsed.clauses]

    def ordered(self, candidates: Sequence[Candidate], places: Mapping[int, Places]) -> list[Score]:
        """Best first; equal ones by id. `places` are those of the candidates that were asked for."""
        self._read_together((each, each.head) for each in candidates)
        drafts = [self._begun(each) for each in candidates]
        lacking = (draft.candidate for draft in drafts if self._lacks(draft))
        self._read_together((each, each.body.words) for each in lacking)
        scores = [self._finished(draft, places.get(draft.candidate.id, frozenset())) for draft in drafts]
        return sorted(scores, key=lambda score: (-score.points, score.id))

    def _read_together(self, texts: Iterable[tuple[Candidate, Collection[str]]]) -> None:
        words: dict[tuple[str, str], list[Collection[str]]] = defaultdict(list)
        for candidate, text in texts:
            words[candidate.languages].append(text)
        for languages, those in words.items():
            self.matcher.of(languages).read(set().union(*those))

    def _begun(self, candidate: Candidate) -> "_Draft":
        """What all but the body answers."""
        known = self.matcher.of(candidate.languages)
        draft = _Draft(candidate, known, Score(candidate.id, 0.0))
        if present := known.among(candidate.head):
            draft.beside = self._read_head(candidate, known, present, draft.found)
            self._answer_all(draft.found, draft.score)
        return draft

    def _lacks(self, draft: "_Draft") -> bool:
        return len(draft.score.clauses) < len(self.parsed.clauses)

    def _finished(self, draft: "_Draft", places: Places) -> Score:
        candidate, score = draft.candidate, draft.score
        if self._lacks(draft) and (present := draft.known.among(candidate.body.words)):
            for raw in present:
                _enter(draft.known[raw], "body", draft.found, 1.0, candidate.body.occurrences(raw))
            self._answer_all(draft.found, score)
        score.factors = self._factors(candidate, score, draft.beside, is_in_place=bool(self._asked & places))
        text = sum(self.parsed.clauses[number].weight * points for number, points in score.clauses.items())
        score.points = text / self._weight
        for factor in score.factors.values():
            score.points *= factor
        return score

    def _read_head(
        self, candidate: Candidate, known: _Known, present: Iterable[str], found: dict[int, _Found]
    ) -> int:
        """Enter these words of the head; gives how many words of the query stand beside each other."""
        long_title = _LONG_TITLE + (1 - _LONG_TITLE) / max(len(candidate.title.raws), 1)
        for raw in present:
            for name, number in candidate.head[raw]:
                scale = long_title if name == "title" else 1 / (1 + _LATER * number)
                _enter(known[raw], name, found, scale, 1)
        if len(found) < 2:
            return 0
        return max(_pairs(list(map(known.get, text.raws))) for text in (candidate.title, candidate.summary))

    def _answer_all(self, found: Mapping[int, _Found], score: Score) -> None:
        for number, those in found.items():
            self._answer(number, those, score)

    def _answer(self, number: int, found: _Found, score: Score) -> None:
        """The best alternative of which every group was found."""
        answers: list[tuple[bool, float, Alternative]] = []
        for way in self._ways[number]:
            if found.keys() >= way.groups:
                points = sum(_points(found[group]) for group in way.groups) / len(way.groups)
                answers.append((way.is_as_typed, points * way.share, way.alternative))
        if answers:
            score.clauses[number] = max(points for _, points, _ in answers)
            score.answers[number] = max(answers, key=lambda answer: answer[:2])[2]

    def _factors(
        self, candidate: Candidate, score: Score, beside: int, *, is_in_place: bool
    ) -> dict[str, float]:
        """What multiplies the points, by name; 1 changes nothing and is left out."""
        factors: dict[str, float] = {}
        if len(score.clauses) < len(self.parsed.clauses):
            answered = sum(self.parsed.clauses[number].weight for number in score.clauses)
            factors["coverage"] = (answered / self._weight) ** 2
        if beside:
            factors["beside"] = 1 + _BESIDE * min(beside, 3)
        if is_in_place:
            factors["place"] = _IN_PLACE
        if candidate.checked_on:
            factors["checked"] = self._checked(candidate.checked_on)
        if candidate.boost != 1.0:
            factors["boost"] = candidate.boost
        return factors

    def _checked(self, day: date) -> float:
        age = max((self.today - day).days, 0)
        return 1 + _CHECKED * 0.5 ** (age / _FADING)


def _enter(matches: Iterable[Match], name: str, found: dict[int, _Found], scale: float, number: int) -> None:
    """The matches of a word that stands so often in a field."""
    for match in matches:
        fields = found[match.clause][match.alternative, match.group]
        strength, before = fields.get(name, (0.0, 0))
        fields[name] = (max(strength, match.strength * scale), before + number)


def _points(fields: Mapping[str, tuple[float, int]]) -> float:
    """Fields together: each adds its share of what is missing to the full point."""
    missing = 1.0
    for name, (strength, number) in fields.items():
        again = 1 - (1 - _AGAIN) ** min(number, 6) if name == "body" else 1.0
        missing *= 1 - min(FIELDS[name] * strength * again, 1.0)
    return 1 - missing


def _pairs(answered: Sequence[tuple[Match, ...] | None]) -> int:
    """How many neighbouring words answer different clauses, one word between them allowed."""
    pairs: set[frozenset[int]] = set()
    last: frozenset[int] = frozenset()
    distance = 0
    for matches in answered:
        distance += 1
        if not matches:
            continue
        clauses = frozenset(match.clause for match in matches)
        if last and distance <= _NEAR and len(clauses | last) > 1 and clauses != last:
            pairs.add(clauses | last)
        last, distance = clauses, 0
    return len(pairs)
