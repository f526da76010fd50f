"""Danish and German compounds, split into their parts: `pårørendegruppe` is pårørende + gruppe.

A word is cut where every piece is a known word: listed in `words/`, or built from a listed one with a
prefix, a suffix or an inflection. The cheapest reading wins, and the whole word is one of the readings,
so `Urinstinkt` (ur + a listed word) stays whole. Lookups are in plain letters, parts come out in native ones.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache, lru_cache
from pathlib import Path

from .folding import fold, native_letters
from .stemming import stem

_LISTED, _DERIVED, _SHAPED, _INFLECTED = 1.0, 1.3, 1.8, 0.05
_SHORT = {2: 0.7, 3: 0.2}  # short pieces turn up by chance
_MIN_WORD, _MAX_WORD = 5, 60
_MAX_ROOT = 7  # between prefix and suffix; a longer one is likely a compound itself
_MAX_ENDING = 5
#: An unknown part has more letters than _UNKNOWN when last; the known one beside it at least _SURE.
_UNKNOWN, _SURE, _UNKNOWN_COST = 4, 5, 3.0
_VOWELS = frozenset("aeiouy")


@dataclass(frozen=True, slots=True)
class Grammar:
    """What a language adds to words; all in plain letters."""

    links: Mapping[str, float]
    prefixes: tuple[str, ...]
    suffixes: tuple[str, ...]
    #: Suffixes that make a noun of nearly anything, so an unknown word with one is a word.
    productive: tuple[str, ...]
    #: Words that are suffixes far more often than the last part of a compound.
    never_last: frozenset[str]


def _words(text: str) -> tuple[str, ...]:
    return tuple(text.split())


#: No word begins so: the prefix was read into another word (`Herz-krankheit`).
_NO_ONSET = frozenset(
    _words(
        "bt df dg dk dp gb gd gk gs kb kd lb lf lk ls lt mb md mt nb nd nf nk ns nt rb rf rk rs rt td tk ts"
    )
    + _words("zb zf zk zs zt")
)


GRAMMARS = {
    "da": Grammar(
        {"s": 0.05, "e": 0.15, "es": 0.3, "er": 0.3, "en": 0.3, "n": 0.2},
        _words("af an be bi efter for fore fra frem gen ge hen ind med mis mod ned om op over paa sam saer")
        + _words("til u ud und under ur van ved vaer"),
        _words("hed skab dom else ning ing lig loes loeshed bar som eri ig agtig isk"),
        _words("hed else ning ering tion itet isme ologi"),
        frozenset(_words("dom skab loes fuld som bar rig ens lig ing en er et ur el")),
    ),
    "de": Grammar(
        {"s": 0.05, "es": 0.1, "n": 0.1, "ns": 0.1, "en": 0.12, "er": 0.15, "e": 0.2, "ens": 0.2},
        _words(
            "ab an auf aus be bei dar durch ein emp ent er fehl fort ge gegen her hin hinter in miss mit nach"
        )
        + _words("nieder rueck ueber um un unter ur ver vor weg wider wieder zer zu zurueck zusammen"),
        _words(
            "heit keit igkeit ung schaft lich ig isch haft bar los sam chen losigkeit lein tum in innen nis"
        ),
        _words("heit keit ung ierung schaft taet tion ismus ologie"),
        frozenset(_words("bar haft los voll reich arm sam er en in ung lich ei")),
    ),
}


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """Words that can be parts, and whole words whose parts somebody decided."""

    language: str
    #: In plain letters -> in native letters.
    words: Mapping[str, str]
    #: Word in plain letters -> its parts; none where it stays whole.
    decided: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    stems: Mapping[str, str] = field(default_factory=dict)

    @classmethod
    def of(
        cls, language: str, words: list[str], decided: Mapping[str, tuple[str, ...]] | None = None
    ) -> "Vocabulary":
        plain = {fold(word, language): word for word in words}
        stems: dict[str, str] = {}
        for written, word in plain.items():
            stems.setdefault(fold(stem(word, language), language), written)
        return cls(language, plain, decided or {}, stems)


@cache
def committed(language: str) -> Vocabulary:
    """The word list that comes with Torv."""
    text = (Path(__file__).parent / "words" / f"{language}.txt").read_text(encoding="utf-8")
    lines = (line for line in text.splitlines() if not line.startswith("#"))
    return Vocabulary.of(language, " ".join(lines).split())


@dataclass(frozen=True, slots=True)
class Reading:
    cost: float
    #: Start, end (without the linking element) of each part.
    parts: tuple[tuple[int, int], ...]


class Splitter:
    """The cheapest reading of words, by one vocabulary."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        self.vocabulary = vocabulary
        self.grammar = GRAMMARS[vocabulary.language]
        self.simple = lru_cache(50_000)(self._simple)

    def split(self, word: str) -> tuple[str, ...]:
        lower = native_letters(word.lower(), self.vocabulary.language)
        plain = fold(lower, self.vocabulary.language)
        if (decided := self.vocabulary.decided.get(plain)) is not None:
            return decided
        if not _MIN_WORD <= len(plain) <= _MAX_WORD or not plain.isalpha():
            return ()
        reading = self._best(plain)
        if reading is None or len(reading.parts) < 2:
            return ()
        return tuple(self._native(lower, plain, start, end) for start, end in reading.parts)

    def _native(self, lower: str, plain: str, start: int, end: int) -> str:
        """The part as its language writes it."""
        if (known := self.vocabulary.words.get(plain[start:end])) is not None:
            return known
        places = [0]
        for letter in lower:
            places.append(places[-1] + len(fold(letter, self.vocabulary.language)))
        if start in places and end in places:
            return lower[places.index(start) : places.index(end)]
        return plain[start:end]

    def _best(self, word: str) -> Reading | None:
        """From the end: the best reading of each rest, then of the whole."""
        best: dict[int, Reading] = {}
        for start in range(len(word) - 2, -1, -1):
            reachable = best.keys()
            readings = [
                Reading(cost + best[after].cost, ((start, end), *best[after].parts))
                for end in range(start + 2, len(word) - 1)
                if not reachable.isdisjoint(range(end, end + 4))
                for after, cost in self._modifier(word, start, end)
                if after in best
            ]
            if (cost_of_head := self._head(word[start:], whole=start == 0)) is not None:
                readings.append(Reading(cost_of_head, ((start, len(word)),)))
            if start == 0 and not readings:
                readings = self._one_unknown(word, best)
            if readings:
                best[start] = min(readings, key=lambda reading: (reading.cost, len(reading.parts)))
        return best.get(0)

    def _one_unknown(self, word: str, best: dict[int, Reading]) -> list[Reading]:
        """`Flohmarkt`: an unknown beginning before known parts, or a known word before an unknown end."""
        words = self.vocabulary.words
        foreign = word.endswith(("isch", "isk"))  # adjectives: `synthetisch` has no table in it
        if foreign or word.startswith(tuple(filter(lambda prefix: len(prefix) > 2, self.grammar.prefixes))):
            return []
        ends = (end for end in range(_UNKNOWN, len(word) - _SURE + 1) if end in best)
        first = [
            Reading(_UNKNOWN_COST - end / 100 + best[end].cost, ((0, end - linked), *best[end].parts))
            for end in ends
            for linked in [int(end > _UNKNOWN and word[end - 1] == "s")]
            if self._may_be_word(word[:end]) and word[end : best[end].parts[0][1]] in words
        ]
        last = [
            Reading(_UNKNOWN_COST + cost, ((0, end), (after, len(word))))
            for end in range(_SURE, len(word) - _UNKNOWN)
            if word[:end] in words
            for after, cost in self._modifier(word, 0, end)
            if len(word) - after > _UNKNOWN and self._may_be_word(word[after:])
        ]
        return first + last

    def _may_be_word(self, piece: str) -> bool:
        affixes = (*self.grammar.prefixes, *self.grammar.suffixes)
        sound = piece[:2] not in _NO_ONSET and not _VOWELS.isdisjoint(piece)
        return sound and piece not in affixes and not piece.startswith(self.grammar.suffixes)

    def _modifier(self, word: str, start: int, end: int) -> list[tuple[int, float]]:
        """Where the next part can start after the piece, with the cost of piece and linking element."""
        piece = word[start:end]
        cost = self.simple(piece)
        if cost is None and self._lost_e(piece):
            cost = _LISTED + 0.15
        if cost is None:
            return []
        links = self.grammar.links.items()
        linked = [(end + len(link), cost + price) for link, price in links if word.startswith(link, end)]
        return [(end, cost), *linked]

    def _lost_e(self, piece: str) -> bool:
        """`schul` of Schule, `arbejd` of arbejde."""
        return len(piece) >= 4 and piece + "e" in self.vocabulary.words

    def _simple(self, piece: str) -> float | None:
        """The cost of a piece as one word, None where it is not known."""
        if piece in self.vocabulary.words:
            return _LISTED + _SHORT.get(len(piece), 0)
        derived = self._derived(piece)
        if derived is not None:
            return derived
        return _SHAPED + 0.3 + 0.06 * len(piece) if len(piece) >= 7 and self._productive(piece) else None

    def _derived(self, piece: str) -> float | None:
        words = self.vocabulary.words
        for prefix in self.grammar.prefixes if piece.startswith(self.grammar.prefixes) else ():
            rest = piece.removeprefix(prefix)
            if rest != piece and len(rest) >= 4 and (rest in words or self._from_suffix(rest)):
                return _DERIVED
        return _DERIVED if self._from_suffix(piece) else None

    def _from_suffix(self, piece: str) -> bool:
        words = self.vocabulary.words
        if not piece.endswith(self.grammar.suffixes):
            return False
        for suffix in self.grammar.suffixes:
            base = piece.removesuffix(suffix)
            if base != piece and len(base) >= 3:
                bases = (base, base + "e", base + "en", base.removesuffix("s"))
                if any(form in words for form in bases):
                    return True
        return False

    def _productive(self, piece: str) -> bool:
        """An unknown word of a telling shape, short enough not to be a compound: prefix + root + suffix."""
        for suffix in self.grammar.productive:
            root = piece.removesuffix(suffix)
            if root != piece and 3 <= len(root) <= _MAX_ROOT + 2 and root[:2] not in _NO_ONSET:
                return True
        return False

    def _head(self, piece: str, *, whole: bool) -> float | None:
        if not whole and (piece in self.grammar.never_last or piece in self.grammar.suffixes):
            return None
        known = self.simple(piece)
        if whole and self._prefixed_shape(piece):
            known = min(known or _SHAPED, _SHAPED)
        costs = [cost for cost in (known, self._inflected(piece), self._prefixed_inflected(piece)) if cost]
        return min(costs, default=None)

    def _prefixed_inflected(self, piece: str) -> float | None:
        """`modtager`: a prefix before an inflected word."""
        if not piece.startswith(self.grammar.prefixes):
            return None
        rests = (piece.removeprefix(prefix) for prefix in self.grammar.prefixes)
        known = any(rest != piece and len(rest) >= 4 and self._inflected(rest) for rest in rests)
        return _DERIVED + _INFLECTED if known else None

    def _inflected(self, piece: str) -> float | None:
        """`grupperne`, `häuser`: same stem as a listed word and little longer."""
        language = self.vocabulary.language
        stemmed = fold(stem(piece, language), language)
        listed = self.vocabulary.stems.get(stemmed)
        if listed is None or not 0 <= len(piece) - len(listed) <= _MAX_ENDING or len(piece) < 4:
            return None
        return _LISTED + _INFLECTED

    def _prefixed_shape(self, piece: str) -> bool:
        """`Beinhaltung`: be + inhalt + ung, whatever else could be read into it."""
        if not piece.endswith(self.grammar.productive):
            return False
        for prefix in self.grammar.prefixes:
            for suffix in self.grammar.productive:
                root = len(piece) - len(prefix) - len(suffix)
                fits = piece.startswith(prefix) and piece.endswith(suffix) and 3 <= root <= _MAX_ROOT
                if fits and piece[len(prefix) : len(prefix) + 2] not in _NO_ONSET:
                    return True
        return False


@cache
def _splitter(language: str) -> Splitter:
    return Splitter(committed(language))


def split(word: str, language: str, vocabulary: Vocabulary | None = None) -> tuple[str, ...]:
    """The finest parts of a compound, in native letters without linking elements; () for a whole word."""
    if language not in GRAMMARS:
        return ()
    return (Splitter(vocabulary) if vocabulary else _splitter(language)).split(word)
