"""Addresses made of names, as Danes and Germans would write them."""

from collections.abc import Container

from django.utils.text import slugify

_LETTERS = str.maketrans(
    {
        "ä": "ae",
        "ö": "oe",
        "ü": "ue",
        "ß": "ss",
        "æ": "ae",
        "ø": "oe",
        "å": "aa",
        "Ä": "Ae",
        "Ö": "Oe",
        "Ü": "Ue",
    }
    | {"ẞ": "SS", "Æ": "Ae", "Ø": "Oe", "Å": "Aa", "ð": "d", "þ": "th", "ł": "l"}
)


def slug_of(name: str, max_length: int) -> str:
    """`name` in lower-case ASCII letters, digits and hyphens; empty where it has none of them."""
    return slugify(name.translate(_LETTERS))[:max_length].strip("-")


def free_slug(wanted: str, taken: Container[str], max_length: int) -> str:
    """`wanted`, or with the first number that makes it free: sorg, sorg-2, sorg-3."""
    slug, number = wanted, 1
    while slug in taken:
        number += 1
        ending = f"-{number}"
        slug = wanted[: max_length - len(ending)] + ending
    return slug
