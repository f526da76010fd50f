"""Images: described or decorative, never both, and rendered for the reader's screen."""

import re

import pytest
from wagtail.blocks import StructBlockValidationError

from cms_blocks.blocks import ImageBlock
from tests.cms_blocks import factories

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("english")]


def value(block, **fields):
    picture = fields.pop("picture", None) or factories.image()
    raw = {"image": picture.pk, "alt_text": "", "decorative": False, "caption": "", **fields}
    return block.to_python(raw)


@pytest.mark.parametrize(
    ("fields", "message"),
    [
        ({}, "Describe the image, or mark it as decoration."),
        ({"alt_text": "   "}, "Describe the image, or mark it as decoration."),
        ({"alt_text": "Torvet", "decorative": True}, "only decoration has no description"),
    ],
)
def test_neither_or_both_is_refused_beside_the_description(fields, message):
    block = ImageBlock()
    with pytest.raises(StructBlockValidationError) as caught:
        block.clean(value(block, **fields))
    assert message in str(caught.value.block_errors["alt_text"])


def test_a_draft_may_lack_the_description():
    block = ImageBlock()
    assert block.clean_deferred(value(block))["alt_text"] == ""


@pytest.mark.parametrize(
    ("fields", "alt"),
    [({"alt_text": "Torvet om sommeren"}, "Torvet om sommeren"), ({"decorative": True}, "")],
)
def test_a_described_or_a_decorative_image_is_rendered_for_the_screen(fields, alt):
    block = ImageBlock()
    html = block.render(block.clean(value(block, caption="Torvet i juli", **fields)))
    tag = re.search(r"<img[^>]*>", html)[0]
    assert f'alt="{alt}"' in tag
    assert re.search(r'width="\d+"', tag)
    assert re.search(r'height="\d+"', tag)
    assert [width.split()[1] for width in re.search(r'srcset="([^"]*)"', tag)[1].split(", ")] == [
        "480w",
        "800w",
        "1200w",
    ]
    assert "style=" not in html
    assert "Torvet i juli</figcaption>" in html


def test_without_a_caption_there_is_no_empty_caption():
    block = ImageBlock()
    assert "figcaption" not in block.render(value(block, alt_text="Torvet"))


def test_a_deleted_image_leaves_nothing_behind():
    block = ImageBlock()
    missing = block.to_python({"image": 4711, "alt_text": "Torvet", "decorative": False, "caption": "Torvet"})
    assert block.render(missing).strip() == ""


def test_the_same_image_twice_is_fetched_once(django_assert_num_queries):
    block = ImageBlock()
    picture = factories.image()
    raw = {"image": picture.pk, "alt_text": "Torvet", "decorative": False, "caption": ""}
    with django_assert_num_queries(2):
        first, second = block.bulk_to_python([raw, {**raw, "alt_text": "Igen"}])
    assert first["image"] == second["image"]
