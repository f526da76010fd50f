"""A way through several pages, step by step, and the line on each page that says which way it is part of."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.apps import apps
from django.db import models
from django.db.models import Q
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, InlinePanel
from wagtail.models import Orderable, Page, TranslatableMixin

from .. import references
from ..article_data import article
from .article import ArticlePageMixin, rich_text, top_panels
from .rows import topics_panel

#: The choosers of a step, in their order.
PAGES = ("first_page", "second_page", "third_page")


class Logic(models.TextChoices):
    THEN = "then", _("then: a step of its own")
    AND = "and", _("and: at the same time as the step before")
    OR = "or", _("or: instead of the step before")


@dataclass(frozen=True, kw_only=True)
class GuideStep:
    """A step as shown. A step that begins with “and” or “or” has the number of the one before."""

    title: str
    text: str
    logic: str
    number: int
    links: list[references.Link]


@dataclass(frozen=True, kw_only=True)
class PartOf:
    """What a page used in a step says about it."""

    guide: references.Link
    number: int
    title: str
    before: str
    after: str


class StepByStepPageMixin(ArticlePageMixin):
    """Needs the child rows `steps` (of `GuideStepRow`) and `topic_rows`."""

    torv_template = "torv_pages/step_by_step_page.html"
    search_kind = "guide"
    kind_label = _("Step by step")
    schema_type = "HowTo"
    text_fields = ("introduction",)
    text_relations = ("steps",)

    introduction = rich_text(_("introduction"), _("A few lines before the first step."))

    content_panels = [
        *top_panels,
        FieldPanel("introduction"),
        InlinePanel("steps", heading=_("Steps"), label=_("step"), help_text=_("Shown with numbers.")),
        FieldPanel("body"),
        topics_panel(),
    ]

    class Meta:
        abstract = True

    if TYPE_CHECKING:
        steps: Any
        locale_id: int

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        return {**super().get_context(request, *args, **kwargs), "steps": self.shown_steps(request)}

    def shown_steps(self, request: HttpRequest) -> list[GuideStep]:
        """Pages that nobody may read any more are left out. Three queries for all links."""
        rows = list(self.steps.all())
        pages = references.live_pages([key for row in rows for key in row.page_keys], self.locale_id)
        return [
            GuideStep(
                title=row.title,
                text=row.text,
                logic=row.logic if position else Logic.THEN,
                number=number,
                links=references.links_to((pages[key] for key in row.page_keys if key in pages), request),
            )
            for position, (row, number) in enumerate(zip(rows, numbers(rows), strict=True))
        ]

    def structured_data(self, request: HttpRequest) -> dict[str, Any] | None:
        steps = [{"@type": "HowToStep", "name": row.title} for row in self.steps.all()]
        data = article(self, request, step=steps)
        return {"name": data.pop("headline"), **data}

    def publishing_gaps(self, has_rows: Callable[[str], bool] | None = None) -> dict[str, Any]:
        gaps = super().publishing_gaps(has_rows)
        if not (has_rows or self.has_rows)("steps"):
            gaps["steps"] = _("Before publishing, write at least one step.")
        return gaps


class GuideStepRow(TranslatableMixin, Orderable):
    """A step and the pages it uses. The subclass adds the ParentalKey `page`."""

    title = models.CharField(
        _("step"), max_length=120, help_text=_("Begin with what to do: Call us, Fill in the form.")
    )
    logic = models.CharField(_("how it follows"), max_length=4, choices=Logic, default=Logic.THEN)
    text = rich_text(_("more about it"))
    # The key stays when a page is moved or renamed.
    first_page = models.ForeignKey(
        "wagtailcore.Page",
        verbose_name=_("page to read"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    second_page = models.ForeignKey(
        "wagtailcore.Page",
        verbose_name=_("second page"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    third_page = models.ForeignKey(
        "wagtailcore.Page",
        verbose_name=_("third page"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )

    panels = [FieldPanel("title"), FieldPanel("logic"), FieldPanel("text"), *map(FieldPanel, PAGES)]

    class Meta(TranslatableMixin.Meta, Orderable.Meta):
        abstract = True
        verbose_name = _("step")
        verbose_name_plural = _("steps")

    def __str__(self) -> str:
        return self.title

    @property
    def page_keys(self) -> list[int]:
        keys = (getattr(self, f"{name}_id") for name in PAGES)
        return [key for key in dict.fromkeys(keys) if key]


def numbers(rows: list[Any]) -> list[int]:
    """The number of each step: “and” and “or” do not count on."""
    found: list[int] = []
    for row in rows:
        before = found[-1] if found else 0
        found.append(before if found and row.logic != Logic.THEN else before + 1)
    return found


def part_of(page: Any, request: HttpRequest) -> list[PartOf]:
    """The guides that use a page, in its language, each with the place of the page in it.

    The number of queries does not depend on the number of guides or steps.
    """
    rows = _rows_of_guides(page)
    guides = {
        guide.pk: guide
        for guide in Page.objects.live()
        .public()
        .filter(pk__in={row.page_id for row in rows}, locale_id=page.locale_id)
        .select_related(*references.ORIGINAL)
    }
    by_guide: dict[int, list[Any]] = {key: [] for key in guides}
    for row in rows:
        if row.page_id in by_guide:
            by_guide[row.page_id].append(row)
    keys = _keys_of(page) if by_guide else set()
    places = (_place(guides[key], steps, keys, request) for key, steps in by_guide.items())
    return [place for place in places if place]


def _keys_of(page: Any) -> set[int]:
    """Steps name the page in the language in which they were written."""
    return set(Page.objects.filter(translation_key=page.translation_key).values_list("pk", flat=True))


def _rows_of_guides(page: Any) -> list[Any]:
    """All steps of the guides that use the page, in order."""
    rows: list[Any] = []
    versions = Page.objects.filter(translation_key=page.translation_key).values("pk")
    for model in apps.get_models():
        if issubclass(model, GuideStepRow):
            uses = Q()
            for name in PAGES:
                uses |= Q(**{f"{name}__in": versions})
            guides = model._default_manager.filter(uses).values("page")
            rows += model._default_manager.filter(page__in=guides).order_by("page", "sort_order")
    return rows


def _place(guide: Page, steps: list[Any], keys: set[int], request: HttpRequest) -> PartOf | None:
    links = references.links_to([guide], request)
    position = next((at for at, row in enumerate(steps) if keys.intersection(row.page_keys)), None)
    if not links or position is None:
        return None
    return PartOf(
        guide=links[0],
        number=numbers(steps)[position],
        title=steps[position].title,
        before=steps[position - 1].title if position else "",
        after=steps[position + 1].title if position + 1 < len(steps) else "",
    )
