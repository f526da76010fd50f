"""Figures: numbers with their unit, and where they come from."""

from django.core.exceptions import ValidationError
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail.blocks import (
    CharBlock,
    DecimalBlock,
    StructBlock,
    StructBlockValidationError,
    StructValue,
    URLBlock,
)

from . import groups
from .limits import LimitedListBlock
from .samples import Sample


class ValueBlock(StructBlock):
    label = CharBlock(label=_("What it is"), max_length=120)
    value = DecimalBlock(
        label=_("Number"),
        help_text=_("The number alone. It is written as the reader's language does."),
        max_digits=15,
        decimal_places=None,
    )
    unit = CharBlock(
        label=_("Unit"),
        help_text=_("Such as “kroner”, “per cent” or “meetings”."),
        max_length=40,
        required=False,
    )

    class Meta:
        icon = "order"
        label = _("Figure")


class ValuesTableBlock(StructBlock):
    """Numbers, each with what it is and its unit. A number is a fact: translations have the same."""

    caption = CharBlock(
        label=_("Heading"), help_text=_("Says what the figures are about, and of which year."), max_length=160
    )
    rows = LimitedListBlock(ValueBlock(), most=20, label=_("Figures"))
    source_title = CharBlock(
        label=_("Source"), help_text=_("Who counted, and when."), max_length=160, required=False
    )
    source_url = URLBlock(label=_("Web address of the source"), required=False)

    def clean(self, value: StructValue) -> StructValue:
        cleaned = super().clean(value)
        if cleaned["source_url"] and not cleaned["source_title"] and not self.is_deferred_validation:
            message = gettext("Name the source: this is the text of the link.")
            raise StructBlockValidationError(block_errors={"source_title": ValidationError(message)})
        return cleaned

    class Meta:
        icon = "order"
        label = _("Key figures")
        description = _("Numbers with their unit and source, such as the key figures of a year.")
        group = groups.LISTS
        template = "torv_blocks/blocks/values_table.html"
        preview_template = "torv_blocks/blocks/preview.html"
        preview_value = Sample(
            {
                "caption": _("Network meetings in 2026"),
                "rows": [
                    {"label": _("Meetings held"), "value": 214, "unit": ""},
                    {"label": _("People in each, on average"), "value": 6.5, "unit": _("people")},
                ],
                "source_title": _("The department's own count, January 2027"),
                "source_url": "",
            }
        )
