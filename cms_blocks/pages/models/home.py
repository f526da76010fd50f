"""The first page of a language."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey

from ...page_mixins import HomePageMixin, TaskRow
from .base import TorvPage


class HomePage(HomePageMixin, TorvPage):
    page_description = _("The first page of a language: search, top tasks and content.")

    class Meta:
        verbose_name = _("home page")
        verbose_name_plural = _("home pages")


class HomePageTask(TaskRow):
    page = ParentalKey(HomePage, on_delete=models.CASCADE, related_name="top_tasks")

    class Meta(TaskRow.Meta):
        abstract = False
