"""The order in which a language sorts names: Danish has Å after Ø after Æ after Z, German sorts Ä as A."""

import unicodedata

from . import base_language, normalise

# The dollar sign sorts before every digit and letter, so an ending keeps shorter names first.
_DANISH = str.maketrans({"æ": "zz1", "ä": "zz1", "ø": "zz2", "ö": "zz2", "å": "zz3", "ü": "y"})
_MAX = 200


def sort_key(text: str, language: str) -> str:
    """A plain key: comparing keys byte by byte gives the language's order. At most 200 characters."""
    folded = normalise(text).casefold()
    if base_language(language) == "da":
        folded = folded.replace("aa", "å").translate(_DANISH)
    folded = folded.replace("ß", "ss")
    decomposed = unicodedata.normalize("NFKD", folded)
    letters = "".join(
        letter if letter.isalnum() else " " for letter in decomposed if not unicodedata.combining(letter)
    )
    return " ".join(letters.split())[:_MAX]
