"""Blocks that list things: principles, steps, a timeline, terms with their meaning."""

from django.utils.translation import gettext_lazy as _
from wagtail.blocks import CharBlock, RichTextBlock, StructBlock, TextBlock

from . import groups
from .limits import LimitedListBlock
from .samples import Sample
from .text import INNER_FEATURES


class PrincipleBlock(StructBlock):
    title = CharBlock(label=_("Principle"), max_length=160)
    text = TextBlock(label=_("Explanation"), max_length=600, required=False, rows=3)

    class Meta:
        icon = "tick-inverse"
        label = _("Principle")


class PrinciplesBlock(StructBlock):
    """What people stand by, in no order."""

    heading = CharBlock(label=_("Heading"), max_length=120, required=False)
    principles = LimitedListBlock(PrincipleBlock(), most=12, label=_("Principles"))

    class Meta:
        icon = "tick-inverse"
        label = _("Principles")
        description = _("What you stand by, each in one sentence. The order does not matter.")
        group = groups.LISTS
        template = "torv_blocks/blocks/principles.html"
        preview_template = "torv_blocks/blocks/preview.html"
        preview_value = Sample(
            {
                "heading": _("How we work"),
                "principles": [
                    {"title": _("Everybody is seen, heard and understood"), "text": ""},
                    {
                        "title": _("We decide together"),
                        "text": _("Nothing is decided about you without you."),
                    },
                ],
            }
        )


class StepBlock(StructBlock):
    title = CharBlock(label=_("Title"), max_length=120)
    text = RichTextBlock(label=_("Text"), features=INNER_FEATURES, required=False)

    class Meta:
        icon = "list-ol"
        label = _("Step")


class StepsBlock(StructBlock):
    """What to do, one thing after the other."""

    steps = LimitedListBlock(StepBlock(), least=2, most=15, label=_("Steps"))

    class Meta:
        icon = "list-ol"
        label = _("Steps")
        description = _("What to do, one thing after the other. The numbers come by themselves.")
        group = groups.LISTS
        template = "torv_blocks/blocks/steps.html"
        preview_template = "torv_blocks/blocks/preview.html"
        preview_value = Sample(
            {
                "steps": [
                    {"title": _("Call us"), "text": _("<p>We find a time that suits you.</p>")},
                    {"title": _("Come along"), "text": _("<p>Bring somebody you trust.</p>")},
                ]
            }
        )


class MomentBlock(StructBlock):
    when = CharBlock(label=_("When"), help_text=_("Such as “2009” or “March 2024”."), max_length=60)
    title = CharBlock(label=_("Title"), max_length=120)
    text = RichTextBlock(label=_("Text"), features=INNER_FEATURES, required=False)

    class Meta:
        icon = "history"
        label = _("Moment")


class TimelineBlock(StructBlock):
    """What happened, or will, in order of time."""

    moments = LimitedListBlock(MomentBlock(), least=2, most=30, label=_("Moments"))

    class Meta:
        icon = "history"
        label = _("Timeline")
        description = _("What happened or will happen, in order of time.")
        group = groups.LISTS
        template = "torv_blocks/blocks/timeline.html"
        preview_template = "torv_blocks/blocks/preview.html"
        preview_value = Sample(
            {
                "moments": [
                    {
                        "when": "2019",
                        "title": _("The first meetings"),
                        "text": _("<p>Three families take part.</p>"),
                    },
                    {"when": _("May 2024"), "title": _("Here to stay"), "text": ""},
                ]
            }
        )


class DefinitionBlock(StructBlock):
    term = CharBlock(label=_("Term"), max_length=120)
    text = RichTextBlock(label=_("Meaning"), features=INNER_FEATURES)

    class Meta:
        icon = "title"
        label = _("Term")


class DefinitionListBlock(StructBlock):
    """Terms, each with its meaning."""

    definitions = LimitedListBlock(DefinitionBlock(), most=40, label=_("Terms"))

    class Meta:
        icon = "title"
        label = _("Definition list")
        description = _("Terms with their meaning. Good for words that readers may not know.")
        group = groups.LISTS
        template = "torv_blocks/blocks/definition_list.html"
        preview_template = "torv_blocks/blocks/preview.html"
        preview_value = Sample(
            {
                "definitions": [
                    {
                        "term": _("Network meeting"),
                        "text": _("<p>A meeting with those who matter to you.</p>"),
                    },
                    {"term": _("Key worker"), "text": _("<p>The person you can always call.</p>")},
                ]
            }
        )
