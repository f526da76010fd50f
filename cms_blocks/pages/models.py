"""The concrete page types, for hosts without a base page of their own; see `cms_blocks.page_mixins`."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from wagtail.models import Page

from ..page_mixins import ContactRow, HomePageMixin, SectionPageMixin, StandardPageMixin, TaskRow, TopicRow


class TorvPage(Page):
    """Keeps `page.homepage` free for the `HomePage` that `wagtail start` gives every site."""

    page_ptr = models.OneToOneField(
        Page, on_delete=models.CASCADE, parent_link=True, primary_key=True, related_name="torv_%(class)s"
    )

    class Meta:
        abstract = True


class HomePage(HomePageMixin, TorvPage):
    page_description = _("The first page of a language: search, top tasks and content.")

    class Meta:
        verbose_name = _("home page")
        verbose_name_plural = _("home pages")


class HomePageTask(TaskRow):
    page = ParentalKey(HomePage, on_delete=models.CASCADE, related_name="top_tasks")

    class Meta(TaskRow.Meta):
        abstract = False


class SectionPage(SectionPageMixin, TorvPage):
    page_description = _("Leads to the pages below it and shows each as a card.")

    class Meta:
        verbose_name = _("section page")
        verbose_name_plural = _("section pages")


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
