"""The blocks editors write with, and the stream that offers them."""

from collections.abc import Iterator

from django.core.exceptions import ValidationError
from django.utils.translation import gettext
from wagtail.blocks import StreamBlock, StreamBlockValidationError, StreamValue

from .events import EventTeaserBlock
from .feedback import FeedbackBlock
from .figures import ValuesTableBlock
from .gallery import GalleryBlock
from .hours import OpeningHoursBlock
from .lists import DefinitionListBlock, PrinciplesBlock, StepsBlock, TimelineBlock
from .media import DownloadsBlock, ImageBlock
from .people import ContactCardBlock, ContactPersonsBlock, QuoteBlock
from .tables import TableBlock
from .teasers import LinkCardsBlock, RelatedLinksBlock, StoryTeaserBlock
from .text import AccordionBlock, CalloutBlock, FactBoxBlock, TabsBlock, TextBlock, heading_levels
from .video import ExternalVideoBlock, VideoBlock

__all__ = [
    "AccordionBlock",
    "BodyBlock",
    "CalloutBlock",
    "ContactCardBlock",
    "ContactPersonsBlock",
    "DefinitionListBlock",
    "DownloadsBlock",
    "EventTeaserBlock",
    "ExternalVideoBlock",
    "FactBoxBlock",
    "FeedbackBlock",
    "GalleryBlock",
    "ImageBlock",
    "LinkCardsBlock",
    "OpeningHoursBlock",
    "PrinciplesBlock",
    "QuoteBlock",
    "RelatedLinksBlock",
    "StepsBlock",
    "StoryTeaserBlock",
    "TableBlock",
    "TabsBlock",
    "TextBlock",
    "TimelineBlock",
    "ValuesTableBlock",
    "VideoBlock",
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
    tabs = TabsBlock()
    values_table = ValuesTableBlock()
    gallery = GalleryBlock()
    video = VideoBlock()
    external_video = ExternalVideoBlock()
    contact_card = ContactCardBlock()
    related_links = RelatedLinksBlock()
    event_teaser = EventTeaserBlock()
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
