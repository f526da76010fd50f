"""Snowball stems for the languages Torv reads; other languages keep their words whole."""

from threading import local

import Stemmer

from .folding import native_letters

_ALGORITHMS = {"da": "danish", "de": "german", "en": "english"}
_stemmers = local()  # a stemmer keeps state while it works, so each thread has its own


def _stemmer(language: str) -> Stemmer.Stemmer | None:
    if language not in _ALGORITHMS:
        return None
    found = getattr(_stemmers, language, None)
    if found is None:
        found = Stemmer.Stemmer(_ALGORITHMS[language], 0)
        setattr(_stemmers, language, found)
    return found


def stem(word: str, language: str) -> str:
    """The stem of a case-folded word; the word itself where the language is unknown or it is a number."""
    stemmer = _stemmer(language)
    if stemmer is None or word[0].isdigit():
        return word
    return stemmer.stemWord(native_letters(word, language))


#: Endings of verbs that the stemmers leave, and what the infinitive has in their place.
_VERBS = {
    "da": (("ede", "ed", "te", "et", "t"), ("e",)),
    "de": (("test", "ten", "tet", "te", "st", "t"), ("en",)),
}
_SHORTEST_BASE = 3


def infinitives(word: str, language: str) -> list[str]:
    """What a form of a verb may come from: `grublede` -> `gruble`, `kifft` -> `kiffen`, `gekifft` too."""
    endings, infinitive = _VERBS.get(language, ((), ()))
    words = [word, word.removeprefix("ge")] if language == "de" else [word]
    bases = {
        each.removesuffix(ending)
        for each in dict.fromkeys(words)
        for ending in endings
        if each.endswith(ending)
    }
    return [base + added for base in sorted(bases) if len(base) >= _SHORTEST_BASE for added in infinitive]
