"""Blocks with rows: their limits are said in words, drafts are free, and what editors write is escaped."""

import pytest
from wagtail.blocks import StructBlockValidationError

from cms_blocks.blocks import (
    ContactPersonsBlock,
    DefinitionListBlock,
    DownloadsBlock,
    FactBoxBlock,
    LinkCardsBlock,
    PrinciplesBlock,
    StepsBlock,
    TimelineBlock,
)

pytestmark = pytest.mark.usefixtures("english")

TEXT = "<p>Kom <b>forbi</b>.</p>"
CASES = [
    (PrinciplesBlock(), "principles", {"title": "<i>Alle</i>", "text": "Altid."}, 1, 12),
    (StepsBlock(), "steps", {"title": "<i>Alle</i>", "text": TEXT}, 2, 15),
    (TimelineBlock(), "moments", {"when": "2024", "title": "<i>Alle</i>", "text": TEXT}, 2, 30),
    (DefinitionListBlock(), "definitions", {"term": "<i>Alle</i>", "text": TEXT}, 1, 40),
]


@pytest.mark.parametrize(("block", "name", "row", "least", "most"), CASES, ids=lambda case: str(case)[:12])
def test_limits_name_the_list_the_limit_and_the_count(block, name, row, least, most):
    label = block.child_blocks[name].label
    for count, words in ((least - 1, "at least"), (most + 1, "at most")):
        with pytest.raises(StructBlockValidationError) as caught:
            block.clean(block.to_python({name: [row] * count}))
        (message,) = caught.value.block_errors[name].messages
        assert message.startswith(f"{label}: there ")
        assert f"{words} {least if count < least else most}, and there are {count}." in message
    for count in (least, most):
        assert len(block.clean(block.to_python({name: [row] * count}))[name]) == count


@pytest.mark.parametrize(("block", "name", "row", "least", "most"), CASES, ids=lambda case: str(case)[:12])
def test_a_draft_may_have_any_number_of_rows(block, name, row, least, most):
    for count in (0, most + 1):
        assert len(block.clean_deferred(block.to_python({name: [row] * count}))[name]) == count
        block.render(block.to_python({name: [row] * count}))


@pytest.mark.parametrize(("block", "name", "row", "least", "most"), CASES, ids=lambda case: str(case)[:12])
def test_rows_are_rendered_in_order_and_escaped(block, name, row, least, most):
    html = block.render(block.to_python({name: [row, {**row, list(row)[-2]: "Den anden"}]}))
    assert html.index("&lt;i&gt;Alle&lt;/i&gt;") < html.index("Den anden")
    assert "<i>" not in html
    assert "style=" not in html


def test_a_row_without_its_title_is_refused_beside_it():
    block = StepsBlock()
    value = block.to_python({"steps": [{"title": "", "text": TEXT}, {"title": "To", "text": ""}]})
    with pytest.raises(StructBlockValidationError) as caught:
        block.clean(value)
    rows = caught.value.block_errors["steps"].as_json_data()["blockErrors"]
    assert rows[0]["blockErrors"]["title"]["messages"] == ["This field is required."]


@pytest.mark.parametrize(
    ("block", "value"),
    [
        (PrinciplesBlock(), {"heading": "", "principles": [{"title": "Alle", "text": ""}]}),
        (StepsBlock(), {"steps": [{"title": "Ring", "text": ""}]}),
        (TimelineBlock(), {"moments": [{"when": "2024", "title": "Nu", "text": ""}]}),
    ],
)
def test_what_is_left_empty_leaves_no_empty_element(block, value):
    html = block.render(block.to_python(value))
    assert "torv-prose" not in html
    assert "torv-block-title" not in html


def test_steps_are_an_ordered_list_and_principles_are_not():
    assert "<ol" in StepsBlock().render(StepsBlock().to_python({"steps": [{"title": "Ring", "text": ""}]}))
    value = PrinciplesBlock().to_python({"principles": [{"title": "Alle", "text": ""}]})
    assert "<ul" in PrinciplesBlock().render(value)


def test_terms_and_meanings_are_a_description_list():
    html = DefinitionListBlock().render(
        DefinitionListBlock().to_python({"definitions": [{"term": "Netværk", "text": TEXT}]})
    )
    assert "<dt>Netværk</dt>" in html
    assert '<dd class="torv-prose"><p>Kom <b>forbi</b>.</p></dd>' in html


def test_a_fact_box_shows_its_facts():
    block = FactBoxBlock()
    html = block.render(block.to_python({"heading": "<b>Kort</b>", "text": "<ul><li>Gratis</li></ul>"}))
    assert "&lt;b&gt;Kort" in html
    assert "<li>Gratis</li>" in html


@pytest.mark.parametrize(
    ("block", "value"),
    [
        (ContactPersonsBlock(), {"persons": []}),
        (LinkCardsBlock(), {"cards": []}),
        (DownloadsBlock(), {"files": []}),
    ],
)
@pytest.mark.django_db
def test_nothing_chosen_leaves_nothing_behind(home, block, value):
    assert block.render(block.to_python(value), {"page": home}).strip() == ""
