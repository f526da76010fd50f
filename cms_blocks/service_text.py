"""The words of a service page, for the search."""

from collections.abc import Iterable, Iterator
from typing import Any

from wagtail.fields import RichTextField
from wagtail.rich_text import get_text_for_indexing
from wagtail_localize.fields import TranslatableField, get_translatable_fields

FIELDS = (
    "audience",
    "how_to",
    "outcome",
    "eligibility",
    "constraints",
    "special_cases",
    "status_reason",
    "digital_channel_label",
    "digital_channel_note",
    "responsible_unit",
    "area_served",
    "identifier",
)
#: Child relations whose rows hold words of their own.
RELATIONS = (
    "common_tasks",
    "steps",
    "requirements",
    "deadlines",
    "costs",
    "physical_channels",
    "documents",
)


def service_text(page: Any) -> str:
    return words_of(page, FIELDS, RELATIONS)


def words_of(page: Any, fields: Iterable[str], relations: Iterable[str]) -> str:
    """One line for each piece of text in these fields, and in the rows of these relations."""
    pieces = (piece.strip() for piece in _pieces(page, fields, relations))
    return "\n".join(piece for piece in pieces if piece)


def _pieces(page: Any, fields: Iterable[str], relations: Iterable[str]) -> Iterator[str]:
    yield from (_words(page, name) for name in fields)
    for relation in relations:
        for row in getattr(page, relation).all():
            yield from _row_words(row)


def _row_words(row: Any) -> Iterator[str]:
    """The texts that are translated; of a place its address too."""
    for field in get_translatable_fields(type(row)):
        if isinstance(field, TranslatableField) or field.field_name in ("address_1", "address_2", "city"):
            yield _words(row, field.field_name)


def _words(row: Any, name: str) -> str:
    value = getattr(row, name)
    is_rich = isinstance(row._meta.get_field(name), RichTextField)
    return str(get_text_for_indexing(value) if is_rich else value)
