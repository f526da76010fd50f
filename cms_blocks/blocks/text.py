"""Blocks of text: rich text, accordion, call-out."""

import re
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail.blocks import (
    CharBlock,
    ChoiceBlock,
    ListBlock,
    RichTextBlock,
    StructBlock,
    StructBlockValidationError,
    StructValue,
)
from wagtail.rich_text import RichText

#: The page title is h1, so a text begins with h2.
TEXT_FEATURES = ["h2", "h3", "bold", "italic", "ol", "ul", "link", "document-link"]
#: Inside another block there are no headings: its own title is one.
INNER_FEATURES = ["bold", "italic", "ol", "ul", "link", "document-link"]

_HEADING = re.compile(r"<h([2-6])\b", re.IGNORECASE)


def heading_levels(text: RichText) -> list[int]:
    """Levels of the headings in a rich text, in reading order."""
    return [int(level) for level in _HEADING.findall(text.source)]


class TextBlock(RichTextBlock):
    """Rich text with headings of two levels."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("features", TEXT_FEATURES)
        super().__init__(**kwargs)

    class Meta:
        icon = "pilcrow"
        label = _("Text")
        description = _("Paragraphs, headings, lists and links.")
        template = "torv_blocks/blocks/text.html"
        preview_template = "torv_blocks/blocks/preview.html"
        preview_value = (
            "<h2>Sådan søger du</h2><p>Du kan søge på nettet eller møde op i Borgerservice.</p>"
            "<ul><li>Hav dit sundhedskort klar</li><li>Beregn ti minutter</li></ul>"
        )


class AccordionItemBlock(StructBlock):
    title = CharBlock(label=_("Title"), max_length=120)
    text = RichTextBlock(label=_("Text"), features=INNER_FEATURES)

    class Meta:
        icon = "list-ul"
        label = _("Section")


class AccordionBlock(StructBlock):
    """Sections that readers open one by one; they open without scripts too."""

    MAX_ITEMS = 20

    sections = ListBlock(AccordionItemBlock(), label=_("Sections"))

    def clean(self, value: StructValue) -> StructValue:
        cleaned = super().clean(value)
        count = len(cleaned["sections"])
        if count == 0 and not self.is_deferred_validation:
            raise self._sections_error(gettext("An accordion needs at least one section."))
        if count > self.MAX_ITEMS:
            raise self._sections_error(
                gettext("An accordion has at most %(limit)d sections; this one has %(count)d.")
                % {"limit": self.MAX_ITEMS, "count": count}
            )
        return cleaned

    def _sections_error(self, message: str) -> StructBlockValidationError:
        return StructBlockValidationError(block_errors={"sections": ValidationError(message)})

    class Meta:
        icon = "list-ul"
        label = _("Accordion")
        description = _("Titles that readers open one by one. Good for questions and answers.")
        template = "torv_blocks/blocks/accordion.html"
        preview_template = "torv_blocks/blocks/preview.html"
        preview_value = {
            "sections": [
                {"title": "Hvad koster det?", "text": "<p>Det er gratis.</p>"},
                {"title": "Hvor lang tid tager det?", "text": "<p>Du får svar inden for to uger.</p>"},
            ]
        }


class CalloutBlock(StructBlock):
    """A few words that must not be missed."""

    level = ChoiceBlock(
        label=_("Level"),
        choices=[("info", _("Good to know")), ("warning", _("Warning")), ("success", _("Good news"))],
        default="info",
    )
    heading = CharBlock(label=_("Heading"), max_length=120)
    text = RichTextBlock(label=_("Text"), features=["bold", "link", "document-link"], required=False)

    class Meta:
        icon = "warning"
        label = _("Call-out")
        description = _("A short notice in a box. Use it sparingly.")
        template = "torv_blocks/blocks/callout.html"
        preview_template = "torv_blocks/blocks/preview.html"
        preview_value = {
            "level": "warning",
            "heading": "Borgerservice holder lukket på fredag",
            "text": "<p>Du kan ringe til os igen mandag kl. 9.</p>",
        }
