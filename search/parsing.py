"""A reader's words, understood: which stems and beginnings of words a document must have."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field

from .analysis import analyse_word, base_language, is_stop_word, normalise, part_stems, tokens
from .analysis.compounds import GRAMMARS


@dataclass(frozen=True)
class ParsedQuery:
    """`stems` and `prefixes` (beginnings of surface words, `sorg*`) must all occur.

    A stem occurs, ranked lower, in a compound that has it as a part, and where all its own `parts` occur.
    """

    locale: str
    stems: tuple[str, ...] = ()
    prefixes: tuple[str, ...] = ()
    #: Stem of a compound -> the stems of its parts.
    parts: Mapping[str, tuple[str, ...]] = field(default_factory=dict, hash=False)

    #: Language -> word as written -> whether it was asked for; texts repeat their words.
    known: dict[str, dict[str, bool]] = field(
        default_factory=lambda: defaultdict(dict), compare=False, repr=False
    )

    def finds(self, raw: str, language: str) -> bool:
        """Whether a word as written is one of those asked for."""
        base = base_language(language)
        word, stem = analyse_word(raw, base)
        if stem in self.stems or word.startswith(self.prefixes):
            return True
        wanted = {*self.stems, *(part for parts in self.parts.values() for part in parts)}
        return not wanted.isdisjoint((stem, *part_stems(raw, base)))

    @property
    def has_parts(self) -> bool:
        """Whether the index may hold compounds that answer; only these languages join their words."""
        return bool(self.stems) and base_language(self.locale) in GRAMMARS

    @property
    def is_empty(self) -> bool:
        return not (self.stems or self.prefixes)


def parse(text: str, locale: str) -> ParsedQuery:
    """Quotes, operators and signs are separators; stop words go, unless nothing else is there."""
    clean = normalise(text)
    stems: dict[str, None] = {}
    prefixes: dict[str, None] = {}
    stops: dict[str, None] = {}
    parts: dict[str, tuple[str, ...]] = {}
    for token in tokens(clean, locale):
        if clean[token.end : token.end + 1] == "*":
            prefixes[token.word] = None
        elif is_stop_word(token.word, locale):
            stops[token.stem] = None
        else:
            stems[token.stem] = None
            if found := part_stems(clean[token.start : token.end], base_language(locale)):
                parts[token.stem] = found
    if not stems and not prefixes:
        stems = stops
    return ParsedQuery(locale, tuple(stems), tuple(prefixes), parts)
