"""How compounds are read now: by the word lists, and by what a site adds to them."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field

from .compounds import Splitter
from .folding import fold
from .grammar import GRAMMARS
from .stemming import stem
from .word_lists import committed

_CACHE_LIMIT = 200_000


@dataclass(frozen=True)
class Additions:
    """What a site adds in one language."""

    #: Folded stem of a whole word -> the parts that editors gave it; none where it stays whole.
    decided: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    #: Words that the index taught, in plain letters -> in native ones.
    learnt: Mapping[str, str] = field(default_factory=dict)


#: By language. A language that is not there adds nothing.
AllAdditions = Mapping[str, Additions]


class Reader:
    """Reads the words of one language and remembers them."""

    def __init__(self, language: str, additions: Additions) -> None:
        self._language = language
        self._decided = additions.decided
        self.splitter = Splitter(committed(language), additions.learnt)
        self._known: dict[str, tuple[str, ...]] = {}

    def parts(self, raw: str) -> tuple[str, ...]:
        """The finest parts in native letters; () for a whole word."""
        if (known := self._known.get(raw)) is not None:
            return known
        if len(self._known) >= _CACHE_LIMIT:
            self._known.clear()
        decided = self._decided.get(word_stem(raw, self._language)) if self._decided and raw else None
        result = self.splitter.split(raw) if decided is None else decided
        self._known[raw] = result
        return result


class _Now:
    """What is in use in this process: replaced as a whole, so that threads see the old or the new."""

    additions: AllAdditions = {}
    readers: dict[str, Reader] = {}


_now = _Now()


def word_stem(word: str, language: str) -> str:
    """The folded stem by which an editor's decision is known: it counts for every inflection."""
    return fold(stem(word.casefold(), language), language)


def current() -> AllAdditions:
    return _now.additions


def use(additions: AllAdditions) -> None:
    """Read by these from now on."""
    _now.additions, _now.readers = additions, {}


@contextmanager
def using(additions: AllAdditions) -> Iterator[None]:
    before = _now.additions
    use(additions)
    try:
        yield
    finally:
        use(before)


def reader(language: str) -> Reader | None:
    """None for a language whose words are not split."""
    if language not in GRAMMARS:
        return None
    readers = _now.readers
    if language not in readers:
        readers[language] = Reader(language, _now.additions.get(language, Additions()))
    return readers[language]


def parts_of(raw: str, language: str) -> tuple[str, ...]:
    """The parts of a word as they are read now."""
    found = reader(language)
    return found.parts(raw) if found else ()
