"""Spellings that mean the same: case, accents, å/aa, æ/ae, ø/oe, ä/ae, ö/oe, ü/ue, ß/ss."""

import re
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


# Editors of texts put them within words, where nobody sees them: soft hyphens, places where a line may end.
_UNSEEN = re.compile("[\u00ad\u200b\u2060\ufeff]")
# Joiners hold an emoji together, which is shown as stored; beside letters they only say how these are drawn.
_JOINERS = re.compile(r"(?<=\w)[\u200c\u200d]+|[\u200c\u200d]+(?=\w)")


def normalise(text: str) -> str:
    """Composed Unicode, so that one letter is one character whatever keyboard wrote it, without NUL and
    without what nobody sees within a word."""
    if text.isascii():
        return text.replace("\x00", " ")
    seen = _JOINERS.sub("", _UNSEEN.sub("", text.replace("\x00", " ")))
    return unicodedata.normalize("NFC", seen)


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
