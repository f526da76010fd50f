"""A way through several pages, with its steps."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey

from ...page_mixins import GuideStepRow, StepByStepPageMixin, TopicRow
from .base import TorvPage


class StepByStepPage(StepByStepPageMixin, TorvPage):
    page_description = _("Leads readers through several pages, step by step.")

    class Meta:
        verbose_name = _("step by step page")
        verbose_name_plural = _("step by step pages")


class StepByStepPageStep(GuideStepRow):
    page = ParentalKey(StepByStepPage, on_delete=models.CASCADE, related_name="steps")

    class Meta(GuideStepRow.Meta):
        abstract = False


class StepByStepPageTopic(TopicRow):
    page = ParentalKey(StepByStepPage, on_delete=models.CASCADE, related_name="topic_rows")

    class Meta(TopicRow.Meta):
        abstract = False
