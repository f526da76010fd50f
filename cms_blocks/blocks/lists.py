"""Blocks that list things: principles, steps, a timeline, terms with their meaning."""

from django.utils.translation import gettext_lazy as _
from wagtail.blocks import CharBlock, RichTextBlock, StructBlock, TextBlock

from . import groups
from .limits import LimitedListBlock
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
        preview_value = {
            "heading": "Sådan arbejder vi",
            "principles": [
                {"title": "Alle bliver set, hørt og forstået", "text": ""},
                {"title": "Vi beslutter sammen", "text": "Intet bliver besluttet om dig uden dig."},
            ],
        }


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
        preview_value = {
            "steps": [
                {"title": "Ring til os", "text": "<p>Vi aftaler en tid, der passer dig.</p>"},
                {"title": "Mød op", "text": "<p>Tag gerne en med, du er tryg ved.</p>"},
            ]
        }


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
        preview_value = {
            "moments": [
                {"when": "2019", "title": "De første møder", "text": "<p>Tre familier er med.</p>"},
                {"when": "Maj 2024", "title": "Et fast tilbud", "text": ""},
            ]
        }


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
        preview_value = {
            "definitions": [
                {"term": "Netværksmøde", "text": "<p>Et møde med dem, der betyder noget for dig.</p>"},
                {"term": "Tovholder", "text": "<p>Den medarbejder, du altid kan ringe til.</p>"},
            ]
        }
