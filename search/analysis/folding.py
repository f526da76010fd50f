"""Spellings that mean the same: case, accents, å/aa, æ/ae, ø/oe, ä/ae, ö/oe, ü/ue, ß/ss."""

import unicodedata

_SPELLED_OUT = str.maketrans(
    {
        "æ": "ae",
        "ø": "oe",
        "å": "aa",
        "ä": "ae",
        "ö": "oe",
        "ü": "ue",
        "ß": "ss",
        "œ": "oe",
        "đ": "d",
        "ð": "d",
        "þ": "th",
        "ł": "l",
    }
)
# Danish lists and names mix both spellings, and the stemmer knows only the letters.
_DANISH_LETTERS = (("aa", "å"), ("ae", "æ"), ("oe", "ø"), ("ä", "æ"), ("ö", "ø"))


def normalise(text: str) -> str:
    """Composed Unicode without NUL, so that one letter is one character whatever keyboard wrote it."""
    return unicodedata.normalize("NFC", text.replace("\x00", " "))


def native_letters(word: str, language: str) -> str:
    """The word as the language's own dictionary spells it: `paaroerende` -> `pårørende` in Danish."""
    if language == "da":
        for written, letter in _DANISH_LETTERS:
            word = word.replace(written, letter)
    return word


def fold(word: str, language: str) -> str:
    """A case-folded word in plain letters: `grüße` -> `gruesse`, `ål` -> `aal`, `café` -> `cafe`."""
    if word.isascii():
        return word
    spelled = unicodedata.normalize("NFKC", word).translate(_SPELLED_OUT)
    if spelled.isascii():
        return spelled
    decomposed = unicodedata.normalize("NFKD", spelled)
    return "".join(letter for letter in decomposed if letter.isalnum()) or spelled


_SPECIAL = (("aa", "a"), ("ae", "a"), ("oe", "o"), ("ue", "u"))


def bare(folded: str) -> str:
    """A folded word as somebody types it without special letters: `paaroerende` -> `parorende`."""
    for spelled, letter in _SPECIAL:
        folded = folded.replace(spelled, letter)
    return folded
