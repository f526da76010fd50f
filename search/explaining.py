"""Why a result was found, for the page on which editors try the search."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from .candidates import Candidate, Text
from .matching import Matcher
from .scoring import Score
from .snippets import found_places


@dataclass(frozen=True, kw_only=True)
class FieldMatch:
    """Words of one field that answer the query, as written there, with how often each stands there."""

    field: str
    label: str | Promise
    words: tuple[tuple[str, int], ...]


@dataclass(frozen=True, kw_only=True)
class Why:
    """What made a result a result. `factors` are (name, number) pairs that the score was made with."""

    matches: tuple[FieldMatch, ...] = ()
    factors: tuple[tuple[str | Promise, float], ...] = ()


#: Factors of the scorer, as editors read them.
_FACTORS = {
    "coverage": _("Share of the words that it has"),
    "beside": _("Words beside each other"),
    "place": _("In the place that was asked for"),
    "checked": _("Checked recently"),
    "boost": _("Weight of this sort of page"),
}


def explain(matcher: Matcher, candidate: Candidate, score: Score) -> Why:
    """Which words of which fields answer the query, and what the score is made of."""
    return Why(matches=tuple(_matches(matcher, candidate)), factors=tuple(_factors(matcher, score)))


def _factors(matcher: Matcher, score: Score) -> Iterator[tuple[str | Promise, float]]:
    for number, points in score.clauses.items():
        clause = matcher.parsed.clauses[number]
        yield _("Points for “%(word)s”") % {"word": clause.written}, round(points, 3)
        yield _("Rarity of “%(word)s”") % {"word": clause.written}, round(clause.weight, 3)
    for name, factor in score.factors.items():
        yield _FACTORS[name], round(factor, 3)
    yield _("Score"), round(score.points, 3)


def _matches(matcher: Matcher, candidate: Candidate) -> Iterator[FieldMatch]:
    fields = (
        ("title", _("Title"), candidate.title),
        ("keywords", _("Keywords"), Text("\n".join(candidate.row.keywords))),
        ("summary", pgettext_lazy("part of a page", "Summary"), candidate.summary),
        ("body", _("Text"), candidate.body),
    )
    for name, label, text in fields:
        places = found_places(text, candidate.languages, matcher)
        words = Counter(text.text[start:end].casefold() for start, end in places)
        if words:
            yield FieldMatch(field=name, label=label, words=tuple(words.most_common(8)))
