"""Streams that tests name in the setting BODY."""

from wagtail.blocks import CharBlock, StreamBlock, StructBlock

from cms_blocks.blocks import BodyBlock


class QuoteBlock(StructBlock):
    words = CharBlock()
    by = CharBlock(required=False)

    class Meta:
        label = "Quote"


class WithQuote(BodyBlock):
    saying = QuoteBlock()


class WithoutTable(BodyBlock):
    table = None


class Reserved(StreamBlock):
    torv_kept = CharBlock()


NOT_A_BLOCK = "just words"
