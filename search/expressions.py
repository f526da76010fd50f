"""Expressions that editors write: what the search compares of them."""

from .analysis import is_stop_word, normalise, tokens
from .parsing import parse

#: Words of one expression: of an editor's synonym, of a place.
MAX_WORDS = 5

Stems = tuple[str, ...]


def stems(text: str, locale: str) -> Stems:
    """Folded stems in order, as a reader's query has them (`email` for `e-mail`) and without stop words:
    empty where nothing else is there."""
    # A star says nothing in an expression: its word is meant as it stands.
    clauses = parse(text.replace("*", " "), locale).clauses
    if all(is_stop_word(clause.word, locale) for clause in clauses):
        return ()
    return tuple(stem for clause in clauses for stem in clause.stems)


def readings(text: str, locale: str) -> tuple[Stems, ...]:
    """The stems, and beside them those of held words apart, as somebody may write them (`12`, `trin` for
    `12-trins`); letters alone, as of `A.A.`, say nothing."""
    whole = stems(text, locale)
    apart = tuple(
        token.stem for token in tokens(normalise(text), locale) if not is_stop_word(token.word, locale)
    )
    is_telling = any(len(stem) > 1 for stem in apart)
    return tuple(dict.fromkeys((whole, apart) if is_telling else (whole,))) if whole else ()
