"""What the search knows of a file's inside."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.documents import get_document_model_string

from .. import file_text


class Note(models.TextChoices):
    """Why a file's text is not searched, or not all of it."""

    CUT = file_text.CUT, _("Long: only the beginning of its text is searched.")
    LOCKED = file_text.LOCKED, _("Encrypted: its text cannot be read.")
    NO_TEXT = file_text.NO_TEXT, _("No text in it, only pictures, as in a scan.")
    TOO_BIG = "too-big", _("Too big to be read.")
    TOO_SLOW = "too-slow", _("Reading it takes too long.")
    BROKEN = file_text.BROKEN, _("Damaged: its text cannot be read.")
    MISSING = "missing", _("The file itself is missing.")


class FileText(models.Model):
    """The text of a public file of the library, as it was when the file had this hash."""

    document = models.OneToOneField(
        get_document_model_string(), verbose_name=_("file"), on_delete=models.CASCADE, related_name="+"
    )
    file_hash = models.CharField(max_length=40, blank=True, editable=False)
    note = models.CharField(_("note"), max_length=20, choices=Note, blank=True, editable=False)
    text = models.TextField(blank=True, editable=False)
    read_at = models.DateTimeField(_("read at"), auto_now=True)

    #: What was read is no use of the file.
    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("text of a file")
        verbose_name_plural = _("texts of files")

    def __str__(self) -> str:
        return str(self.document)
