"""Danish and German compounds, split into their parts: `pårørendegruppe` is pårørende + gruppe.

A word is cut where every piece is a known word: listed in `words/`, or built from a listed one with a
prefix, a suffix or an inflection. The cheapest reading wins, and the whole word is one of the readings,
so `Urinstinkt` (ur + a listed word) stays whole. Lookups are in plain letters, parts come out in native ones.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, lru_cache

from .folding import fold, native_letters
from .grammar import (
    ADJECTIVES,
    AGENTS,
    FOREIGN,
    FOREIGN_PIECES,
    GRAMMARS,
    NEUTER,
    NO_ONSET,
    NOT_AFTER,
    NOUNS_OF_ADJECTIVES,
    ONSET,
    PHRASAL,
)
from .stemming import stem
from .word_lists import Vocabulary, committed

_LISTED, _DERIVED, _UNUSUAL, _SHAPED, _INFLECTED = 1.0, 1.3, 2.05, 2.0, 0.08
_FIRST, _LEARNT, _MISSED_LINK = 0.04, 0.3, 0.5
_SHORT = {2: 0.6, 3: 0.2}  # short pieces turn up by chance
_MIN_WORD, _MAX_WORD = 5, 60
_MAX_ROOT = 7  # between prefix and suffix; a longer one is likely a compound itself
_MAX_ENDING = 5
_MAX_AFFIXES, _LONG = 4, 7
_UNKNOWN, _UNKNOWN_COST = 4, 3.0  # an unknown part has more letters when last
_MAX_LINK = 3
_VOWELS = frozenset("aeiouy")


@dataclass(frozen=True, slots=True)
class Reading:
    cost: float
    #: Start, end (without the linking element) of each part.
    parts: tuple[tuple[int, int], ...]


class Splitter:
    """The cheapest reading of words, by one vocabulary."""

    def __init__(self, vocabulary: Vocabulary, learnt: Mapping[str, str] | None = None) -> None:
        self.vocabulary = vocabulary
        self.learnt = learnt or {}
        self.grammar = GRAMMARS[vocabulary.language]
        self._known = {**vocabulary.firsts, **vocabulary.lasts, **vocabulary.words, **self.learnt}
        #: What inflections and derivations of stay whole.
        self._uncut = vocabulary.wholes | (vocabulary.firsts.keys() if self.grammar.inflections else set())
        grammar = self.grammar
        self._longest = max(map(len, (*grammar.inflections, *grammar.verb_inflections)), default=0)
        #: Last letters of every ending, to see at once that a word has none.
        self._last_letters = frozenset(
            ending[-1] for ending in (*grammar.inflections, *grammar.verb_inflections)
        )
        #: `rig`, and `rigeste`.
        self._never_last = frozenset(
            base + ending
            for base in (*grammar.never_last, *grammar.suffixes)
            for ending in ("", *grammar.comparisons)
        )
        self.simple = lru_cache(50_000)(self._simple)
        self.tail = lru_cache(50_000)(self._tail)

    def split(self, word: str) -> tuple[str, ...]:
        lower = native_letters(word.lower(), self.vocabulary.language)
        plain = fold(lower, self.vocabulary.language)
        if not _MIN_WORD <= len(plain) <= _MAX_WORD or not plain.isalpha():
            return ()
        if self.vocabulary.compounds and (parts := self._listed_compound(lower)):
            return parts
        if self._is_whole(plain):
            return ()
        reading = self._best(plain)
        if reading is None or len(reading.parts) < 2:
            return ()
        return tuple(self._native(lower, plain, start, end) for start, end in reading.parts)

    def _is_whole(self, plain: str) -> bool:
        """Listed so, or derived from what is: `bæredygtighed`, `diamanter`, `forstod`."""
        if plain in self.vocabulary.wholes or self.grammar.uncut.search(plain):
            return True
        wholes = self._uncut
        suffixes = self.grammar.suffixes if plain.endswith(self.grammar.suffixes) else ()
        if any(plain.removesuffix(suffix) in wholes for suffix in suffixes):
            return True
        if self.grammar.inflections and plain.startswith(self.grammar.prefixes):
            rests = (plain.removeprefix(prefix) for prefix in self.grammar.prefixes)
            if any(rest in wholes for rest in rests):
                return True
        return plain[-1:] in self._last_letters and any(
            not wholes.isdisjoint(self._uninflected(plain[:-length]))
            for length in range(1, min(self._longest, len(plain) - 3) + 1)
            if plain[-length:] in self.grammar.inflections
        )

    def _listed_compound(self, lower: str) -> tuple[str, ...] | None:
        language = self.vocabulary.language
        parts = self.vocabulary.compounds.get(fold(stem(lower, language), language))
        # `skiftes` has the stem of `skifteret` and is too short to be it.
        return parts if parts and len(lower) >= sum(map(len, parts)) else None

    def explains(self, plain: str) -> bool:
        """Whether a word in plain letters is listed, built from a listed one, or a compound of such."""
        return self._is_whole(plain) or self._best(plain) is not None

    def _native(self, lower: str, plain: str, start: int, end: int) -> str:
        """The part as its language writes it."""
        if (known := self._known.get(plain[start:end])) is not None:
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
        ends: set[int] = set()  # where a piece may end: something known follows it or a linking element
        for start in range(len(word) - 2, -1, -1):
            if word[start : start + 2] in NO_ONSET and start:
                continue
            readings = [
                Reading(cost + best[after].cost, ((start, end), *best[after].parts))
                for end in sorted(ends)
                if end >= start + 2
                for after, cost in self._modifier(word, start, end)
                if after in best
                and not self._is_doubled(word, end, after, best[after])
                and not (after > end and self._may_be_cut_wrong(word, end, after, best[after]))
            ]
            cost_of_head = self.tail(word[start:]) if start else self._head(word, whole=True)
            if cost_of_head is not None:
                readings.append(Reading(cost_of_head, ((start, len(word)),)))
            if start == 0 and not readings:
                readings = self._one_unknown(word, best)
            if readings:
                best[start] = min(readings, key=lambda reading: (reading.cost, len(reading.parts)))
                ends.update(range(start - _MAX_LINK, start + 1))
        return best.get(0)

    def _is_doubled(self, word: str, end: int, after: int, rest: Reading) -> bool:
        """`pluk-kede`, `sum-met`: a consonant is doubled before an ending of verbs."""
        return (
            after == end
            and word[end] == word[end - 1]
            and word[end] not in _VOWELS
            and word[end + 1 : rest.parts[0][1]] in self.grammar.verb_inflections
        )

    def _may_be_cut_wrong(self, word: str, end: int, after: int, rest: Reading) -> bool:
        """`voll-s-tändigkeit`: what only looks like a word may as well begin with the linking element."""
        part = word[after : rest.parts[0][1]]
        known = self.tail(part)
        return (known is None or known >= _SHAPED) and ONSET.match(word[end:]) is not None

    def _one_unknown(self, word: str, best: dict[int, Reading]) -> list[Reading]:
        """`Flohmarkt`: an unknown beginning before known parts, or a known word before an unknown end."""
        words = self.vocabulary.words
        if word.endswith(FOREIGN) or word.startswith(
            tuple(filter(lambda prefix: len(prefix) > 2, self.grammar.prefixes))
        ):
            return []
        before, after_it = self.grammar.beside_unknown
        ends = (end for end in range(_UNKNOWN, len(word) - after_it + 1) if end in best)
        first = [
            Reading(_UNKNOWN_COST - end / 100 + best[end].cost, ((0, end - linked), *best[end].parts))
            for end in ends
            for linked in [int(end > _UNKNOWN and word[end - 1] == "s")]
            if self._may_be_word(word[:end])
            and not self._begins_known(word[:end])
            and not self._ends_in_prefix(word, end, best)
            and word[end : best[end].parts[0][1]] in words
            and best[end].parts[0][1] - end >= after_it
        ]
        last = [
            Reading(_UNKNOWN_COST + cost, ((0, end), (after, len(word))))
            for end in range(before, len(word) - _UNKNOWN)
            if word[:end] in words
            for after, cost in self._modifier(word, 0, end)
            if len(word) - after > _UNKNOWN and self._may_be_word(word[after:])
        ]
        return first + last

    def _may_be_word(self, piece: str) -> bool:
        """Whether an unknown piece sounds like a word of its own, and not like a word with more around it."""
        suffixes = self.grammar.suffixes
        if piece in self.grammar.prefixes or piece.startswith((*suffixes, *FOREIGN_PIECES)):
            return False
        if piece.endswith(ADJECTIVES) or piece in self._never_last:
            return False
        return ONSET.match(piece) is not None and not _VOWELS.isdisjoint(piece[-3:])

    def _ends_in_prefix(self, word: str, end: int, best: dict[int, Reading]) -> bool:
        """`adoptiv-forældre`, not adoptivfor + ældre."""
        starts = (end - len(each) for each in self.grammar.prefixes if word.endswith(each, 0, end))
        rest = best[end]
        return any(
            start in best
            and best[start].parts[0][1] == rest.parts[0][1]
            and best[start].cost <= rest.cost + _INFLECTED
            for start in starts
        )

    def _begins_known(self, piece: str) -> bool:
        return any(piece[:end] in self.vocabulary.words for end in range(_UNKNOWN, len(piece)))

    def _modifier(self, word: str, start: int, end: int) -> list[tuple[int, float]]:
        """Where the next part can start after the piece, with the cost of piece and linking element."""
        piece = word[start:end]
        cost = self.simple(piece)
        if cost == _UNUSUAL and not word.startswith("s", end):
            cost = None  # `opret-holde`, but `fremgang-s-måde`
        if piece in self.vocabulary.firsts:
            cost = min(cost or 9, _LISTED + _FIRST + _SHORT.get(len(piece), 0))
        if cost is None and self._lost_e(piece):
            cost = _LISTED + 0.15
        if cost is None:
            return []
        links = self.grammar.links.items()
        is_linked = piece.endswith(self.grammar.linked) or piece in self.vocabulary.linked
        if is_linked and word.startswith("s", end):
            return [(end + 1, cost)]  # `Wohnung-s-amt`, not wohnung + samt
        linked = [(end + len(link), cost + price) for link, price in links if word.startswith(link, end)]
        if self._is_verbal_noun(piece) and word.startswith("s", end):
            cost += _MISSED_LINK / 2  # `Einkauf-s-tasche`
        return [(end, cost), *linked]

    def _is_verbal_noun(self, piece: str) -> bool:
        """`genbrug`, `Einkauf`, but no `Gewitter`."""
        is_prefixed = len(piece) >= _LONG and piece.startswith(self.grammar.prefixes)
        return is_prefixed and not piece.endswith(("e", "en", "er"))

    def _lost_e(self, piece: str) -> bool:
        """`schul` of Schule, `arbejd` of arbejde."""
        known = (self.vocabulary.words, self.vocabulary.firsts)
        return len(piece) >= 4 and any(piece + "e" in words for words in known)

    def _simple(self, piece: str) -> float | None:
        """The cost of a piece as one word, None where it is not known."""
        if piece in self.vocabulary.words:
            return _LISTED + _SHORT.get(len(piece), 0)
        if piece in self.learnt:
            return _LISTED + _LEARNT
        derived = self._derived(piece)
        if derived is not None:
            return derived
        return _SHAPED + 0.1 + 0.06 * len(piece) if len(piece) >= 7 and self._productive(piece) else None

    def _derived(self, piece: str, affixes: int = 0) -> float | None:
        """Prefixes and suffixes around a listed word: un + ab + hängig + keit."""
        if affixes == _MAX_AFFIXES:
            return None
        costs = [self._from_suffix(piece, affixes)]
        for prefix in self.grammar.prefixes if piece.startswith(self.grammar.prefixes) else ():
            rest = piece.removeprefix(prefix)
            if rest != piece and (len(rest) >= 4 or self._is_short_noun(prefix, rest)):
                costs.append(self._from_prefix(prefix, rest, affixes))
        if piece.startswith(self.grammar.before_verbs) and self._is_adverb_and_verb(piece):
            costs.append(_DERIVED)
        return min((cost for cost in costs if cost), default=None)

    def _is_adverb_and_verb(self, piece: str) -> bool:
        """`fastsætte`, `friholdelse`: one verb, for all that `fri` is a word too."""
        words = self.vocabulary.words
        endings = (*self.grammar.verb_inflections, *self.grammar.deverbal)
        for adverb in self.grammar.before_verbs:
            rest = piece.removeprefix(adverb)
            if rest == piece or rest in words:
                continue
            bases = (rest.removesuffix(ending) for ending in endings if rest.endswith(ending))
            if any(len(base) > 2 and self._is_stem(base) and base + "e" not in words for base in bases):
                return True
        return False

    def _is_short_noun(self, prefix: str, rest: str) -> bool:
        """`mistro`: three letters are enough after a prefix of nouns."""
        return len(rest) == 3 and prefix in self.grammar.before_nouns and rest in self.vocabulary.words

    def _from_prefix(self, prefix: str, rest: str, affixes: int) -> float | None:
        """Prefixes of verbs before other words are rare: `Nachtruhe` is nacht + ruhe, not nach + truhe."""
        if rest in self.grammar.suffixes:
            return None
        if rest in self.vocabulary.words:
            is_usual = prefix in self.grammar.before_nouns or self._is_verbal(rest)
            return _DERIVED if is_usual else _UNUSUAL
        if (rest in self.vocabulary.wholes or rest in self.vocabulary.firsts) and self._is_verbal(rest):
            return _DERIVED
        inner = self._derived(rest, affixes + 1)
        endings = (*self.grammar.suffixes, *self.grammar.verbal)
        is_usual = not rest.startswith(self.grammar.prefixes) or rest.endswith(endings)
        return inner if inner is None or is_usual else _UNUSUAL

    def _is_verbal(self, piece: str) -> bool:
        """Whether it comes from a verb: `trag`, `frage`, `wohner`."""
        endings = ("", "e", "en", "t", *self.grammar.verbal, *self.grammar.suffixes)
        return any(self._is_stem(piece.removesuffix(ending)) for ending in endings)

    def _is_stem(self, base: str) -> bool:
        """Whether verbs are formed of it: `svøm`, and `svømm` as it is before an ending."""
        verbs = self.vocabulary.verbs
        return base in verbs or (base[-1:] == base[-2:-1] and base[:-1] in verbs)

    def _from_suffix(self, piece: str, affixes: int) -> float | None:
        for suffix in self.grammar.suffixes if piece.endswith(self.grammar.suffixes) else ():
            base = piece.removesuffix(suffix)
            if base != piece and len(base) >= 3 and not base.endswith(NOT_AFTER.get(suffix, ())):
                is_ism = suffix == "isk" and base + "i" in self.vocabulary.words  # `økonomisk`
                if is_ism or self._is_base(base):
                    return _DERIVED
                if (cost := self._derived(base, affixes + 1)) is not None:
                    return cost
        verbal = self.grammar.verbal
        is_agent = piece.endswith(verbal) and any(
            piece.removesuffix(each) in self.vocabulary.verbs for each in verbal
        )
        return _DERIVED if is_agent else None

    def _is_base(self, base: str) -> bool:
        """Listed, but for an ending that the suffix took the place of."""
        forms = (
            base,
            base + "e",
            base + "i",
            base.removesuffix("s"),
            base.removesuffix("e"),
            base + base[-1] + "e",
        )
        return self._is_stem(base) or any(
            form in self.vocabulary.words or form in self._uncut for form in forms
        )

    def _productive(self, piece: str) -> bool:
        """An unknown word of a telling shape, short enough not to be a compound: prefix + root + suffix."""
        for suffix in self.grammar.productive:
            root = piece.removesuffix(suffix)
            if root != piece and 3 <= len(root) <= _MAX_ROOT + 2 and ONSET.match(root):
                return True
        return False

    def _tail(self, piece: str) -> float | None:
        """The cost of a piece as the last part."""
        return self._head(piece, whole=False)

    def _head(self, piece: str, *, whole: bool) -> float | None:
        if not whole and piece in self._never_last:
            return None
        if not whole and self._is_only_part_of_verb(piece):
            return None
        known = self.simple(piece)
        if not whole and piece in self.vocabulary.lasts:
            known = _LISTED + _SHORT.get(len(piece), 0)
        elif not whole and self._is_phrasal(piece):
            return None
        elif not whole and known == _UNUSUAL:
            known = None
        if whole and self._prefixed_shape(piece):
            known = min(known or _SHAPED, _SHAPED)
        inflected = (self._inflected(piece, whole=whole), self._prefixed_inflected(piece, whole=whole))
        return min((cost for cost in (known, *inflected) if cost), default=None)

    def _is_only_part_of_verb(self, piece: str) -> bool:
        """`siddende` of `bosiddende`, `talelse` of `bagtalelse`: listed where it is a word of its own."""
        if piece in self._known:
            return False
        if piece.endswith(self.grammar.present):
            return True
        bare, bound = self.grammar.never_bare
        if not piece.endswith(bound) or piece.startswith(self.grammar.prefixes):
            return False
        return piece[: piece.rindex(bare)] + bare not in self._known

    def _is_phrasal(self, piece: str) -> bool:
        """`gyldig`, and `gyldige`, which have to do with more than the last part."""
        if "ig" not in piece:
            return False
        # `pligt` is no form of an adjective.
        endings = () if self.simple(piece) else self.grammar.comparisons
        bases = (piece, *(piece.removesuffix(ending) for ending in endings))
        return any(base.endswith(PHRASAL) and not self._stands_alone(base) for base in bases)

    def _stands_alone(self, piece: str) -> bool:
        """`abhängigkeit`, but no `ständig`: `eigenständig` is derived from two words at once."""
        return (
            piece in self.vocabulary.words
            or any(
                piece.startswith(prefix) and len(piece) - len(prefix) > _MIN_WORD
                for prefix in self.grammar.prefixes
            )
            or any(piece.removesuffix(ending) in self.vocabulary.words for ending in NOUNS_OF_ADJECTIVES)
        )

    def _prefixed_inflected(self, piece: str, *, whole: bool) -> float | None:
        """`modtager`: a prefix before an inflected word."""
        if not piece.startswith(self.grammar.prefixes):
            return None
        rests = (piece.removeprefix(prefix) for prefix in self.grammar.prefixes)
        costs = (self._inflected(rest, whole=whole) for rest in rests if rest != piece and len(rest) >= 4)
        known = any(cost is not None and cost < _UNUSUAL for cost in costs)
        return _DERIVED + _INFLECTED if known else None

    def _inflected(self, piece: str, *, whole: bool = False) -> float | None:
        """`grupperne`, `häuser`: same stem as a listed word and little longer."""
        language = self.vocabulary.language
        stemmed = fold(stem(piece, language), language)
        listed = self.vocabulary.stems.get(stemmed)
        if listed is not None and 0 <= len(piece) - len(listed) <= _MAX_ENDING and len(piece) >= 4:
            # `brolæggere` ends in what only stands last; `fastlægges` does not.
            # `taleret` only ends like a participle: it is `tale` + `ret`.
            is_form = listed not in self.vocabulary.lasts or piece.startswith(listed)
            if is_form and not (
                piece.endswith("eret") and piece.removesuffix("ret") in self.vocabulary.words
            ):
                return _LISTED + _INFLECTED
        costs = [self._inflected_suffix(piece), self._with_ending(piece, whole=whole)]
        return min((cost for cost in costs if cost), default=None)

    def _with_ending(self, piece: str, *, whole: bool) -> float | None:
        """What stemmers leave: `farligste`, `plukkede`, `cyklerne`."""
        if piece[-1] not in self._last_letters:
            return None
        costs = []
        for length in range(1, min(self._longest, len(piece) - 3) + 1):
            ending, base = piece[-length:], piece[:-length]
            if ending in self.grammar.inflections and not (whole and self._has_no_neuter(base, ending)):
                costs += [self.simple(form) for form in self._uninflected(base)]
            is_form = whole and ending in self.grammar.verb_inflections and self._is_verb_stem(base)
            if is_form or (ending in self.grammar.participles and self._is_stem(base)):
                costs.append(_LISTED)
        return min((cost + _INFLECTED for cost in costs if cost), default=None)

    def _has_no_neuter(self, base: str, ending: str) -> bool:
        """`taleret` is no form of `taler`, nor `kongeriget` one of something like `kongerig`."""
        if ending not in NEUTER:
            return False
        is_agent = any(base.endswith(each) and self._is_stem(base.removesuffix(each)) for each in AGENTS)
        return is_agent or (ending != "t" and base.endswith(ADJECTIVES))

    def _uninflected(self, base: str) -> list[str]:
        """What an ending may have been put to: `hopp` is `hop`, `himl` is `himmel`, `evn` is `evne`."""
        forms = [base, base + "e"]
        if base[-1] == base[-2] and base[-1] not in _VOWELS:
            forms.append(base[:-1])
        if base[-1] in "lnr" and base[-2] not in _VOWELS:
            forms += [f"{base[:-1]}e{base[-1]}", f"{base[:-1]}{base[-2]}e{base[-1]}"]
        return forms

    def _is_verb_stem(self, base: str) -> bool:
        """`klip` in `klippede`, `forklar` in `forklarede`."""
        if self._is_stem(base):
            return True
        prefixes = self.grammar.prefixes if base.startswith(self.grammar.prefixes) else ()
        rests = (base.removeprefix(each) for each in prefixes)
        return any(rest != base and len(rest) >= 2 and self._is_verb_stem(rest) for rest in rests)

    def _inflected_suffix(self, piece: str) -> float | None:
        """`galskaben`, `kærlighedens`: the stem alone is too short to tell."""
        for ending in self.grammar.endings if piece.endswith(self.grammar.endings) else ():
            base = piece.removesuffix(ending)
            if base != piece and base.endswith(self.grammar.linked) and (cost := self.simple(base)):
                return cost + _INFLECTED
        return None

    def _prefixed_shape(self, piece: str) -> bool:
        """`Beinhaltung`: be + inhalt + ung, whatever else could be read into it."""
        if not piece.endswith(self.grammar.productive):
            return False
        suffixes = [suffix for suffix in self.grammar.productive if piece.endswith(suffix)]
        return any(
            3 <= len(piece) - len(prefix) - len(suffix) <= _MAX_ROOT
            for prefix in self.grammar.prefixes
            if piece.startswith(prefix) and piece[len(prefix) : len(prefix) + 2] not in NO_ONSET
            for suffix in suffixes
        )


@cache
def _splitter(language: str) -> Splitter:
    return Splitter(committed(language))


def split(word: str, language: str) -> tuple[str, ...]:
    """The finest parts of a compound by the word lists alone; () for a whole word."""
    return _splitter(language).split(word) if language in GRAMMARS else ()
