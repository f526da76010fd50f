"""A success story: who it is about, what has changed, and in whose words."""

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, Any

from django.db import models
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, InlinePanel, MultiFieldPanel
from wagtail.images import get_image_model, get_image_model_string
from wagtail.images.models import Filter
from wagtail.models import Orderable, TranslatableMixin
from wagtail_localize.fields import SynchronizedField

from .. import references
from .article import ArticlePageMixin, top_panels, topics_panel

#: The renditions of a portrait; the templates ask for the same.
PORTRAIT = ("format-{webp,jpeg}", "fill-320x320")

NO_CONSENT = _("Before publishing, get the consent in writing and tick here.")


def consent_field(help_text: Any = "") -> "models.BooleanField[Any, Any]":
    return models.BooleanField(_("I have the consent in writing"), default=False, help_text=help_text)


def consent_reference_field() -> "models.CharField[Any, Any]":
    return models.CharField(
        _("where the consent is kept"),
        max_length=120,
        blank=True,
        help_text=_("For example a case number. Never shown to readers."),
    )


CONSENT_FACTS = [
    SynchronizedField("has_consent", overridable=False),
    SynchronizedField("consent_reference", overridable=False),
]


class StoryPageMixin(ArticlePageMixin):
    """Needs the child rows `changes`, `quotes`, `service_rows` and `topic_rows`."""

    torv_template = "torv_pages/story_page.html"
    search_kind = "story"
    kind_label = _("Story")
    #: Not whom it is about, nor who is quoted: they may be private persons.
    text_relations = ("changes", "quotes")

    who = models.CharField(
        _("whom it is about"),
        max_length=160,
        blank=True,
        help_text=_("Shown as you write it: a group, a first name, or “a citizen, 54”."),
    )
    portrait = models.ForeignKey(
        get_image_model_string(),
        verbose_name=_("portrait"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    portrait_alt = models.CharField(
        _("what the portrait shows"),
        max_length=200,
        blank=True,
        help_text=_("For people who cannot see it."),
    )
    has_consent = consent_field(
        _("From everyone whom readers could recognise: in the text, in the portrait, in films.")
    )
    consent_reference = consent_reference_field()

    content_panels = [
        *top_panels,
        MultiFieldPanel(
            [
                FieldPanel("who"),
                FieldPanel("portrait"),
                FieldPanel("portrait_alt"),
                FieldPanel("has_consent"),
                FieldPanel("consent_reference"),
            ],
            heading=_("Whom it is about"),
        ),
        InlinePanel(
            "changes",
            heading=_("What has changed"),
            label=_("change"),
            help_text=_("What people say they now do themselves, one thing a line."),
        ),
        FieldPanel("body"),
        InlinePanel("quotes", heading=_("What people say"), label=_("quote")),
        InlinePanel(
            "service_rows",
            heading=_("Services that helped"),
            label=_("service"),
            help_text=_("Pages of this website. Readers find the way from the story to the help."),
        ),
        topics_panel(),
    ]
    override_translatable_fields = [SynchronizedField("portrait", overridable=False), *CONSENT_FACTS]

    class Meta:
        abstract = True

    if TYPE_CHECKING:
        changes: Any
        quotes: Any
        service_rows: Any
        locale_id: int
        portrait_id: int | None

    @property
    def share_image(self) -> tuple[Any, str] | None:
        return (self.portrait, self.portrait_alt) if self.portrait else super().share_image

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        return {
            **super().get_context(request, *args, **kwargs),
            "changes": self.changes.all(),
            "quotes": self.quotes.all(),
            "services": self.services(request),
        }

    def services(self, request: HttpRequest) -> list[references.Link]:
        """The pages it concerns that everyone may read, each once."""
        keys = list(dict.fromkeys(row.service_id for row in self.service_rows.all()))
        return references.page_links(keys, self.locale_id, request)

    def publishing_gaps(self, has_rows: Callable[[str], bool] | None = None) -> dict[str, Any]:
        gaps = super().publishing_gaps(has_rows)
        if not self.who:
            gaps["who"] = _("Before publishing, say whom the story is about.")
        if not self.has_consent:
            gaps["has_consent"] = NO_CONSENT
        if self.portrait_id and not self.portrait_alt:
            gaps["portrait_alt"] = _("Before publishing, say what the portrait shows.")
        return gaps


class ChangeRow(TranslatableMixin, Orderable):
    """One thing that has changed. The subclass adds the ParentalKey `page`."""

    text = models.CharField(_("what is different now"), max_length=200)

    panels = [FieldPanel("text")]

    class Meta(TranslatableMixin.Meta, Orderable.Meta):
        abstract = True
        verbose_name = _("change")
        verbose_name_plural = _("changes")

    def __str__(self) -> str:
        return self.text


class QuoteRow(TranslatableMixin, Orderable):
    """What somebody said, with that person's consent. The subclass adds the ParentalKey `page`."""

    unsearched_fields = ("attribution",)

    text = models.TextField(
        _("words"), max_length=800, help_text=_("Without quotation marks; they are added.")
    )
    attribution = models.CharField(
        _("who said it"), max_length=160, help_text=_("A name, or a description such as “a citizen, 54”.")
    )
    has_consent = consent_field()
    consent_reference = consent_reference_field()

    panels = [
        FieldPanel("text"),
        FieldPanel("attribution"),
        FieldPanel("has_consent"),
        FieldPanel("consent_reference"),
    ]
    override_translatable_fields = CONSENT_FACTS

    class Meta(TranslatableMixin.Meta, Orderable.Meta):
        abstract = True
        verbose_name = _("quote")
        verbose_name_plural = _("quotes")

    def __str__(self) -> str:
        return self.attribution

    def publishing_gaps(self) -> dict[str, Any]:
        return {} if self.has_consent else {"has_consent": NO_CONSENT}


class ConcernedServiceRow(Orderable):
    """A page that a story concerns. The subclass adds the ParentalKey `page`."""

    service = models.ForeignKey(
        "wagtailcore.Page", verbose_name=_("page"), on_delete=models.CASCADE, related_name="+"
    )

    panels = [FieldPanel("service")]

    class Meta(Orderable.Meta):
        abstract = True
        verbose_name = _("service")
        verbose_name_plural = _("services")

    def __str__(self) -> str:
        return str(self.service)


def portraits(stories: Iterable[Any]) -> dict[int, Any]:
    """Pictures by key with their renditions, in two queries."""
    keys = [story.portrait_id for story in stories if story.portrait_id]
    found: dict[int, Any] = (
        get_image_model().objects.prefetch_renditions(*Filter.expand_spec(PORTRAIT)).in_bulk(keys)
    )
    return found
