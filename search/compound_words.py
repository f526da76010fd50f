"""How this site reads compounds: editors' decisions and the index's words, for index and query alike."""

from . import generation, lexicon
from .analysis import base_language, readings
from .analysis.grammar import GRAMMARS
from .analysis.readings import Additions, AllAdditions
from .models import CompoundWord, LearntWord


class _InUse:
    token: str | None = None


_in_use = _InUse()


def apply() -> None:
    """Have this process read compounds as decided. One query to look, within a search none."""
    token = generation.current().steering
    if token != _in_use.token:
        _use(additions(), token)


def _use(added: AllAdditions, token: str) -> None:
    readings.use(added)
    lexicon.forget()
    _in_use.token = token


def additions() -> AllAdditions:
    """What the database adds to the word lists, by language."""
    decided: dict[str, dict[str, tuple[str, ...]]] = {language: {} for language in GRAMMARS}
    learnt: dict[str, dict[str, str]] = {language: {} for language in GRAMMARS}
    for row in CompoundWord.objects.all():
        decided.get(base_language(row.locale), {})[row.stem] = tuple(piece.casefold() for piece in row.pieces)
    for language, word, written in LearntWord.objects.values_list("language", "word", "written"):
        learnt.get(language, {})[word] = written
    return {language: Additions(decided[language], learnt[language]) for language in GRAMMARS}


def put_in_force(after: AllAdditions) -> None:
    """What the database holds now and this process has read already; the token is new."""
    _use(after, generation.read().steering)
