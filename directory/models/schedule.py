"""When an entry meets."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from wagtail.models import Orderable

from cms_blocks.rule_fields import RuleFields

from .entry import Entry


class Schedule(RuleFields, Orderable):
    entry = ParentalKey(Entry, on_delete=models.CASCADE, related_name="schedules")
    note = models.CharField(
        _("note"), max_length=255, blank=True, help_text=_("Such as “Not in the school holidays”.")
    )

    class Meta(Orderable.Meta):
        verbose_name = _("meeting time")
        verbose_name_plural = _("meeting times")
