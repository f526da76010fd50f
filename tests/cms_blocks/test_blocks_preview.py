"""Every block can be previewed, named and described in the list an editor chooses from."""

import pytest
from django.urls import reverse

from cms_blocks.blocks import BodyBlock
from cms_blocks.pages.models import StandardPage

NAMES = sorted(BodyBlock().child_blocks)


def offered(name):
    return StandardPage._meta.get_field("body").stream_block.child_blocks[name]


@pytest.mark.parametrize("name", NAMES)
def test_a_block_says_what_it_is(name):
    block = offered(name)
    assert block.label
    assert block.get_description()
    assert block.meta.icon != "placeholder"
    assert block.is_previewable


@pytest.mark.django_db
@pytest.mark.parametrize("name", NAMES)
def test_a_block_is_previewed(name, home, admin_client):
    url = reverse("wagtailadmin_block_preview")
    answer = admin_client.get(url, {"id": offered(name).definition_prefix})
    assert answer.status_code == 200
    html = answer.content.decode()
    assert '<div class="container page-container">' in html
    assert {
        "text": "torv-prose",
        "accordion": "<summary>",
        "callout": "torv-callout--warning",
        "image": "<img",
    }[name] in html


def test_every_preview_would_pass_as_content():
    for name in NAMES:
        if name != "image":  # its preview shows a drawing instead of an image of the library
            block = offered(name)
            block.clean(block.get_preview_value())
