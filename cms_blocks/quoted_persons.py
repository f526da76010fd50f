"""Whom a quote in a text is of: named on the page of the first language, and the same in every language.

wagtail-localize gives a translation copies that stay old until somebody updates it. A quote whose person is
named later would stand there in another language without that person's consent.
"""

from collections.abc import Iterator
from typing import Any

from wagtail.blocks import StreamValue
from wagtail.models import Page

from .blocks import QuoteBlock


def share(page: Page) -> None:
    """Name in the texts of all languages whom the source names. Called when one of them is published."""
    if page.alias_of_id or not isinstance(getattr(page, "body", None), StreamValue):
        return  # an alias follows its page; a host's page may have a body of another sort
    rows = type(page)._base_manager.filter(translation_key=page.translation_key, alias_of=None)
    first, *others = rows.order_by("pk")
    named = {block["id"]: block["value"].get("person") for block in _quotes(first)}
    for other in others if named else ():
        told = [_name(block, named) for block in _quotes(other)]
        if any(told):
            other.body = [*other.body.raw_data]
            other.save(clean=False)


def _quotes(page: Any) -> Iterator[dict[str, Any]]:
    """The quotes as they are stored."""
    blocks = page.body.stream_block.child_blocks
    for stored in page.body.raw_data:
        if isinstance(blocks.get(stored["type"]), QuoteBlock):
            yield stored


def _name(block: dict[str, Any], named: dict[str, Any]) -> bool:
    """Whether this changed something. Of a quote that the source does not have, nothing is known."""
    person = named.get(block["id"], block["value"].get("person"))
    is_news = person != block["value"].get("person")
    block["value"]["person"] = person
    return is_news
