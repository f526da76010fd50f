"""A table of text and numbers that can be translated."""

from collections.abc import Iterator
from hashlib import sha256

from django.core.exceptions import ValidationError
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail.blocks import BooleanBlock, CharBlock, DecimalBlock, StructBlock
from wagtail.contrib.typed_table_block.blocks import TypedTable, TypedTableBlock
from wagtail_localize.segments import StringSegmentValue

from . import groups
from .samples import Sample

MOST_COLUMNS = 8
MOST_ROWS = 60


class CellsBlock(TypedTableBlock):
    """The table itself. Each text is translated once, wherever it stands in the table."""

    text = CharBlock(label=_("Text"), max_length=400, required=False)
    number = DecimalBlock(label=_("Number"), required=False)

    def clean(self, table: TypedTable) -> TypedTable:
        cleaned = super().clean(table)
        errors = [] if self.is_deferred_validation else [ValidationError(text) for text in _faults(cleaned)]
        if errors:
            raise ValidationError(errors)
        return cleaned

    def get_translatable_segments(self, table: TypedTable) -> list[StringSegmentValue]:
        texts = dict.fromkeys(text for text in _texts(table) if text)
        return [StringSegmentValue(_path(text), text) for text in texts]

    def restore_translated_segments(
        self, table: TypedTable, segments: list[StringSegmentValue]
    ) -> TypedTable:
        translated = {segment.path: segment.render_text() for segment in segments}

        def of(text: str) -> str:
            return translated.get(_path(text), text)

        columns = [{**column, "heading": of(column["heading"])} for column in table.columns]
        rows = [
            {"values": [of(value) if isinstance(value, str) else value for value in row["values"]]}
            for row in table.row_data
        ]
        return TypedTable(columns=columns, row_data=rows, caption=of(table.caption))


def _texts(table: TypedTable) -> Iterator[str]:
    """Caption, headings and texts, in reading order."""
    yield table.caption
    yield from (column["heading"] for column in table.columns)
    for row in table.row_data:
        yield from (value for value in row["values"] if isinstance(value, str))


def _path(text: str) -> str:
    """Where a text is kept for translators: by its words, so that rows may move."""
    return sha256(text.encode()).hexdigest()[:16]


def _faults(table: TypedTable) -> Iterator[str]:
    if not table.caption.strip():
        yield gettext("Give the table a caption: it says what the table is about.")
    if not table.columns or not table.row_data:
        yield gettext("A table needs at least one column and one row.")
    if any(not column["heading"].strip() for column in table.columns):
        yield gettext("Give each column a heading.")
    for count, limit, message in (
        (len(table.columns), MOST_COLUMNS, gettext("At most %(limit)d columns; this table has %(count)d.")),
        (len(table.row_data), MOST_ROWS, gettext("At most %(limit)d rows; this table has %(count)d.")),
    ):
        if count > limit:
            yield message % {"limit": limit, "count": count}


class TableBlock(StructBlock):
    """A table with a caption and headings, which scrolls by itself on a narrow screen."""

    table = CellsBlock(label=_("Table"))
    first_column_is_heading = BooleanBlock(
        label=_("The first column names the rows"),
        help_text=_("Tick this if each row is about what its first cell says."),
        required=False,
    )

    class Meta:
        icon = "table"
        label = _("Table")
        description = _("Rows and columns of text and numbers, with a caption.")
        group = groups.LISTS
        template = "torv_blocks/blocks/table.html"
        preview_template = "torv_blocks/blocks/preview.html"
        preview_value = Sample(
            {
                "table": {
                    "caption": _("Prices of passports"),
                    "columns": [
                        {"type": "text", "heading": _("Age")},
                        {"type": "number", "heading": _("Kroner")},
                    ],
                    "rows": [{"values": [_("0 to 11 years"), 178]}, {"values": [_("18 to 64 years"), 893]}],
                },
                "first_column_is_heading": True,
            }
        )
