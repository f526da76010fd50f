"""Child rows of a report. Names are facts and never searched. Each subclass adds the ParentalKey `page`."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel
from wagtail.documents import get_document_model_string
from wagtail.models import Orderable, TranslatableMixin
from wagtail_localize.fields import SynchronizedField

from .article import rich_text
from .service_rows import DocumentRow


class TalkRow(TranslatableMixin, Orderable):
    """A talk: who spoke about what, and the file."""

    title = models.CharField(_("title"), max_length=200)
    speaker = models.CharField(_("speaker"), max_length=120, blank=True)
    role = models.CharField(_("role"), max_length=160, blank=True)
    organisation = models.CharField(_("organisation"), max_length=160, blank=True)
    document = models.ForeignKey(
        get_document_model_string(),
        verbose_name=_("file"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )

    panels = [
        FieldPanel("title"),
        FieldRowPanel([FieldPanel("speaker"), FieldPanel("role")]),
        FieldPanel("organisation"),
        FieldPanel("document"),
    ]
    override_translatable_fields = [SynchronizedField("speaker", overridable=False)]

    class Meta(TranslatableMixin.Meta, Orderable.Meta):
        abstract = True
        verbose_name = _("talk")
        verbose_name_plural = _("talks")

    def __str__(self) -> str:
        return self.title


class WorkingGroupRow(TranslatableMixin, Orderable):
    """A working group: its question and what it found."""

    number = models.PositiveSmallIntegerField(
        _("number"), null=True, blank=True, help_text=_("Leave empty to show none.")
    )
    question = models.CharField(_("question"), max_length=255)
    results = rich_text(
        _("results"), _("A list. Put a lead sentence above it, and indent what belongs below a point.")
    )

    panels = [FieldPanel("number"), FieldPanel("question"), FieldPanel("results")]

    class Meta(TranslatableMixin.Meta, Orderable.Meta):
        abstract = True
        verbose_name = _("working group")
        verbose_name_plural = _("working groups")

    def __str__(self) -> str:
        return self.question


class AuthorRow(TranslatableMixin, Orderable):
    """Who wrote the report."""

    name = models.CharField(_("name"), max_length=120)
    organisation = models.CharField(_("organisation"), max_length=160, blank=True)

    panels = [FieldRowPanel([FieldPanel("name"), FieldPanel("organisation")])]
    override_translatable_fields = [SynchronizedField("name", overridable=False)]

    class Meta(TranslatableMixin.Meta, Orderable.Meta):
        abstract = True
        verbose_name = _("author")
        verbose_name_plural = _("authors")

    def __str__(self) -> str:
        return self.name


class AttachmentRow(DocumentRow):
    """A file that belongs to the report."""

    class Meta(DocumentRow.Meta):
        abstract = True
        verbose_name = _("attachment")
        verbose_name_plural = _("attachments")
