"""Expressions that editors write: what the search compares of them."""

from .analysis import is_stop_word, normalise, tokens


def stems(text: str, locale: str) -> tuple[str, ...]:
    """Folded stems in order, without stop words: empty where nothing else is there."""
    return tuple(
        token.stem for token in tokens(normalise(text), locale) if not is_stop_word(token.word, locale)
    )
