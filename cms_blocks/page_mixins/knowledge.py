"""A knowledge article: texts under headings, each with examples and conditions."""

from typing import TYPE_CHECKING, Any

from django.db import models
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, InlinePanel
from wagtail.models import Orderable, TranslatableMixin

from .article import ArticlePageMixin, rich_text, top_panels
from .rows import topics_panel


class KnowledgePageMixin(ArticlePageMixin):
    """Needs the child rows `sections` and `topic_rows`."""

    torv_template = "torv_pages/knowledge_page.html"
    search_kind = "knowledge"
    kind_label = _("Knowledge")
    text_fields = ("introduction",)
    text_relations = ("sections",)

    introduction = rich_text(_("introduction"), _("A few lines before the first heading."))

    content_panels = [
        *top_panels,
        FieldPanel("introduction"),
        InlinePanel(
            "sections",
            heading=_("Texts"),
            label=_("text"),
            help_text=_(
                "Each under its heading, in this order. Give the next one the same heading to "
                "put both under it."
            ),
        ),
        FieldPanel("body"),
        topics_panel(),
    ]

    class Meta:
        abstract = True

    if TYPE_CHECKING:
        sections: Any

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        return {**super().get_context(request, *args, **kwargs), "sections": self.sections.all()}


class KnowledgeSectionRow(TranslatableMixin, Orderable):
    """A text: introduction, examples and conditions. The subclass adds the ParentalKey `page`."""

    heading = models.CharField(_("heading"), max_length=160)
    title = models.CharField(_("title of the text"), max_length=200, blank=True)
    introduction = rich_text(_("introduction"))
    examples = rich_text(_("examples"), _("As a list."))
    conditions = rich_text(_("conditions"), _("As a list: what must be there for it to work."))

    panels = [
        FieldPanel("heading"),
        FieldPanel("title"),
        FieldPanel("introduction"),
        FieldPanel("examples"),
        FieldPanel("conditions"),
    ]

    class Meta(TranslatableMixin.Meta, Orderable.Meta):
        abstract = True
        verbose_name = _("text")
        verbose_name_plural = _("texts")

    def __str__(self) -> str:
        return self.title or self.heading
