"""The words of a content field, read from what is stored, so that no picture or page is fetched for them."""

import re
from collections.abc import Iterator, Mapping
from typing import Any

from wagtail.blocks import (
    Block,
    BlockQuoteBlock,
    CharBlock,
    ChooserBlock,
    FieldBlock,
    ListBlock,
    RichTextBlock,
    StreamBlock,
    StreamValue,
    StructBlock,
    TextBlock,
)
from wagtail.rich_text import get_text_for_indexing

from .kept import KEPT

_LIST = re.compile(r"<[ou]l\b", re.IGNORECASE)


def stream_text(stream: StreamValue) -> str:
    """One line for each piece of text; nothing of blocks that readers do not see."""
    pieces = (piece.strip() for piece in _of_stream(stream.stream_block, stream.raw_data))
    return "\n".join(piece for piece in pieces if piece)


def rich_text_words(html: str) -> str:
    """As Wagtail reads it, but a list inside a point does not run into the words before it."""
    return str(get_text_for_indexing(_LIST.sub(r" \g<0>", html)))


def _of(block: Block, raw: Any) -> Iterator[str]:
    if raw is None or not getattr(block, "search_index", True) or _is_private(block, raw):
        return
    if isinstance(block, StreamBlock):
        yield from _of_stream(block, raw)
    elif isinstance(block, StructBlock):
        yield from _of_struct(block, raw)
    elif isinstance(block, ListBlock):
        yield from _of_list(block, raw)
    elif isinstance(block, RichTextBlock):
        yield rich_text_words(raw)
    elif isinstance(block, CharBlock | TextBlock | BlockQuoteBlock):
        yield raw
    elif not isinstance(block, FieldBlock | ChooserBlock):
        # A kind of block of the host's own: only it knows what its words are.
        yield from block.get_searchable_content(block.to_python(raw))


def _is_private(block: Block, raw: Any) -> bool:
    """Whether it is shown under a private person's consent alone, as the block itself knows."""
    is_private = getattr(block, "is_private", None)
    return bool(is_private and is_private(raw))


def _of_stream(block: StreamBlock, raw: Any) -> Iterator[str]:
    for item in raw:
        if item["type"] != KEPT and (child := block.child_blocks.get(item["type"])):
            yield from _of(child, item["value"])


def _of_struct(block: StructBlock, raw: Any) -> Iterator[str]:
    if isinstance(raw, Mapping):
        for name, child in block.child_blocks.items():
            yield from _of(child, raw.get(name))


def _of_list(block: ListBlock, raw: Any) -> Iterator[str]:
    for item in raw:
        is_wrapped = isinstance(item, Mapping) and item.get("type") == "item" and "value" in item
        yield from _of(block.child_block, item["value"] if is_wrapped else item)
