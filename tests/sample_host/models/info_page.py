from django.db import models
from modelcluster.fields import ParentalKey
from wagtail.admin.panels import FieldPanel
from wagtail.models import Page

from cms_blocks.page_mixins import ContactRow, StandardPageMixin, TopicRow


class InfoPage(StandardPageMixin, Page):
    """A page of text that says first what readers should have at hand."""

    search_kind = "info"
    kind_label = "Guidance"
    text_fields = ("at_hand",)

    at_hand = models.TextField("what to have at hand", max_length=300, blank=True)

    content_panels = [*StandardPageMixin.content_panels, FieldPanel("at_hand")]

    class Meta:
        verbose_name = "info page"


class InfoPageTopic(TopicRow):
    page = ParentalKey(InfoPage, on_delete=models.CASCADE, related_name="topic_rows")

    class Meta(TopicRow.Meta):
        abstract = False


class InfoPageContact(ContactRow):
    page = ParentalKey(InfoPage, on_delete=models.CASCADE, related_name="contact_rows")

    class Meta(ContactRow.Meta):
        abstract = False
