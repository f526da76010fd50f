"""How the comparison of two versions prints fields that are no plain text: lists and phone numbers."""

from datetime import date
from typing import Any

from django.utils.formats import date_format
from django.utils.safestring import SafeString
from phonenumber_field.modelfields import PhoneNumberField
from wagtail.admin.compare import FieldComparison, TextDiff, register_comparison_class
from wagtail.admin.panels import FieldPanel

from .list_fields import DateListField


class ListComparison(FieldComparison):
    """What stayed, what was taken out and what was put in, by the names that editors see."""

    def htmldiff(self) -> SafeString:
        old, new = self.val_a or [], self.val_b or []
        changes = [("equal" if item in new else "deletion", self._name(item)) for item in old]
        changes += [("addition", self._name(item)) for item in new if item not in old]
        html: SafeString = TextDiff(changes, separator=", ").to_html()
        return html

    def _name(self, item: Any) -> str:
        return (
            date_format(item) if isinstance(item, date) else str(dict(self.field.flatchoices).get(item, item))
        )


class ChoiceListPanel(FieldPanel):
    """For a `ChoiceListField`: Wagtail compares every field with choices as if it held one of them."""

    def get_comparison_class(self) -> type[FieldComparison]:
        return ListComparison


register_comparison_class(DateListField, comparison_class=ListComparison)
register_comparison_class(PhoneNumberField, comparison_class=FieldComparison)
