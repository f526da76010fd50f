"""A page of text with topics and contact persons."""

from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.models import Page

from .. import references
from ..related import related_pages
from .base import SummaryMixin, TorvPageMixin
from .rows import contacts_panel, topics_panel


class StandardPageMixin(TorvPageMixin, SummaryMixin):
    """A page of text with topics and contact persons. Needs child rows `topic_rows` and `contact_rows`."""

    torv_template = "torv_pages/standard_page.html"
    kind_label = _("Information")

    content_panels = [
        *Page.content_panels,
        FieldPanel("summary"),
        FieldPanel("body"),
        topics_panel(),
        contacts_panel(_("Shown at the end of the page, in this order.")),
    ]

    class Meta:
        abstract = True

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context(request, *args, **kwargs)
        return {
            **context,
            "topics": references.topics(self),
            "contacts": references.contacts(self),
            "related_pages": related_pages(self, request),
        }
