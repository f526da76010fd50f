"""The nearest of the allowed words, for messages."""

from collections.abc import Iterable

from django.utils.translation import gettext as _
from rapidfuzz import fuzz, process, utils

NEAR_ENOUGH = 60.0  # of 100; below, a suggestion would only confuse


def nearest(word: str, choices: Iterable[str]) -> str | None:
    """The choice most like `word`, or None where none is near."""
    found = process.extractOne(
        word, list(choices), scorer=fuzz.ratio, processor=utils.default_process, score_cutoff=NEAR_ENOUGH
    )
    return found[0] if found else None


def with_suggestion(sentence: str, word: str, choices: Iterable[str]) -> str:
    """The sentence, and where something is near: “Did you mean …?”"""
    suggestion = nearest(word, choices)
    if suggestion is None:
        return sentence
    return sentence + " " + _("Did you mean “%(suggestion)s”?") % {"suggestion": suggestion}
