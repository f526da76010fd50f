"""The one scorer, the same for every engine: it orders the best candidates that an engine gives.

docs/explanation/search.md explains the formula and its numbers. Nothing here asks the database.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from .candidates import BODY, TITLE, Candidate
from .clauses import Alternative, Kind, ParsedQuery
from .matching import Answering, Known, Matcher

#: What a match in a field counts: in the title, the topics and keywords, the summary, the body.
FIELDS = {"title": 0.8, "keywords": 0.55, "summary": 0.35, "body": 0.2}
_TITLE, _KEYWORDS, _SUMMARY, _BODY = FIELDS.values()
#: After the strengths of the fields: how often the body has it.
_OFTEN = 4
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


@dataclass(slots=True)
class Score:
    """The points of a document, and how they came about."""

    id: int
    points: float
    #: The document, where the scorer read it.
    candidate: Candidate | None = None
    #: Clause -> points before its rarity; clauses that nothing answers are absent.
    clauses: dict[int, float] = field(default_factory=dict)
    #: Clause -> the alternative that answered it: of several the best, first of those that are as typed.
    answers: dict[int, Alternative] = field(default_factory=dict)
    factors: dict[str, float] = field(default_factory=dict)


#: Facet values of a document that are places.
Places = frozenset[tuple[str, str]]
#: Number of a group -> its best strength in title, keywords, summary and body, and how often the body has it.
_Found = dict[int, list[float]]


@dataclass(slots=True)
class _Draft:
    """A document while it is read."""

    candidate: Candidate
    known: Known
    score: Score
    found: _Found = field(default_factory=dict)
    #: Words of the query that stand beside each other.
    beside: int = 0


@dataclass(frozen=True, slots=True)
class _Way:
    """An alternative of a clause, as the scorer reads it: it answers where all its groups are found."""

    alternative: Alternative
    groups: list[int]
    share: float
    is_as_typed: bool


def _ways(matcher: Matcher) -> list[list[_Way]]:
    """By clause."""
    groups: dict[tuple[int, int], list[int]] = defaultdict(list)
    for number, (clause, place, _group) in enumerate(matcher.groups):
        groups[clause, place].append(number)
    ways: list[list[_Way]] = [[] for _ in matcher.parsed.clauses]
    for (clause, place), numbers in groups.items():
        alternative = matcher.parsed.clauses[clause].alternatives[place]
        share = SHARES[alternative.kind] * _DISTANT_LETTER**alternative.cost
        ways[clause].append(_Way(alternative, numbers, share, alternative.kind in AS_TYPED))
    return ways


class Scorer:
    """Scores candidates of one query as of one day."""

    def __init__(self, parsed: ParsedQuery, today: date) -> None:
        self.parsed = parsed
        self.today = today
        self.matcher = Matcher(parsed)
        self._asked = frozenset(place for clause in parsed.clauses for place in clause.place)
        self._weight = sum(clause.weight for clause in parsed.clauses) or 1.0
        self._ways = _ways(self.matcher)

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

    def _begun(self, candidate: Candidate) -> _Draft:
        """What all but the body answers."""
        known = self.matcher.of(candidate.languages)
        draft = _Draft(candidate, known, Score(candidate.id, 0.0, candidate))
        if present := known.among(candidate.head):
            self._read_head(draft, present)
            self._answer(draft)
        return draft

    def _lacks(self, draft: _Draft) -> bool:
        return len(draft.score.clauses) < len(self.parsed.clauses)

    def _finished(self, draft: _Draft, places: Places) -> Score:
        candidate, score = draft.candidate, draft.score
        if self._lacks(draft) and (present := draft.known.among(candidate.body.words)):
            for raw in present:
                _enter(draft.known[raw], BODY, draft.found, 1.0, candidate.body.occurrences(raw))
            self._answer(draft)
        score.factors = self._factors(candidate, score, draft.beside, is_in_place=bool(self._asked & places))
        text = sum(self.parsed.clauses[number].weight * points for number, points in score.clauses.items())
        score.points = text / self._weight
        for factor in score.factors.values():
            score.points *= factor
        return score

    def _read_head(self, draft: _Draft, present: Iterable[str]) -> None:
        """Enter these words of the head; see which words of the query stand beside each other."""
        candidate, known = draft.candidate, draft.known
        long_title = _LONG_TITLE + (1 - _LONG_TITLE) / max(len(candidate.title.raws), 1)
        clauses: set[int] = set()
        for raw in present:
            answering = known[raw]
            clauses |= answering.clauses
            for place, number in candidate.head[raw]:
                scale = long_title if place == TITLE else 1 / (1 + _LATER * number)
                _enter(answering, place, draft.found, scale)
        if len(clauses) > 1:
            texts = (candidate.title, candidate.summary)
            draft.beside = max(_pairs(list(map(known.get, text.raws))) for text in texts)

    def _answer(self, draft: _Draft) -> None:
        """For each clause the best alternative of which every group was found."""
        for clause, ways in enumerate(self._ways):
            most, best = 0.0, (False, 0.0)
            for way in ways:
                points = _points_of(way, draft.found)
                most = max(most, points)
                if points and (way.is_as_typed, points) > best:
                    best = way.is_as_typed, points
                    draft.score.answers[clause] = way.alternative
            if most:
                draft.score.clauses[clause] = most

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


def _enter(answering: Answering, place: int, found: _Found, scale: float, number: int = 0) -> None:
    """What a word answers that stands in a field, in the body so often."""
    for group, strength in answering.groups:
        fields = found.get(group)
        if fields is None:
            fields = found[group] = [0.0, 0.0, 0.0, 0.0, 0.0]
        fields[place] = max(fields[place], strength * scale)
        fields[_OFTEN] += number


def _points_of(way: _Way, found: _Found) -> float:
    """The mean of its groups; none where one is missing."""
    points = 0.0
    for group in way.groups:
        if (fields := found.get(group)) is None:
            return 0.0
        points += _points(fields)
    return points / len(way.groups) * way.share


def _points(fields: Sequence[float]) -> float:
    """Fields together: each adds its share of what is missing to the full point."""
    title, keywords, summary, body, often = fields
    missing = (1 - _TITLE * title) * (1 - _KEYWORDS * keywords) * (1 - _SUMMARY * summary)
    if body:
        missing *= 1 - _BODY * body * (1 - (1 - _AGAIN) ** min(often, 6))
    return 1 - missing


def _pairs(answered: Sequence[Answering | None]) -> int:
    """How many neighbouring words answer different clauses, one word between them allowed."""
    pairs: set[frozenset[int]] = set()
    last: frozenset[int] = frozenset()
    distance = 0
    for answering in answered:
        distance += 1
        if answering is None:
            continue
        clauses = answering.clauses
        if last and distance <= _NEAR and len(clauses | last) > 1 and clauses != last:
            pairs.add(clauses | last)
        last, distance = clauses, 0
    return len(pairs)
