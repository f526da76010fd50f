"""How many rows a list may have, said in words that name the limit and the count."""

from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext
from wagtail.blocks import Block, ListBlock
from wagtail.blocks.list_block import ListValue


class LimitedListBlock(ListBlock):
    """A list of at least `least` and at most `most` rows. A draft may have any number."""

    def __init__(self, child_block: Block, *, least: int = 1, most: int = 20, **kwargs: Any) -> None:
        super().__init__(child_block, **kwargs)
        self.least, self.most = least, most

    def clean(self, value: ListValue) -> ListValue:
        cleaned = super().clean(value)
        if not self.is_deferred_validation and (error := self._count_error(len(cleaned))):
            raise ValidationError(error)
        return cleaned

    def _count_error(self, count: int) -> str:
        names = {"label": self.label, "count": count}
        if count < self.least:
            message = gettext("%(label)s: there must be at least %(limit)d, and there are %(count)d.")
            return message % {**names, "limit": self.least}
        if count > self.most:
            message = gettext("%(label)s: there can be at most %(limit)d, and there are %(count)d.")
            return message % {**names, "limit": self.most}
        return ""
