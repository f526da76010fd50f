"""“Report an error”: the form, what becomes of a report, and when it is deleted."""

from datetime import timedelta
from typing import Any

from django import forms
from django.db import transaction
from django.urls import NoReverseMatch, reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from cms_blocks.public_forms import ConfidentialForm

from . import conf
from .models import Entry, ErrorKind, ErrorReport, ErrorReportStatus


class ErrorReportForm(ConfidentialForm):
    purpose = "entry-error"

    what = forms.ChoiceField(
        label=_("What is wrong?"),
        choices=[("", pgettext_lazy("empty choice", "Choose")), *ErrorKind.choices],
    )
    text = forms.CharField(
        label=_("What should be there?"),
        max_length=2000,
        required=False,
        help_text=_("Write what you know. Leave out names and illnesses of other people."),
        widget=forms.Textarea(attrs={"rows": 5}),
    )
    email = forms.EmailField(
        label=_("Your e-mail"),
        required=False,
        help_text=_("Only if you want an answer. We delete it some weeks after the error is corrected."),
    )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if cleaned.get("what") == ErrorKind.OTHER and "text" in cleaned and not cleaned["text"]:
            self.add_error("text", _("Say in a few words what is wrong."))
        return cleaned

    def save(self, entry: Entry, language: str) -> ErrorReport:
        """Waits for the editors, who are told that it is there."""
        from .tasks import tell_editors

        values = {name: self.cleaned_data[name] for name in ("what", "text", "email")}
        report = ErrorReport.objects.create(entry=entry.facts, language=language, **values)
        transaction.on_commit(lambda: tell_editors.enqueue(report.pk))
        return report


def form_url(facts: Entry) -> str:
    """The address of the form; empty where the host has not included `directory.urls`."""
    if not facts.pk:
        return ""
    try:
        return reverse("torv_directory:report_error", args=[facts.translation_key])
    except NoReverseMatch:
        return ""


def delete_old() -> int:
    """Reports that were dealt with long enough ago, with the addresses of those who sent them."""
    limit = timezone.localdate() - timedelta(days=conf.current().error_reports_kept_days)
    old = ErrorReport.objects.filter(status=ErrorReportStatus.DEALT_WITH, dealt_with_on__lte=limit)
    return old.delete()[0]
