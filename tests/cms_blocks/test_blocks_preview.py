"""Every block can be previewed, named and described in the list an editor chooses from."""

import pytest
from django.urls import reverse

from cms_blocks.blocks import BodyBlock
from cms_blocks.pages.models import StandardPage

NAMES = sorted(BodyBlock().child_blocks)
#: What a preview of each block is known by.
SIGNS = {
    "accordion": "<summary>",
    "callout": "torv-callout--warning",
    "contact_card": "torv-contact-card__body",
    "contact_persons": "torv-contact-card__name",
    "definition_list": "<dt>Network meeting</dt>",
    "downloads": "PDF",
    "event_teaser": "torv-event-teaser",
    "external_video": "torv-video__play",
    "fact_box": "torv-fact-box__title",
    "feedback": "torv-feedback__answers",
    "gallery": "<img",
    "image": "<img",
    "link_cards": "torv-card__title",
    "opening_hours": "torv-opening__state",
    "principles": "torv-principles__title",
    "quote": "<blockquote>",
    "related_links": "torv-links",
    "steps": "torv-steps__title",
    "story_teaser": "torv-changes__list",
    "table": "Prices of passports</caption>",
    "tabs": "torv-tabs__title",
    "text": "torv-prose",
    "timeline": "torv-timeline__when",
    "values_table": "torv-figures__number",
    "video": "<video",
}
#: Their previews show samples instead of what a library holds.
FROM_THE_LIBRARY = {
    "contact_persons",
    "downloads",
    "event_teaser",
    "external_video",
    "gallery",
    "image",
    "story_teaser",
    "video",
}


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
    assert SIGNS[name] in html


def test_every_preview_would_pass_as_content():
    for name in set(NAMES) - FROM_THE_LIBRARY:
        block = offered(name)
        block.clean(block.get_preview_value())
