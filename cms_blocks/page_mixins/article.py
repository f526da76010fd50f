"""What stories, reports, news and other articles share."""

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.fields import RichTextField
from wagtail.models import Page

from .. import references
from ..article_data import article
from ..related import related_pages
from .base import SummaryMixin, TorvPageMixin
from .publishing import GapsPanel, PublishingForm, PublishingRulesMixin

TEXT = ["bold", "italic", "ol", "ul", "link"]

#: What the form of every article begins with.
top_panels = [GapsPanel(), *Page.content_panels, FieldPanel("summary")]


def rich_text(label: Any, help_text: Any = "") -> RichTextField:
    return RichTextField(label, blank=True, features=TEXT, help_text=help_text)


class ArticlePageMixin(PublishingRulesMixin, TorvPageMixin, SummaryMixin):
    """A page with a summary and a body, which may carry topics (child rows `topic_rows`)."""

    #: The type of schema.org.
    schema_type = "Article"
    base_form_class = PublishingForm

    class Meta:
        abstract = True

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context(request, *args, **kwargs)
        if not hasattr(self, "topic_rows"):
            return context
        return {
            **context,
            "topics": references.topics(self),
            "related_pages": related_pages(self, request),
        }

    def structured_data(self, request: HttpRequest) -> dict[str, Any] | None:
        return article(self, request)

    def publishing_gaps(self, has_rows: Callable[[str], bool] | None = None) -> dict[str, Any]:
        if self.summary:
            return {}
        return {"summary": _("Before publishing, say in one or two sentences what this page tells.")}
