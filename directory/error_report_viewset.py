"""Where editors read what readers found to be wrong."""

from collections.abc import Sequence
from typing import Any, ClassVar

import django_filters
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.panels import FieldPanel, HelpPanel, ObjectList
from wagtail.admin.ui.tables import Column, DateColumn, StatusTagColumn
from wagtail.snippets.bulk_actions.snippet_bulk_action import SnippetBulkAction
from wagtail.snippets.views.snippets import SnippetViewSet

from .models import ErrorKind, ErrorReport, ErrorReportStatus


class ErrorReportFilterSet(WagtailFilterSet):
    status = django_filters.ChoiceFilter(label=_("Status"), choices=ErrorReportStatus.choices)
    what = django_filters.MultipleChoiceFilter(label=_("What is wrong"), choices=ErrorKind.choices)

    class Meta:
        model = ErrorReport
        fields = ["status", "what"]


class ErrorReportViewSet(SnippetViewSet):
    model = ErrorReport
    icon = "warning"
    menu_label = _("Reported errors")
    menu_order = 212
    add_to_admin_menu = True
    copy_view_enabled = False
    list_display = [
        "__str__",
        Column("what", label=_("What is wrong"), accessor="get_what_display", sort_key="what"),
        StatusTagColumn(
            "status",
            label=_("Status"),
            accessor="get_status_display",
            primary=lambda report: report.status == ErrorReportStatus.OPEN,
            sort_key="status",
        ),
        DateColumn("created_at", label=_("Received"), sort_key="created_at"),
    ]
    list_per_page = 50
    filterset_class = ErrorReportFilterSet
    search_backend_name = None
    search_fields = ["entry__name"]
    edit_handler = ObjectList(
        [
            HelpPanel(
                _(
                    "Correct the entry first, and answer if an address is given. Then set the status to "
                    "“Dealt with”: the report and the address are deleted some weeks later."
                )
            ),
            FieldPanel("entry"),
            FieldPanel("what"),
            FieldPanel("text"),
            FieldPanel("email"),
            FieldPanel("status"),
        ]
    )

    def register_chooser_viewset(self) -> None:
        """There is none: nothing refers to a report, and a chooser would show them to all of the staff."""

    def get_queryset(self, request: HttpRequest) -> "QuerySet[ErrorReport]":
        return ErrorReport.objects.select_related("entry")


class DealWithReports(SnippetBulkAction):
    models: ClassVar[list[Any]] = [ErrorReport]
    template_name = "torv_directory/admin/bulk_action.html"
    display_name = _("Mark as dealt with")
    action_type = "deal-with"
    aria_label = _("Mark the chosen reports as dealt with")
    action_priority = 10

    def check_perm(self, snippet: ErrorReport) -> bool:
        return bool(
            self.permission_policy.user_has_permission_for_instance(self.request.user, "change", snippet)
        )

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return {
            **super().get_context_data(**kwargs),
            "title": self.display_name,
            "question": _("Have these errors been corrected, and those who asked for it been answered?"),
        }

    @classmethod
    def execute_action(cls, objects: Sequence[ErrorReport], **kwargs: Any) -> tuple[int, int]:
        for report in objects:
            report.status = ErrorReportStatus.DEALT_WITH
            report.save()
        return len(objects), 0

    def get_success_message(self, num_parent_objects: int, num_child_objects: int) -> str:
        text = ngettext(
            "%(count)d report is dealt with.", "%(count)d reports are dealt with.", num_parent_objects
        )
        return text % {"count": num_parent_objects}
