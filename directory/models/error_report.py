"""What readers found to be wrong in an entry."""

from typing import Any

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from .entry import Entry


class ErrorKind(models.TextChoices):
    """What is wrong. The last but one is for those who find themselves in an entry."""

    CONTACT = "contact", _("The phone number, e-mail or website is wrong")
    PLACE = "place", _("The address or the way there is wrong")
    TIMES = "times", _("The meeting times are wrong")
    GONE = "gone", _("It no longer exists")
    PRIVATE = "private", _("It says something about a person that should not be there")
    OTHER = "other", _("Something else")


class ErrorReportStatus(models.TextChoices):
    OPEN = "open", _("Open")
    DEALT_WITH = "dealt-with", _("Dealt with")


class ErrorReport(models.Model):
    """A report about an entry, kept on its source row. It is deleted some time after it is dealt with.

    What people wrote stays in this row: no mail, log or version repeats it.
    """

    Status = ErrorReportStatus
    #: `erase_person` and `export_person` look here too.
    may_name_persons = True

    entry = models.ForeignKey(
        Entry, verbose_name=_("entry"), on_delete=models.CASCADE, related_name="error_reports"
    )
    what = models.CharField(_("what is wrong"), max_length=20, choices=ErrorKind)
    text = models.TextField(_("what should be there"), max_length=2000, blank=True, serialize=False)
    email = models.EmailField(
        _("e-mail for an answer"),
        blank=True,
        serialize=False,
        help_text=_("Private. It is deleted with the report."),
    )
    status = models.CharField(
        _("status"),
        max_length=20,
        choices=ErrorReportStatus,
        default=ErrorReportStatus.OPEN,
        db_index=True,
        help_text=_("What is dealt with is deleted after some weeks."),
    )
    language = models.CharField(_("language"), max_length=12, blank=True, editable=False)
    created_at = models.DateTimeField(_("received"), default=timezone.now, editable=False)
    dealt_with_on = models.DateField(_("dealt with on"), null=True, editable=False)

    class Meta:
        verbose_name = _("reported error")
        verbose_name_plural = _("reported errors")
        ordering = ["-created_at", "-pk"]

    def __str__(self) -> str:
        """Without a word of the report: this is what logs print."""
        return gettext("Report %(number)s on %(entry)s") % {"number": self.pk or "", "entry": self.entry}

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.entry = self.entry.facts
        if self.status == ErrorReportStatus.OPEN:
            self.dealt_with_on = None
        elif self.dealt_with_on is None:
            self.dealt_with_on = timezone.localdate()
        super().save(*args, **kwargs)
