"""A page that leads to the pages below it."""

from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.models import Page

from .. import references
from .base import SummaryMixin, TorvPageMixin


class SectionPageMixin(TorvPageMixin, SummaryMixin):
    """Leads to the pages below it, each shown as a card."""

    torv_template = "torv_pages/section_page.html"
    kind_label = _("Overview")

    content_panels = [*Page.content_panels, FieldPanel("summary"), FieldPanel("body")]

    class Meta:
        abstract = True

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context(request, *args, **kwargs)
        return {**context, "cards": references.child_cards(self, request)}
