"""Why a result was found, for the page on which editors try the search."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from .parsing import ParsedQuery
from .results import StoredHit
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


def explain(parsed: ParsedQuery, row: StoredHit) -> Why:
    """Which words of which fields answer the query, and the score."""
    return Why(matches=tuple(_matches(parsed, row)), factors=((_("Score of the engine"), row.score),))


def _matches(parsed: ParsedQuery, row: StoredHit) -> Iterator[FieldMatch]:
    fields = (
        ("title", _("Title"), row.title),
        ("keywords", _("Keywords"), "\n".join(row.keywords)),
        ("summary", _("Summary"), row.summary),
        ("body", _("Text"), row.body),
    )
    for name, label, text in fields:
        words = Counter(text[start:end].casefold() for start, end in found_places(text, row, parsed))
        if words:
            yield FieldMatch(field=name, label=label, words=tuple(words.most_common(8)))
