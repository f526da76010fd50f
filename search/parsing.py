"""A reader's words, understood: which stems and beginnings of words a document must have."""

from collections import defaultdict
from dataclasses import dataclass, field

from .analysis import analyse_word, base_language, is_stop_word, normalise, tokens


@dataclass(frozen=True)
class ParsedQuery:
    """`stems` and `prefixes` (beginnings of surface words, `sorg*`) must all occur."""

    locale: str
    stems: tuple[str, ...] = ()
    prefixes: tuple[str, ...] = ()

    #: Language -> word as written -> whether it was asked for; texts repeat their words.
    known: dict[str, dict[str, bool]] = field(
        default_factory=lambda: defaultdict(dict), compare=False, repr=False
    )

    def finds(self, raw: str, language: str) -> bool:
        """Whether a word as written is one of those asked for."""
        word, stem = analyse_word(raw, base_language(language))
        return stem in self.stems or word.startswith(self.prefixes)

    @property
    def is_empty(self) -> bool:
        return not (self.stems or self.prefixes)


def parse(text: str, locale: str) -> ParsedQuery:
    """Quotes, operators and signs are separators; stop words go, unless nothing else is there."""
    clean = normalise(text)
    stems: dict[str, None] = {}
    prefixes: dict[str, None] = {}
    stops: dict[str, None] = {}
    for token in tokens(clean, locale):
        if clean[token.end : token.end + 1] == "*":
            prefixes[token.word] = None
        elif is_stop_word(token.word, locale):
            stops[token.stem] = None
        else:
            stems[token.stem] = None
    if not stems and not prefixes:
        stems = stops
    return ParsedQuery(locale, tuple(stems), tuple(prefixes))
