"""Success stories with their child rows, and the list of them."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey

from ...page_mixins import (
    ChangeRow,
    ConcernedServiceRow,
    QuoteRow,
    StoryIndexPageMixin,
    StoryPageMixin,
    StoryPersonRow,
    TopicRow,
)
from .base import TorvPage


class StoryPage(StoryPageMixin, TorvPage):
    page_description = _("A success story: whom it is about, what has changed, in whose words.")

    class Meta:
        verbose_name = _("story page")
        verbose_name_plural = _("story pages")


class StoryPageChange(ChangeRow):
    page = ParentalKey(StoryPage, on_delete=models.CASCADE, related_name="changes")

    class Meta(ChangeRow.Meta):
        abstract = False


class StoryPageQuote(QuoteRow):
    page = ParentalKey(StoryPage, on_delete=models.CASCADE, related_name="quotes")

    class Meta(QuoteRow.Meta):
        abstract = False


class StoryPagePerson(StoryPersonRow):
    page = ParentalKey(StoryPage, on_delete=models.CASCADE, related_name="story_persons")

    class Meta(StoryPersonRow.Meta):
        abstract = False


class StoryPageService(ConcernedServiceRow):
    page = ParentalKey(StoryPage, on_delete=models.CASCADE, related_name="service_rows")

    class Meta(ConcernedServiceRow.Meta):
        abstract = False


class StoryPageTopic(TopicRow):
    page = ParentalKey(StoryPage, on_delete=models.CASCADE, related_name="topic_rows")

    class Meta(TopicRow.Meta):
        abstract = False


class StoryIndexPage(StoryIndexPageMixin, TorvPage):
    page_description = _("Shows the stories below it and lets readers filter them by topic.")

    class Meta:
        verbose_name = _("story overview")
        verbose_name_plural = _("story overviews")
