"""What a query asks for, ready for every engine: a clause for each word, with all that may stand for it.

Terms are those of the index without their locale: `_sorg` a stem, `__sorg` the stem of a compound's part,
`.sorgg*` the beginning of a word as written.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum


class Kind(StrEnum):
    """How an alternative relates to the word that was typed, best first."""

    WORD = "word"
    PREFIX = "prefix"
    SYNONYM = "synonym"
    PARTS = "parts"
    TYPO = "typo"
    PART = "part"


@dataclass(frozen=True, slots=True)
class Alternative:
    """Found where each group has one of its terms. `cost` is the number of letters that differ."""

    kind: Kind
    groups: tuple[tuple[str, ...], ...]
    #: The word as the index has it, where it is another than the typed one.
    written: str = ""
    cost: int = 0


@dataclass(frozen=True, slots=True)
class Clause:
    """One word of the query, or some that belong together (a place, an expression with synonyms)."""

    #: As typed, and in plain letters.
    written: str
    word: str
    alternatives: tuple[Alternative, ...]
    #: Folded stems of the word or words.
    stems: tuple[str, ...] = ()
    #: Stems of the word written together with its neighbour: `selv hjælp`.
    joined: tuple[str, ...] = ()
    #: Rarity: what a match is worth beside one of the other clauses; and the share of documents that have it.
    weight: float = 1.0
    share: float = 0.0
    #: Facet values of that name, where the word is a place.
    place: tuple[tuple[str, str], ...] = ()
    #: Whether any document of the language may have it.
    known: bool = True

    @property
    def is_place(self) -> bool:
        return bool(self.place)


@dataclass(frozen=True)
class ParsedQuery:
    """`enough` names the clauses that suffice together, each way by their numbers; all of them at first."""

    locale: str
    clauses: tuple[Clause, ...] = ()
    enough: tuple[tuple[int, ...], ...] = ()

    @property
    def is_empty(self) -> bool:
        return not self.clauses

    @property
    def wished(self) -> tuple[int, ...]:
        """Clauses that nothing depends on: documents that have them come first."""
        needed = {number for way in self.enough for number in way}
        return tuple(number for number in range(len(self.clauses)) if number not in needed)

    @property
    def stems(self) -> tuple[str, ...]:
        """Of all words, as editors' promotions compare them."""
        return tuple(stem for clause in self.clauses for stem in clause.stems)


def either(stem: str) -> tuple[str, str]:
    """The word itself, or a compound that has it as a part."""
    return f"_{stem}", f"__{stem}"


def every(stems: Iterable[str]) -> tuple[tuple[str, ...], ...]:
    return tuple(either(stem) for stem in dict.fromkeys(stems))
