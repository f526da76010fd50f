"""Telephone numbers out of cells: people write several into one, with remarks, as their country does."""

import re
from dataclasses import dataclass, replace

import phonenumbers
from phonenumbers import PhoneMetadata, PhoneNumber, PhoneNumberFormat

LONGEST_CELL = 500  # characters; a longer text is no list of numbers
MOST_WORDS = 24  # blanks in a cell without other separators, so that trying every split stays quick

_separators = re.compile(
    r"[;,\n|]|\s(?:oder|und|or|and|eller|og)\s|\s(?=(?:telefon|tel|tlf|mobil|handy|telefax|fax)\b)",
    re.IGNORECASE,
)
#: A number that nobody can call; “Fax/Tel.” is both.
_fax = re.compile(r"(?:tele)?fax(?!.*\b(?:tel|tlf|fon|phone|mobil))", re.IGNORECASE)
_remarks = re.compile(r"\([^()]*[^\W\d_][^()]*\)|\[[^\[\]]*\]")
_labels = re.compile(
    r"^(?:tele)?(?:phone|fon|f)\w*\.?\s*:?|^(?:tel|tlf|mobil|mobile|handy)\b\.?\s*:?", re.IGNORECASE
)


@dataclass(frozen=True)
class Found:
    """`number` is E.164 with `+`. `rest` are other numbers and words of the cell, as they were written."""

    number: str
    rest: tuple[str, ...] = ()


def first_number(text: str, region: str) -> Found | None:
    """The first number of the cell that is not of a fax; numbers without a country code are of the `region`.

    That is ISO 3166, two letters.
    """
    if len(text) > LONGEST_CELL:
        return None
    remarks = tuple(_remarks.findall(text))
    pieces = [part for piece in _separators.split(_remarks.sub(" ", text)) if (part := piece.strip())]
    parts = [piece for piece in pieces if not _fax.match(piece)]
    if not parts:
        return None
    if faxes := tuple(piece for piece in pieces if _fax.match(piece)):
        found = first_number(", ".join((*parts, *remarks)), region)
        return found and replace(found, rest=(*found.rest, *faxes))
    numbers = _split(_labels.sub("", parts[0]).split(), region)
    number = _parsed(numbers[0], region) if numbers else None
    if number is None:
        return _within_words(text, region)
    extension = (f"ext. {number.extension}",) if number.extension else ()
    return Found(_e164(number), (*extension, *numbers[1:], *parts[1:], *remarks))


def lacks_first_zero(text: str, region: str) -> bool:
    """Bare digits without the 0 that numbers of the region begin with: a spreadsheet may have dropped it."""
    return text.isdecimal() and not _begins_number(text, region)


def _within_words(text: str, region: str) -> Found | None:
    """A number among words: “Anna: 86 12 34 56”."""
    match = next(iter(phonenumbers.PhoneNumberMatcher(text, region)), None)
    if match is None:
        return None
    around = (text[: match.start].strip(), text[match.end :].strip())
    return Found(_e164(match.number), tuple(words for words in around if words))


def _split(words: list[str], region: str) -> list[str]:
    """The words as numbers one after the other without a separator; the longest first number wins."""
    if not words or len(words) > MOST_WORDS:
        return []
    whole = " ".join(words)
    if _parsed(whole, region) is not None:
        return [whole]
    for cut in range(len(words) - 1, 0, -1):
        left = " ".join(words[:cut])
        if _begins_number(words[cut], region) and _parsed(left, region) is not None:
            rest = _split(words[cut:], region)
            if rest:
                return [left, *rest]
    return []


def _begins_number(word: str, region: str) -> bool:
    """In a country with a trunk prefix (Germany: 0) a number begins with it, or with the country code."""
    metadata = PhoneMetadata.metadata_for_region(region)
    prefix = metadata.national_prefix if metadata else None
    return not prefix or word.lstrip("(").startswith((prefix, "+"))


def _parsed(text: str, region: str) -> PhoneNumber | None:
    if any(c.isalpha() for c in text):  # letters would be read as keys of a telephone
        return None
    try:
        number = phonenumbers.parse(text, region)
    except phonenumbers.NumberParseException:
        return None
    return number if phonenumbers.is_valid_number(number) else None


def _e164(number: PhoneNumber) -> str:
    return phonenumbers.format_number(number, PhoneNumberFormat.E164)
