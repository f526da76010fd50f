"""The question whether the page was useful, where editors want it inside the text."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail.blocks import StaticBlock

from . import groups


class FeedbackBlock(StaticBlock):
    """Stands in for the question at the end of the page, which is then not asked twice."""

    class Meta:
        icon = "comment"
        label = _("Was this page useful?")
        description = _("Asks readers here, and not at the end of the page.")
        admin_text = _("Readers are asked here whether the page was useful, and not at its end.")
        group = groups.LINKS
        template = "torv_blocks/includes/page_feedback.html"
        preview_template = "torv_blocks/blocks/feedback_preview.html"

    def get_preview_context(self, value: Any, parent_context: Any = None) -> dict[str, Any]:
        context: dict[str, Any] = super().get_preview_context(value, parent_context)
        return {**context, "sample": {"feedback_url": "#"}}
