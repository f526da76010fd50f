"""A page of text with topics and contact persons."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey

from ...page_mixins import ContactRow, StandardPageMixin, TopicRow
from .base import TorvPage


class StandardPage(StandardPageMixin, TorvPage):
    page_description = _("Text with pictures, topics and contact persons.")

    class Meta:
        verbose_name = _("standard page")
        verbose_name_plural = _("standard pages")


class StandardPageTopic(TopicRow):
    page = ParentalKey(StandardPage, on_delete=models.CASCADE, related_name="topic_rows")

    class Meta(TopicRow.Meta):
        abstract = False


class StandardPageContact(ContactRow):
    page = ParentalKey(StandardPage, on_delete=models.CASCADE, related_name="contact_rows")

    class Meta(ContactRow.Meta):
        abstract = False
