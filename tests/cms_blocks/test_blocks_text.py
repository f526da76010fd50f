"""Text, accordion and call-out: what they refuse and what readers get."""

import pytest
from django.core.exceptions import ValidationError
from wagtail.blocks import StreamBlockValidationError, StructBlockValidationError
from wagtail.rich_text import RichText

from cms_blocks.blocks import AccordionBlock, BodyBlock, CalloutBlock, TextBlock
from cms_blocks.blocks.text import heading_levels

pytestmark = pytest.mark.usefixtures("english")


def stream(*texts):
    block = BodyBlock()
    return block, block.to_python([{"type": "text", "value": text} for text in texts])


def test_text_offers_only_what_the_design_can_show():
    assert TextBlock().field.widget.features == [
        "h2",
        "h3",
        "bold",
        "italic",
        "ol",
        "ul",
        "link",
        "document-link",
    ]


def test_text_is_rendered_as_prose():
    block = TextBlock()
    html = block.render(block.to_python("<h2>Sorg</h2><p>Hej</p>"))
    assert html.strip() == '<div class="torv-prose"><h2>Sorg</h2><p>Hej</p></div>'


def test_headings_are_read_in_order():
    assert heading_levels(RichText("<h2>a</h2><p>b</p><h3 id='x'>c</h3><header>no</header>")) == [2, 3]


def test_headings_in_order_over_several_texts_are_accepted():
    block, value = stream("<h2>Et</h2>", "<h3>To</h3><h2>Tre</h2>")
    assert len(block.clean(value)) == 2


@pytest.mark.parametrize("texts", [["<h3>For dybt</h3>"], ["<p>Intet</p>", "<h3>For dybt</h3>"]])
def test_a_heading_that_skips_a_level_is_refused_beside_its_text(texts):
    block, value = stream(*texts)
    with pytest.raises(StreamBlockValidationError) as caught:
        block.clean(value)
    position = len(texts) - 1
    assert "level 3 cannot follow one of level 1" in str(caught.value.block_errors[position])


def test_a_draft_may_have_headings_out_of_order():
    block, value = stream("<h3>For dybt</h3>")
    assert len(block.clean_deferred(value)) == 1


def accordion(count):
    block = AccordionBlock()
    sections = [{"title": f"Spørgsmål {i}", "text": f"<p>Svar {i}</p>"} for i in range(count)]
    return block, block.to_python({"sections": sections})


def test_an_accordion_opens_without_script():
    block, value = accordion(2)
    html = block.render(block.clean(value))
    assert html.count("<details>") == 2
    assert "<summary>Spørgsmål 0</summary>" in html
    assert "<p>Svar 1</p>" in html
    assert "style=" not in html


def test_an_empty_accordion_is_refused_beside_its_sections():
    block, value = accordion(0)
    with pytest.raises(StructBlockValidationError) as caught:
        block.clean(value)
    assert "Sections: there must be at least 1, and there are 0." in str(
        caught.value.block_errors["sections"]
    )


def test_an_empty_accordion_may_be_saved_as_a_draft():
    block, value = accordion(0)
    assert len(block.clean_deferred(value)["sections"]) == 0


def test_an_accordion_that_is_too_long_is_refused_with_its_limit():
    block, value = accordion(21)
    with pytest.raises(StructBlockValidationError) as caught:
        block.clean(value)
    assert "Sections: there can be at most 20, and there are 21." in str(
        caught.value.block_errors["sections"]
    )


def test_a_section_without_a_title_is_refused():
    block = AccordionBlock()
    value = block.to_python({"sections": [{"title": "", "text": "<p>Svar</p>"}]})
    with pytest.raises(ValidationError):
        block.clean(value)


@pytest.mark.parametrize(
    ("level", "spoken"), [("info", "Good to know"), ("warning", "Warning"), ("success", "Good news")]
)
def test_a_call_out_says_its_level_in_words_too(level, spoken):
    block = CalloutBlock()
    value = block.to_python({"level": level, "heading": "Lukket fredag", "text": "<p>Ring mandag.</p>"})
    html = block.render(block.clean(value))
    assert f"torv-callout--{level}" in html
    assert f'<span class="sr-only">{spoken}: </span>Lukket fredag' in html
    assert "<p>Ring mandag.</p>" in html


def test_a_call_out_of_another_level_is_refused():
    block = CalloutBlock()
    with pytest.raises(ValidationError):
        block.clean(block.to_python({"level": "panic", "heading": "Hov", "text": ""}))


def test_headings_are_escaped():
    block = CalloutBlock()
    html = block.render(block.to_python({"level": "info", "heading": "<b>Hov</b>", "text": ""}))
    assert "&lt;b&gt;Hov" in html
