"""News with their child rows, and the list of them."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey

from ...page_mixins import ContactRow, NewsIndexPageMixin, NewsPageMixin, TopicRow
from .base import TorvPage


class NewsPage(NewsPageMixin, TorvPage):
    page_description = _("A piece of news with its date.")

    class Meta:
        verbose_name = _("news page")
        verbose_name_plural = _("news pages")


class NewsPageContact(ContactRow):
    page = ParentalKey(NewsPage, on_delete=models.CASCADE, related_name="contact_rows")

    class Meta(ContactRow.Meta):
        abstract = False


class NewsPageTopic(TopicRow):
    page = ParentalKey(NewsPage, on_delete=models.CASCADE, related_name="topic_rows")

    class Meta(TopicRow.Meta):
        abstract = False


class NewsIndexPage(NewsIndexPageMixin, TorvPage):
    page_description = _("Lists the news below it by year and offers them as a feed.")

    class Meta:
        verbose_name = _("news overview")
        verbose_name_plural = _("news overviews")
