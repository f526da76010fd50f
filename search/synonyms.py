"""The editors' synonyms as the search uses them."""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from datetime import date
from itertools import permutations

from . import expressions
from .expressions import Stems
from .models import Synonym
from .remembering import Remembered

Expansions = Mapping[Stems, tuple[Stems, ...]]


def expansions(locale: str) -> Expansions:
    """Folded stems of an expression -> those of its equivalents, as in force now. One query, where nothing
    has changed since it was last asked; none within a search."""
    return _remembered.get(locale)


def edges(synonym: Synonym) -> Iterator[tuple[Stems, Stems]]:
    """(what is asked, what is found too) by their stems."""
    for asked, found in _pairs(synonym):
        first, other = expressions.stems(asked, synonym.locale), expressions.stems(found, synonym.locale)
        if first and other and first != other:
            yield first, other


def _pairs(synonym: Synonym) -> Iterator[tuple[str, str]]:
    """(what is asked, what is found too) as written."""
    if synonym.direction == Synonym.Direction.ONE_WAY:
        yield from ((synonym.word, other) for other in synonym.equivalents)
        return
    yield from permutations((synonym.word, *synonym.equivalents), 2)


def _made(locale: str, day: date) -> Expansions:
    """However the words of an expression are held together, it is asked and found."""
    found: dict[Stems, dict[Stems, None]] = defaultdict(dict)
    for synonym in Synonym.objects.filter(locale=locale):
        if synonym.is_in_force(day):
            for first, other in _pairs(synonym):
                for asked in expressions.readings(first, locale):
                    equivalents = expressions.readings(other, locale)
                    found[asked].update(dict.fromkeys(each for each in equivalents if each != asked))
    return {asked: tuple(equivalents) for asked, equivalents in found.items() if equivalents}


_remembered: Remembered[Expansions] = Remembered(_made)
