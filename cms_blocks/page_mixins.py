"""Behaviour of Torv's page types, for Torv's own pages and for hosts with a base page of their own.

A host's page is `class InfoPage(StandardPageMixin, HostBasePage)` with child models made of the
row classes below; `cms_blocks.pages` does just that on Wagtail's Page.
"""

from typing import TYPE_CHECKING, Any

from django.core.exceptions import ValidationError
from django.db import models
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, InlinePanel, MultiFieldPanel
from wagtail.models import Orderable, Page, TranslatableMixin

from . import references
from .fields import ContentField
from .models import ContactPerson, Topic
from .plain_text import stream_text

MAX_TASKS = 8


class TorvPageMixin(models.Model):
    """What all Torv pages share: a body of blocks, and the language their text is written in."""

    #: Template used where the host has none named after its own page type.
    torv_template: str

    body = ContentField(verbose_name=_("content"), blank=True)

    class Meta:
        abstract = True

    if TYPE_CHECKING:
        title: str
        search_description: str

    @property
    def lead(self) -> str:
        """One or two plain sentences for lists, search results and descriptions."""
        return getattr(self, "summary", "") or self.search_description

    @property
    def content_lang(self) -> str:
        """The language of the text: an alias shows its original's."""
        return str(references.original(self).locale.language_code)

    @property
    def plain_text(self) -> str:
        """The words of the page below its title and lead, for the search; one line for each piece."""
        return stream_text(self.body)

    def get_template(self, request: HttpRequest, *args: Any, **kwargs: Any) -> list[str]:
        return [super().get_template(request, *args, **kwargs), self.torv_template]  # type: ignore[misc]

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context(request, *args, **kwargs)  # type: ignore[misc]
        return {**context, "content_lang": self.content_lang}


class SummaryMixin(models.Model):
    summary = models.TextField(
        _("summary"),
        max_length=300,
        blank=True,
        help_text=_("One or two sentences. Shown at the top of the page and in lists."),
    )

    class Meta:
        abstract = True


class HomePageMixin(TorvPageMixin):
    """The first page of a language: search, top tasks, and content below. Needs child rows `top_tasks`."""

    torv_template = "torv_pages/home_page.html"

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

    @property
    def lead(self) -> str:
        return self.intro or self.search_description

    @property
    def plain_text(self) -> str:
        return "\n".join(filter(None, (self.hero_heading, super().plain_text)))

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context(request, *args, **kwargs)
        return {**context, "top_tasks": references.task_links(self, request)}


class SectionPageMixin(TorvPageMixin, SummaryMixin):
    """Leads to the pages below it, each shown as a card."""

    torv_template = "torv_pages/section_page.html"

    content_panels = [*Page.content_panels, FieldPanel("summary"), FieldPanel("body")]

    class Meta:
        abstract = True

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context(request, *args, **kwargs)
        return {**context, "cards": references.child_cards(self, request)}


class StandardPageMixin(TorvPageMixin, SummaryMixin):
    """A page of text with topics and contact persons. Needs child rows `topic_rows` and `contact_rows`."""

    torv_template = "torv_pages/standard_page.html"

    content_panels = [
        *Page.content_panels,
        FieldPanel("summary"),
        FieldPanel("body"),
        InlinePanel(
            "topic_rows",
            heading=_("Topics"),
            label=_("topic"),
            help_text=_("Readers can search and filter by them."),
        ),
        InlinePanel(
            "contact_rows",
            heading=_("Contact persons"),
            label=_("contact person"),
            help_text=_("Shown at the end of the page, in this order."),
        ),
    ]

    class Meta:
        abstract = True

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context(request, *args, **kwargs)
        return {**context, "topics": references.topics(self), "contacts": references.contacts(self)}


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


class TopicRow(Orderable):
    """A topic a page carries, always by its source row. The subclass adds the ParentalKey `page`."""

    topic = models.ForeignKey(Topic, verbose_name=_("topic"), on_delete=models.CASCADE, related_name="+")

    panels = [FieldPanel("topic")]

    class Meta(Orderable.Meta):
        abstract = True
        verbose_name = _("topic")
        verbose_name_plural = _("topics")

    def __str__(self) -> str:
        return str(self.topic)

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.topic = self.topic.facts
        super().save(*args, **kwargs)


class ContactRow(Orderable):
    """A contact person of a page, always by the source row. The subclass adds the ParentalKey `page`."""

    # A person in use cannot be deleted: the pages would lose their only contact unseen.
    person = models.ForeignKey(
        ContactPerson, verbose_name=_("contact person"), on_delete=models.PROTECT, related_name="+"
    )

    panels = [FieldPanel("person")]

    class Meta(Orderable.Meta):
        abstract = True
        verbose_name = _("contact person")
        verbose_name_plural = _("contact persons")

    def __str__(self) -> str:
        return str(self.person)

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.person = self.person.facts
        super().save(*args, **kwargs)
