"""Background work of the directory."""

from collections.abc import Iterator

from django.urls import reverse
from django.utils.functional import lazy
from django.utils.translation import gettext
from django_tasks import task

from cms_blocks.recipients import admin_address, admin_language, readers, tell_address

from . import conf
from .models import ErrorReport


@task()
def tell_editors(report_id: int) -> bool:
    """Says that there is a report and where; neither its words nor who sent it. One mail for each address."""
    report = ErrorReport.objects.filter(pk=report_id).select_related("entry__locale").first()
    if report is None:
        return False
    for address, language in _readers(report):
        tell_address(address, language, _subject(report), _lines(report, _report_address(report)))
    if feedback := report.entry.feedback_email:
        language = report.entry.locale.language_code
        tell_address(feedback, language, _subject(report), _lines(report, ""))
    return True


def _readers(report: ErrorReport) -> Iterator[tuple[str, str]]:
    """Addresses with their language: that of the setting, else of all who may change reports."""
    if address := conf.current().error_report_email:
        yield address, report.entry.locale.language_code
        return
    for user in readers(ErrorReport, "change"):
        yield user.email, admin_language(user)


def _subject_of(report: ErrorReport) -> str:
    return gettext("An error is reported in %(entry)s") % {"entry": _name(report)}


_subject = lazy(_subject_of, str)


def _lines(report: ErrorReport, where: str) -> Iterator[str]:
    values = {"entry": _name(report), "what": report.get_what_display()}
    yield gettext("Somebody reports about %(entry)s: %(what)s.") % values
    yield where


def _name(report: ErrorReport) -> str:
    return " ".join(report.entry.name.split())


def _report_address(report: ErrorReport) -> str:
    edit = ErrorReport.snippet_viewset.get_url_name("edit")  # type: ignore[attr-defined]
    return admin_address(reverse(edit, args=[report.pk]))
