"""The words of a page's fields and rows, for the search. Its content blocks: `plain_text`."""

from collections.abc import Iterator
from typing import Any

from wagtail.fields import RichTextField
from wagtail_localize.fields import TranslatableField, get_translatable_fields

from .models import PersonRowMixin
from .plain_text import rich_text_words

#: Facts of a row that people search for, though they are not translated.
FACTS = ("address_1", "address_2", "city")


def page_words(page: Any) -> Iterator[str]:
    """One piece of text after the other: `text_fields`, then the rows of `text_relations`."""
    yield from _filled(_words(page, name) for name in page.text_fields)
    for relation in page.text_relations:
        for row in getattr(page, relation).all():
            yield from _filled(_row_words(row))


def _filled(pieces: Iterator[str]) -> Iterator[str]:
    return (text for piece in pieces if (text := piece.strip()))


def _row_words(row: Any) -> Iterator[str]:
    """The texts that are translated, and an address; not what the row names in `unsearched_fields`, and
    nothing of a private person's row: what is shown under a consent is not kept anywhere else.
    """
    if isinstance(row, PersonRowMixin) and row.person_id:
        return
    for field in get_translatable_fields(type(row)):
        name = field.field_name
        if name not in getattr(row, "unsearched_fields", ()) and (
            isinstance(field, TranslatableField) or name in FACTS
        ):
            yield _words(row, name)


def _words(row: Any, name: str) -> str:
    value = getattr(row, name)
    is_rich = isinstance(row._meta.get_field(name), RichTextField)
    return rich_text_words(value) if is_rich else str(value)
