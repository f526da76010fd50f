"""The blocks editors write with, and the stream that offers them."""

from collections.abc import Iterator

from django.core.exceptions import ValidationError
from django.utils.translation import gettext
from wagtail.blocks import StreamBlock, StreamBlockValidationError, StreamValue

from .feedback import FeedbackBlock
from .hours import OpeningHoursBlock
from .lists import DefinitionListBlock, PrinciplesBlock, StepsBlock, TimelineBlock
from .media import DownloadsBlock, ImageBlock
from .people import ContactPersonsBlock, QuoteBlock
from .tables import TableBlock
from .teasers import LinkCardsBlock, StoryTeaserBlock
from .text import AccordionBlock, CalloutBlock, FactBoxBlock, TextBlock, heading_levels

__all__ = [
    "AccordionBlock",
    "BodyBlock",
    "CalloutBlock",
    "ContactPersonsBlock",
    "DefinitionListBlock",
    "DownloadsBlock",
    "FactBoxBlock",
    "FeedbackBlock",
    "ImageBlock",
    "LinkCardsBlock",
    "OpeningHoursBlock",
    "PrinciplesBlock",
    "QuoteBlock",
    "StepsBlock",
    "StoryTeaserBlock",
    "TableBlock",
    "TextBlock",
    "TimelineBlock",
]


class BodyBlock(StreamBlock):
    """What Torv offers by default. A host subclasses it and names its own in `TORV_BLOCKS["BODY"]`."""

    text = TextBlock()
    accordion = AccordionBlock()
    callout = CalloutBlock()
    image = ImageBlock()
    fact_box = FactBoxBlock()
    quote = QuoteBlock()
    principles = PrinciplesBlock()
    steps = StepsBlock()
    timeline = TimelineBlock()
    definition_list = DefinitionListBlock()
    table = TableBlock()
    link_cards = LinkCardsBlock()
    story_teaser = StoryTeaserBlock()
    contact_persons = ContactPersonsBlock()
    opening_hours = OpeningHoursBlock()
    downloads = DownloadsBlock()
    feedback = FeedbackBlock()

    def clean(self, value: StreamValue) -> StreamValue:
        cleaned = super().clean(value)
        if not self.is_deferred_validation and (errors := dict(_heading_errors(cleaned))):
            raise StreamBlockValidationError(block_errors=errors)
        return cleaned

    class Meta:
        template = "torv_blocks/blocks/body.html"


def _heading_errors(stream: StreamValue) -> Iterator[tuple[int, ValidationError]]:
    """Positions of texts whose headings skip a level, seen from the headings before them."""
    level = 1  # the page's title
    for position, child in enumerate(stream):
        if not isinstance(child.block, TextBlock):
            continue
        for heading in heading_levels(child.value):
            if heading > level + 1:
                message = gettext(
                    "A heading of level %(heading)d cannot follow one of level %(before)d. "
                    "Use level %(wanted)d first."
                ) % {"heading": heading, "before": level, "wanted": level + 1}
                yield position, ValidationError(message)
                break
            level = heading
