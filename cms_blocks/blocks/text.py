"""Blocks of text: rich text, accordion, tabs, call-out, fact box."""

import re
from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail.blocks import CharBlock, ChoiceBlock, RichTextBlock, StructBlock
from wagtail.rich_text import RichText

from . import groups
from .limits import LimitedListBlock
from .samples import Sample

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
        group = groups.TEXT
        description = _("Paragraphs, headings, lists and links.")
        template = "torv_blocks/blocks/text.html"
        preview_template = "torv_blocks/blocks/preview.html"
        preview_value = Sample(
            _(
                "<h2>How to apply</h2><p>You can apply online or come to the citizen service.</p>"
                "<ul><li>Have your card ready</li><li>It takes ten minutes</li></ul>"
            )
        )


class AccordionItemBlock(StructBlock):
    title = CharBlock(label=_("Title"), max_length=120)
    text = RichTextBlock(label=_("Text"), features=INNER_FEATURES)

    class Meta:
        icon = "list-ul"
        label = _("Section")


class AccordionBlock(StructBlock):
    """Sections that readers open one by one; they open without scripts too."""

    sections = LimitedListBlock(AccordionItemBlock(), most=20, label=_("Sections"))

    class Meta:
        icon = "list-ul"
        label = _("Accordion")
        group = groups.TEXT
        description = _("Titles that readers open one by one. Good for questions and answers.")
        template = "torv_blocks/blocks/accordion.html"
        preview_template = "torv_blocks/blocks/preview.html"
        preview_value = Sample(
            {
                "sections": [
                    {"title": _("What does it cost?"), "text": _("<p>It is free.</p>")},
                    {
                        "title": _("How long does it take?"),
                        "text": _("<p>You get an answer within two weeks.</p>"),
                    },
                ]
            }
        )


class TabsBlock(StructBlock):
    """Sections of which readers see one at a time; without scripts, and on paper, all with their headings."""

    tabs = LimitedListBlock(
        AccordionItemBlock(), least=2, most=6, label=_("Tabs"), help_text=_("Keep the titles short.")
    )

    class Meta:
        icon = "list-ul"
        label = _("Tabs")
        group = groups.TEXT
        description = _("A few sections side by side, for texts of which each reader needs one.")
        template = "torv_blocks/blocks/tabs.html"
        preview_template = "torv_blocks/blocks/preview.html"
        preview_value = Sample(
            {
                "tabs": [
                    {"title": _("For you"), "text": _("<p>You decide who comes along.</p>")},
                    {"title": _("For relatives"), "text": _("<p>You are heard too.</p>")},
                ]
            }
        )


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
        group = groups.TEXT
        description = _("A short notice in a box. Use it sparingly.")
        template = "torv_blocks/blocks/callout.html"
        preview_template = "torv_blocks/blocks/preview.html"
        preview_value = Sample(
            {
                "level": "warning",
                "heading": _("The citizen service is closed on Friday"),
                "text": _("<p>You can call us again on Monday from 9.</p>"),
            }
        )


class FactBoxBlock(StructBlock):
    """The facts of a page at a glance."""

    heading = CharBlock(label=_("Heading"), max_length=120)
    text = RichTextBlock(label=_("Text"), features=INNER_FEATURES)

    class Meta:
        icon = "info-circle"
        label = _("Fact box")
        group = groups.TEXT
        description = _("A few facts in a box, best as a short list.")
        template = "torv_blocks/blocks/fact_box.html"
        preview_template = "torv_blocks/blocks/preview.html"
        preview_value = Sample(
            {
                "heading": _("In short"),
                "text": _("<ul><li>Free for everybody</li><li>No referral needed</li></ul>"),
            }
        )
