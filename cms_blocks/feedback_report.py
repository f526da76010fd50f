"""What readers answered to “Was this page useful?”: all pages, and each with reasons and words."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import django_filters
from django.core.exceptions import PermissionDenied
from django.db.models import Count, F, OuterRef, Q, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce
from django.http import HttpRequest, HttpResponse
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.menu import MenuItem
from wagtail.admin.ui.tables import Column, TitleColumn
from wagtail.admin.views.reports import ReportView
from wagtail.admin.widgets.button import Button
from wagtail.models import Locale, Page

from .day_column import DayColumn
from .models import VIEW_FEEDBACK, FeedbackReason, PageFeedback
from .spreadsheets import TextCellsMixin

URL_NAME = "torv_blocks_feedback_report"
RESULTS_URL_NAME = "torv_blocks_feedback_report_results"
PAGE_URL_NAME = "torv_blocks_feedback_of_page"
PAGE_RESULTS_URL_NAME = "torv_blocks_feedback_of_page_results"

#: Days of each choice of the period.
PERIODS = {"30": _("Last 30 days"), "90": _("Last 90 days"), "365": _("Last 12 months")}


def may_read(user: Any) -> bool:
    return bool(user.has_perm(VIEW_FEEDBACK))


class _ForReaders(TextCellsMixin, ReportView):
    """A report that opens for those alone who may read what citizens wrote."""

    header_icon = "comment"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not may_read(request.user):
            raise PermissionDenied
        response: HttpResponse = super().dispatch(request, *args, **kwargs)
        return response


class PagesFilterSet(WagtailFilterSet):
    """The period decides what is counted, see `FeedbackReport.get_base_queryset`."""

    period = django_filters.ChoiceFilter(label=_("Period"), choices=list(PERIODS.items()), method="unchanged")
    locale = django_filters.ModelChoiceFilter(label=_("Language"), queryset=Locale.objects.all())

    class Meta:
        model = Page
        fields = ["locale"]

    def unchanged(self, pages: "QuerySet[Page]", name: str, value: str) -> "QuerySet[Page]":
        return pages


class FeedbackReport(_ForReaders):
    """Pages that were answered for, those with most answers “no” first."""

    model = Page
    page_title = _("Was this page useful?")
    index_url_name = URL_NAME
    index_results_url_name = RESULTS_URL_NAME
    filterset_class = PagesFilterSet
    default_ordering = "-useless"
    list_export = ["title", "language", "useful", "useless", *FeedbackReason.values]
    export_headings = {
        "title": _("Page"),
        "language": _("Language"),
        "useful": _("Yes"),
        "useless": _("No"),
        **dict(FeedbackReason.choices),
    }

    @property
    def columns(self) -> list[Column]:
        return [
            TitleColumn("title", label=_("Page"), accessor="title", get_url=_page_report),
            Column("language", label=_("Language")),
            Column("useful", label=_("Yes"), sort_key="useful"),
            Column("useless", label=_("No"), sort_key="useless"),
            Column("most", label=_("Most frequent reason"), accessor=_most_frequent),
        ]

    def get_base_queryset(self) -> "QuerySet[Page]":
        answers = _since(PageFeedback.objects.filter(page=OuterRef("pk")), self.request.GET.get("period", ""))
        counts = {
            "useful": Q(is_useful=True),
            "useless": Q(is_useful=False),
            **{reason: Q(reason=reason) for reason in FeedbackReason.values},
        }
        columns = {name: _counted(answers.filter(which)) for name, which in counts.items()}
        pages = Page.objects.annotate(language=F("locale__language_code"), **columns)
        return pages.filter(Q(useful__gt=0) | Q(useless__gt=0))

    def get_filename(self) -> str:
        return f"feedback-{timezone.localdate():%Y-%m-%d}"


def _since(answers: "QuerySet[PageFeedback]", period: str) -> "QuerySet[PageFeedback]":
    if period not in PERIODS:
        return answers
    return answers.filter(given_on__gt=timezone.localdate() - timedelta(days=int(period)))


def _counted(answers: "QuerySet[PageFeedback]") -> Coalesce:
    rows = answers.order_by().values("page").annotate(number=Count("pk")).values("number")
    return Coalesce(Subquery(rows), Value(0))


def _most_frequent(page: Page) -> str:
    numbers = {reason: getattr(page, reason.value) for reason in FeedbackReason}
    most = max(numbers, key=lambda reason: numbers[reason])
    return f"{most.label} ({numbers[most]})" if numbers[most] else ""


def _page_report(page: Page) -> str:
    return reverse(PAGE_URL_NAME, args=[page.pk])


class AnswersFilterSet(WagtailFilterSet):
    period = django_filters.ChoiceFilter(label=_("Period"), choices=list(PERIODS.items()), method="since")
    reason = django_filters.MultipleChoiceFilter(label=_("Reason"), choices=FeedbackReason.choices)

    class Meta:
        model = PageFeedback
        fields = ["is_useful", "reason"]

    def since(self, answers: "QuerySet[PageFeedback]", name: str, value: str) -> "QuerySet[PageFeedback]":
        return _since(answers, value)


class PageReport(_ForReaders):
    """The answers of one page, newest first, with the counts of what is chosen above them."""

    model = PageFeedback
    index_url_name = PAGE_URL_NAME
    index_results_url_name = PAGE_RESULTS_URL_NAME
    filterset_class = AnswersFilterSet
    default_ordering = "-given_on"
    list_export = ["given_on", "is_useful", "get_reason_display", "text"]
    export_headings = {
        "given_on": _("Date"),
        "is_useful": _("Useful"),
        "get_reason_display": _("Reason"),
        "text": _("In the reader's words"),
    }
    columns = [
        DayColumn("given_on", label=_("Date"), sort_key="given_on"),
        Column("is_useful", label=_("Useful"), accessor=lambda one: _("Yes") if one.is_useful else _("No")),
        Column("reason", label=_("Reason"), accessor="get_reason_display"),
        Column("text", label=_("In the reader's words")),
    ]

    def get_page_title(self) -> Any:
        return _("Was this page useful?")

    def get_page_subtitle(self) -> str:
        found = Page.objects.filter(pk=self.kwargs["page_id"]).first()
        counts = self.get_base_queryset().aggregate(
            yes=Count("pk", filter=Q(is_useful=True)), no=Count("pk", filter=Q(is_useful=False))
        )
        words = _("%(title)s: %(yes)s yes, %(no)s no")
        return str(words) % {"title": found.title if found else "", **counts}

    def get_base_queryset(self) -> "QuerySet[PageFeedback]":
        return PageFeedback.objects.filter(page=self.kwargs["page_id"])

    def get_index_url(self) -> str:
        return reverse(PAGE_URL_NAME, args=[self.kwargs["page_id"]])

    def get_index_results_url(self) -> str:
        return reverse(PAGE_RESULTS_URL_NAME, args=[self.kwargs["page_id"]])

    def get_filename(self) -> str:
        return f"feedback-{self.kwargs['page_id']}-{timezone.localdate():%Y-%m-%d}"


class FeedbackReportItem(MenuItem):
    def is_shown(self, request: HttpRequest) -> bool:
        return may_read(request.user)


def register_feedback_item() -> MenuItem:
    return FeedbackReportItem(
        _("Was this page useful?"), reverse(URL_NAME), name="feedback", icon_name="comment", order=1210
    )


def feedback_button(page: Page, user: Any, view_name: str, next_url: str | None = None) -> Iterator[Button]:
    """In the page's own menu, to what its readers answered."""
    if getattr(page.specific_class, "asks_feedback", False) and page.pk and may_read(user):
        yield Button(_("Was this page useful?"), _page_report(page), icon_name="comment", priority=68)


def feedback_urls() -> list[URLPattern]:
    one = "reports/feedback/<int:page_id>/"
    return [
        path("reports/feedback/", FeedbackReport.as_view(), name=URL_NAME),
        path("reports/feedback/results/", FeedbackReport.as_view(results_only=True), name=RESULTS_URL_NAME),
        path(one, PageReport.as_view(), name=PAGE_URL_NAME),
        path(f"{one}results/", PageReport.as_view(results_only=True), name=PAGE_RESULTS_URL_NAME),
    ]
