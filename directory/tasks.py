"""Background work of the directory."""

from collections.abc import Sequence

from django.conf import settings
from django.core.mail import send_mail
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext
from django_tasks import task
from wagtail.permission_policies import ModelPermissionPolicy

from cms_blocks.recipients import by_language

from . import conf
from .models import ErrorReport


@task()
def tell_editors(report_id: int) -> bool:
    """Says that there is a report and where; neither its words nor who sent it."""
    report = ErrorReport.objects.filter(pk=report_id).select_related("entry__locale").first()
    if report is None:
        return False
    for language, addresses in _readers(report).items():
        _send(report, language, addresses, admin_address(report))
    if feedback := report.entry.feedback_email:
        _send(report, report.entry.locale.language_code, [feedback], "")
    return True


def _readers(report: ErrorReport) -> dict[str, list[str]]:
    """Language -> addresses: that of the setting, else of all who may change reports."""
    if address := conf.current().error_report_email:
        return {report.entry.locale.language_code: [address]}
    users = ModelPermissionPolicy(ErrorReport).users_with_permission("change")
    return {language: [user.email for user in found] for language, found in by_language(users).items()}


def _send(report: ErrorReport, language: str, addresses: Sequence[str], where: str) -> None:
    """One mail for each address: none learns of the others."""
    with translation.override(language):
        values = {"entry": " ".join(report.entry.name.split()), "what": report.get_what_display()}
        subject = gettext("An error is reported in %(entry)s") % values
        text = gettext("Somebody reports about %(entry)s: %(what)s.") % values
        for address in addresses:
            body = "\n\n".join(filter(None, (text, where)))
            send_mail(subject, body, settings.DEFAULT_FROM_EMAIL, [address])


def admin_address(report: ErrorReport) -> str:
    edit = reverse(ErrorReport.snippet_viewset.get_url_name("edit"), args=[report.pk])  # type: ignore[attr-defined]
    return f"{settings.WAGTAILADMIN_BASE_URL}{edit}"
