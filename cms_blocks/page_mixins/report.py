"""The report of a meeting: its talks, and what its working groups found."""

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from django.apps import apps
from django.core.exceptions import ValidationError
from django.db import models
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel, InlinePanel
from wagtail.admin.widgets import AdminPageChooser
from wagtail.models import Page, get_page_models
from wagtail_localize.fields import SynchronizedField

from .. import references
from ..article_data import article
from .article import ArticlePageMixin, rich_text, top_panels
from .rows import topics_panel


def edition_types() -> list[type[Page]]:
    """The page types of events' editions: those with `is_event_edition = True`."""
    return [model for model in get_page_models() if getattr(model, "is_event_edition", False)]


class EditionChooser(AdminPageChooser):
    """Offers editions alone. Made with the form, when all page types are known."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(target_models=edition_types() or None, **kwargs)


class EditionPanel(FieldPanel):
    """Hidden on a site without events."""

    class BoundPanel(FieldPanel.BoundPanel):
        def is_shown(self) -> bool:
            return bool(super().is_shown() and edition_types())


class ReportPageMixin(ArticlePageMixin):
    """Needs the child rows `talks`, `working_groups`, `authors`, `attachments` and `topic_rows`."""

    torv_template = "torv_pages/report_page.html"
    search_kind = "report"
    kind_label = _("Report")
    schema_type = "Report"
    text_fields = ("motto", "abstract", "file_reference")
    text_relations = ("talks", "working_groups", "authors", "attachments")

    motto = models.CharField(
        _("motto"), max_length=200, blank=True, help_text=_("A sentence that the meeting stood under.")
    )
    abstract = rich_text(_("abstract"), _("What the meeting was about and what it was for, in a few lines."))
    published_on = models.DateField(_("date of the report"), null=True, blank=True)
    file_reference = models.CharField(
        _("file reference"), max_length=80, blank=True, help_text=_("Shown at the end of the page.")
    )
    edition = models.ForeignKey(
        "wagtailcore.Page",
        verbose_name=_("meeting"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        help_text=_("The meeting that this is the report of."),
    )

    content_panels = [
        *top_panels,
        FieldPanel("motto"),
        FieldPanel("abstract"),
        EditionPanel("edition", widget=EditionChooser),
        InlinePanel("talks", heading=_("Talks"), label=_("talk")),
        InlinePanel(
            "working_groups",
            heading=_("Working groups"),
            label=_("working group"),
            help_text=_("Each with its question and its results."),
        ),
        FieldPanel("body"),
        InlinePanel("authors", heading=_("Authors"), label=_("author")),
        InlinePanel("attachments", heading=_("Attachments"), label=_("attachment")),
        FieldRowPanel([FieldPanel("published_on"), FieldPanel("file_reference")]),
        topics_panel(),
    ]
    override_translatable_fields = [SynchronizedField("file_reference", overridable=False)]

    class Meta:
        abstract = True

    if TYPE_CHECKING:
        authors: Any
        talks: Any
        attachments: Any
        locale_id: int
        edition_id: int | None

    def clean(self) -> None:
        super().clean()
        if self.edition and not getattr(self.edition.specific_class, "is_event_edition", False):
            raise ValidationError({"edition": _("Choose a meeting: this page is not one.")})

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        return {
            **super().get_context(request, *args, **kwargs),
            "edition": self.edition_link(request),
            "talks": self.talks.select_related("document"),
            "attachments": self.attachments.select_related("document"),
        }

    def edition_link(self, request: HttpRequest) -> references.Link | None:
        """The meeting in the reader's language; None where it is not public."""
        if not self.edition_id:
            return None
        return next(iter(references.page_links([self.edition_id], self.locale_id, request)), None)

    def structured_data(self, request: HttpRequest) -> dict[str, Any] | None:
        authors = [{"@type": "Person", "name": row.name} for row in self.authors.all()]
        return article(self, request, author=authors)


def reports_of(edition: Page, request: HttpRequest) -> list[references.Link]:
    """The public reports of an edition, in the edition's language where they are translated."""
    keys = list(_report_keys(Page.objects.filter(translation_key=edition.translation_key).values("pk")))
    return references.page_links(keys, edition.locale_id, request)


def _report_keys(editions: Any) -> Iterable[int]:
    for model in apps.get_models():
        if issubclass(model, ReportPageMixin):
            found = model._default_manager.filter(edition__in=editions).order_by("published_on", "pk")
            yield from found.values_list("pk", flat=True)
