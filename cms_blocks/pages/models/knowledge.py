"""A knowledge article with its child rows."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey

from ...page_mixins import KnowledgePageMixin, KnowledgeSectionRow, TopicRow
from .base import TorvPage


class KnowledgePage(KnowledgePageMixin, TorvPage):
    page_description = _("Texts under headings, each with an introduction, examples and conditions.")

    class Meta:
        verbose_name = _("knowledge page")
        verbose_name_plural = _("knowledge pages")


class KnowledgePageSection(KnowledgeSectionRow):
    page = ParentalKey(KnowledgePage, on_delete=models.CASCADE, related_name="sections")

    class Meta(KnowledgeSectionRow.Meta):
        abstract = False


class KnowledgePageTopic(TopicRow):
    page = ParentalKey(KnowledgePage, on_delete=models.CASCADE, related_name="topic_rows")

    class Meta(TopicRow.Meta):
        abstract = False
