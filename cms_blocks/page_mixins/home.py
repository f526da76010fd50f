"""The first page of a language."""

from typing import TYPE_CHECKING, Any

from django.core.exceptions import ValidationError
from django.db import models
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, InlinePanel, MultiFieldPanel
from wagtail.models import Orderable, Page, TranslatableMixin

from .. import references
from .base import TorvPageMixin

MAX_TASKS = 8


class HomePageMixin(TorvPageMixin):
    """The first page of a language: search, top tasks, and content below. Needs child rows `top_tasks`."""

    torv_template = "torv_pages/home_page.html"
    asks_feedback = False

    hero_heading = models.CharField(
        _("heading"),
        max_length=120,
        blank=True,
        help_text=_("Large, at the top of the page. Leave empty to use the title."),
    )
    intro = models.TextField(
        _("introduction"), max_length=300, blank=True, help_text=_("One or two sentences.")
    )
    search_prompt = models.CharField(
        _("words above the search field"),
        max_length=120,
        blank=True,
        help_text=_('For example: "What are you looking for?"'),
    )

    content_panels = [
        *Page.content_panels,
        MultiFieldPanel(
            [FieldPanel("hero_heading"), FieldPanel("intro"), FieldPanel("search_prompt")],
            heading=_("Top of the page"),
        ),
        InlinePanel(
            "top_tasks",
            heading=_("Top tasks"),
            label=_("top task"),
            max_num=MAX_TASKS,
            help_text=_("What most people come for: up to eight links, the most wanted first."),
        ),
        FieldPanel("body"),
    ]
    parent_page_types = ["wagtailcore.Page"]

    class Meta:
        abstract = True

    if TYPE_CHECKING:
        top_tasks: Any
        locale_id: int

    @property
    def lead(self) -> str:
        return self.intro or self.search_description

    @property
    def plain_text(self) -> str:
        return "\n".join(filter(None, (self.hero_heading, super().plain_text)))

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context(request, *args, **kwargs)
        return {**context, "top_tasks": references.task_links(self.top_tasks.all(), self.locale_id, request)}


class TaskRow(TranslatableMixin, Orderable):
    """A top task: a link in the reader's words. The subclass adds the ParentalKey `page`."""

    title = models.CharField(_("words of the link"), max_length=80)
    link_page = models.ForeignKey(
        "wagtailcore.Page",
        verbose_name=_("page"),
        null=True,
        blank=True,
        on_delete=models.CASCADE,
        related_name="+",
    )
    link_url = models.URLField(_("or a web address"), max_length=500, blank=True)

    panels = [FieldPanel("title"), FieldPanel("link_page"), FieldPanel("link_url")]

    class Meta(TranslatableMixin.Meta, Orderable.Meta):
        abstract = True
        verbose_name = _("top task")
        verbose_name_plural = _("top tasks")

    def __str__(self) -> str:
        return self.title

    def clean(self) -> None:
        super().clean()
        if self.link_page_id and self.link_url:
            raise ValidationError({"link_url": _("Choose a page or give a web address, not both.")})
        if not (self.link_page_id or self.link_url):
            raise ValidationError({"link_page": _("Choose a page, or give a web address below.")})
