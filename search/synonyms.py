"""The editors' synonyms as the search uses them."""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from datetime import date

from . import expressions
from .models import Synonym
from .remembering import Remembered

Stems = tuple[str, ...]
Expansions = Mapping[Stems, tuple[Stems, ...]]


def expansions(locale: str) -> Expansions:
    """Folded stems of an expression -> those of its equivalents, as in force now. One query, where nothing
    has changed since it was last asked; none within a search."""
    return _remembered.get(locale)


def edges(synonym: Synonym) -> Iterator[tuple[Stems, Stems]]:
    """(what is asked, what is found too) by their stems."""
    first = expressions.stems(synonym.word, synonym.locale)
    others = [expressions.stems(line, synonym.locale) for line in synonym.equivalents]
    if synonym.direction == Synonym.Direction.ONE_WAY:
        yield from ((first, other) for other in others)
        return
    group = [first, *others]
    yield from ((asked, found) for asked in group for found in group if asked != found)


def _made(locale: str, day: date) -> Expansions:
    found: dict[Stems, dict[Stems, None]] = defaultdict(dict)
    for synonym in Synonym.objects.filter(locale=locale):
        if synonym.is_in_force(day):
            for asked, equivalent in edges(synonym):
                if asked and equivalent:
                    found[asked][equivalent] = None
    return {asked: tuple(equivalents) for asked, equivalents in found.items()}


_remembered: Remembered[Expansions] = Remembered(_made)
