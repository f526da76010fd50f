"""The vocabulary as a file, in the admin: a button that exports it, and a page that imports one."""

from __future__ import annotations

import tempfile
from io import StringIO
from pathlib import Path
from typing import TYPE_CHECKING, Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.generic import FormView
from wagtail.admin.views.generic import WagtailAdminTemplateMixin
from wagtail.admin.widgets import Button

from .imports.messages import FileRefused
from .topic_files.importer import TopicReport, import_topics
from .topic_files.writer import export_csv

EXPORT_URL = "torv_topics_export"
IMPORT_URL = "torv_topics_import"
#: What an import may do, and an export shows.
PERMISSIONS = ("torv_blocks.add_topic", "torv_blocks.change_topic")
LARGEST = 5_000_000  # bytes


class TopicFileForm(forms.Form):
    file = forms.FileField(
        label=_("File"),
        help_text=_("CSV in UTF-8 with the columns that the export has, or SKOS in Turtle (.ttl)."),
    )
    dry_run = forms.BooleanField(
        label=_("Only check the file"),
        required=False,
        help_text=_("Counts what would change, and writes nothing."),
    )

    def clean_file(self) -> UploadedFile[Any]:
        file: UploadedFile[Any] = self.cleaned_data["file"]
        if (file.size or 0) > LARGEST:
            raise forms.ValidationError(_("The file is larger than 5 MB. Choose a smaller one."))
        return file


if TYPE_CHECKING:
    _FormView = FormView[TopicFileForm]
else:  # Django's views are generic for type checkers only
    _FormView = FormView


class TopicImportView(WagtailAdminTemplateMixin, _FormView):
    """Shows below the form what became of each row; a file that is refused changes nothing."""

    template_name = "torv_directory/admin/topic_import.html"
    form_class = TopicFileForm
    page_title = _("Import topics")
    header_icon = "upload"

    def form_valid(self, form: TopicFileForm) -> HttpResponse:
        report: TopicReport | None = None
        try:
            report = _imported(form.cleaned_data["file"], dry_run=form.cleaned_data["dry_run"])
        except FileRefused as error:
            form.add_error("file", str(error))
        context = self.get_context_data(
            form=form, report=report, is_dry_run=form.cleaned_data["dry_run"], counts=_counts(report)
        )
        return self.render_to_response(context)

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        topics = {"url": reverse("wagtailsnippets_torv_blocks_topic:list"), "label": _("Topics")}
        return [*self.breadcrumbs_items, topics, {"url": "", "label": self.page_title}]


def _imported(file: UploadedFile[Any], *, dry_run: bool) -> TopicReport:
    """Readers want a file on the disk, whose name says what it is."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / f"topics{Path(file.name or '').suffix.lower()}"
        with path.open("wb") as copy:
            for chunk in file.chunks():
                copy.write(chunk)
        return import_topics(path, dry_run=dry_run)


def _counts(report: TopicReport | None) -> dict[str, int]:
    return {outcome.value: report.outcomes.count(outcome) for outcome in report.outcomes} if report else {}


def export_topics(request: HttpRequest) -> HttpResponse:
    text = StringIO()
    export_csv(text)
    # With a mark, so that spreadsheets read the letters right.
    response = HttpResponse(f"\ufeff{text.getvalue()}", content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="topics.csv"'
    return response


def list_buttons(request: HttpRequest) -> list[Button]:
    """Beside the list of topics, for those who may use them."""
    if not request.user.has_perms(PERMISSIONS):
        return []
    return [
        Button(_("Export topics"), url=reverse(EXPORT_URL), icon_name="download", priority=50),
        Button(_("Import topics"), url=reverse(IMPORT_URL), icon_name="upload", priority=60),
    ]
