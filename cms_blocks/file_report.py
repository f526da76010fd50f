"""The report of public files whose text the search does not have, or not all of it, and why."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.admin.menu import MenuItem
from wagtail.admin.ui.tables import Column, DateColumn, TitleColumn
from wagtail.admin.views.reports import ReportView
from wagtail.documents import get_document_model
from wagtail.permissions import policy_registry

from .models import FileText
from .spreadsheets import TextCellsMixin

URL_NAME = "torv_blocks_file_report"
RESULTS_URL_NAME = "torv_blocks_file_report_results"


def may_read(user: Any) -> bool:
    """Who may change files, and so can do something about it."""
    return bool(_policy().user_has_permission(user, "change"))


def _policy() -> Any:
    return policy_registry.get_by_type(get_document_model())


class FileReport(TextCellsMixin, ReportView):
    model = FileText
    page_title = _("Files without text")
    header_icon = "doc-full-inverse"
    index_url_name = URL_NAME
    index_results_url_name = RESULTS_URL_NAME
    default_ordering = "document__title"
    list_export = ["document.title", "get_note_display", "read_at"]
    export_headings = {
        "document.title": _("Title"),
        "get_note_display": _("Why"),
        "read_at": _("Last tried"),
    }
    columns = [
        TitleColumn(
            "document",
            label=_("Title"),
            get_url=lambda row: reverse("wagtaildocs:edit", args=[row.document_id]),
        ),
        Column("note", label=_("Why"), accessor="get_note_display"),
        DateColumn("read_at", label=_("Last tried"), sort_key="read_at"),
    ]

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not may_read(request.user):
            raise PermissionDenied
        response: HttpResponse = super().dispatch(request, *args, **kwargs)
        return response

    def get_base_queryset(self) -> QuerySet[FileText]:
        mine = _policy().instances_user_has_permission_for(self.request.user, "change")
        return FileText.objects.exclude(note="").filter(document__in=mine).select_related("document")

    def get_filename(self) -> str:
        return f"files-without-text-{timezone.localdate():%Y-%m-%d}"


class FileReportItem(MenuItem):
    def is_shown(self, request: HttpRequest) -> bool:
        return may_read(request.user)


def register_file_report_item() -> MenuItem:
    return FileReportItem(
        _("Files without text"), reverse(URL_NAME), name="files", icon_name="doc-full-inverse", order=1210
    )


def file_report_urls() -> list[URLPattern]:
    return [
        path("reports/files/", FileReport.as_view(), name=URL_NAME),
        path("reports/files/results/", FileReport.as_view(results_only=True), name=RESULTS_URL_NAME),
    ]
