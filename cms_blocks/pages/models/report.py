"""The report of a meeting, with its child rows."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey

from ...page_mixins import AttachmentRow, AuthorRow, ReportPageMixin, TalkRow, TopicRow, WorkingGroupRow
from .base import TorvPage


class ReportPage(ReportPageMixin, TorvPage):
    page_description = _("The report of a meeting: talks, working groups and their results, authors, files.")

    class Meta:
        verbose_name = _("report page")
        verbose_name_plural = _("report pages")


class ReportPageTalk(TalkRow):
    page = ParentalKey(ReportPage, on_delete=models.CASCADE, related_name="talks")

    class Meta(TalkRow.Meta):
        abstract = False


class ReportPageWorkingGroup(WorkingGroupRow):
    page = ParentalKey(ReportPage, on_delete=models.CASCADE, related_name="working_groups")

    class Meta(WorkingGroupRow.Meta):
        abstract = False


class ReportPageAuthor(AuthorRow):
    page = ParentalKey(ReportPage, on_delete=models.CASCADE, related_name="authors")

    class Meta(AuthorRow.Meta):
        abstract = False


class ReportPageAttachment(AttachmentRow):
    page = ParentalKey(ReportPage, on_delete=models.CASCADE, related_name="attachments")

    class Meta(AttachmentRow.Meta):
        abstract = False


class ReportPageTopic(TopicRow):
    page = ParentalKey(ReportPage, on_delete=models.CASCADE, related_name="topic_rows")

    class Meta(TopicRow.Meta):
        abstract = False
