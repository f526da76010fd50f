"""Tables: what they refuse, their headings, and their words for translators and for search."""

import pytest
from wagtail.blocks import StructBlockValidationError

from cms_blocks.blocks import TableBlock
from cms_blocks.pages.models import StandardPage
from cms_blocks.plain_text import stream_text

pytestmark = pytest.mark.usefixtures("english")

BLOCK = TableBlock()


def table(columns=2, rows=2, *, caption="Priser", heading="Kolonne", first_column_is_heading=False):
    return {
        "table": {
            "caption": caption,
            "columns": [{"type": "text", "heading": heading} for _ in range(columns)],
            "rows": [{"values": [f"<{row}.{column}>" for column in range(columns)]} for row in range(rows)],
        },
        "first_column_is_heading": first_column_is_heading,
    }


@pytest.mark.parametrize(
    ("raw", "message"),
    [
        (table(caption=" "), "Give the table a caption: it says what the table is about."),
        (table(heading=""), "Give each column a heading."),
        (table(columns=0), "A table needs at least one column and one row."),
        (table(rows=0), "A table needs at least one column and one row."),
        (table(columns=9), "At most 8 columns; this table has 9."),
        (table(rows=61), "At most 60 rows; this table has 61."),
    ],
)
def test_what_a_reader_would_miss_is_refused_in_words(raw, message):
    with pytest.raises(StructBlockValidationError) as caught:
        BLOCK.clean(BLOCK.to_python(raw))
    assert caught.value.block_errors["table"].messages == [message]


def test_a_draft_may_be_incomplete():
    raw = BLOCK.to_python(table(0, 0, caption=""))
    BLOCK.render(BLOCK.clean_deferred(raw))
    BLOCK.render(BLOCK.get_default())


def test_the_largest_table_is_accepted():
    assert len(BLOCK.clean(BLOCK.to_python(table(8, 60)))["table"].row_data) == 60


def test_a_table_has_a_caption_headings_and_a_region_to_scroll_in():
    html = BLOCK.render(BLOCK.to_python(table(first_column_is_heading=True, caption='"Priser"')))
    assert 'role="region" tabindex="0" aria-label="&quot;Priser&quot;"' in html
    assert "<caption>&quot;Priser&quot;</caption>" in html
    assert html.count('<th scope="col">') == 2
    assert '<th scope="row">&lt;1.0&gt;</th>' in html
    assert "<td>&lt;1.1&gt;</td>" in html


def test_without_headings_of_rows_every_cell_is_data():
    html = BLOCK.render(BLOCK.to_python(table()))
    assert 'scope="row"' not in html
    assert html.count("<td>") == 4


def test_numbers_are_written_as_the_reader_does():
    raw = table()
    raw["table"]["columns"][1]["type"] = "number"
    raw["table"]["rows"] = [{"values": ["Pas", "893.5"]}, {"values": ["Kort", None]}]
    html = BLOCK.render(BLOCK.clean(BLOCK.to_python(raw)))
    assert '<td class="torv-table__number">893.5</td>' in html
    assert '<td class="torv-table__number"></td>' in html


def test_a_table_survives_storage_and_is_searched():
    page = StandardPage(body=[("table", table(1, 1))])
    stored = page.body.stream_block.get_prep_value(page.body)
    again = StandardPage(body=stored)
    assert stream_text(again.body).split("\n") == ["Priser", "Kolonne", "<0.0>"]
