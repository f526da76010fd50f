"""What looks private in a text that all will read: numbers of persons, phone numbers, e-mail addresses."""

import re
from typing import Any

from django.utils.translation import gettext_lazy as _

#: A Danish CPR number: day, month and year of birth, then four digits, with a dash of any sort in between.
_PERSON = re.compile(
    r"(?<!\d)(?:0[1-9]|[12]\d|3[01])(?:0[1-9]|1[0-2])\d{2}\s?[-\u2010-\u2014/.]?\s?\d{4}(?!\d)"
)
_EMAIL = re.compile(r"[\w.+-]+@[\w-]+\.[\w.-]+")
#: Eight digits or more, as people group them. Dates have dots in between, and "2024 2025" are years.
_PHONE = re.compile(r"(?<![\d.])\+?\d(?:[ ()/-]{0,2}\d){7,14}(?!\d)")
_YEAR = re.compile(r"\b(?:19|20)\d\d\b")


def private_in(text: str) -> list[Any]:
    """What was found, in words for the person who wrote it."""
    found = []
    if _PERSON.search(text):
        found.append(_("a CPR number"))
    if _PHONE.search(_YEAR.sub("", _PERSON.sub("", text))):
        found.append(_("a phone number"))
    if _EMAIL.search(text):
        found.append(_("an e-mail address"))
    return found


def has_person_number(text: str) -> bool:
    return bool(_PERSON.search(text))
