"""When an entry meets."""

from dataclasses import replace

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from wagtail.models import Orderable

from cms_blocks.recurrence import Rule
from cms_blocks.rule_fields import RuleFields
from cms_blocks.years import year_fault

from .entry import Entry


class Schedule(RuleFields, Orderable):
    entry = ParentalKey(Entry, on_delete=models.CASCADE, related_name="schedules")
    until = models.DateField(
        _("last date"), null=True, blank=True, help_text=_("After it the meetings are over for good.")
    )
    note = models.CharField(
        _("note"), max_length=255, blank=True, help_text=_("Such as “Not in the school holidays”.")
    )

    class Meta(Orderable.Meta):
        verbose_name = _("meeting time")
        verbose_name_plural = _("meeting times")

    @property
    def rule(self) -> Rule:
        return replace(super().rule, until=self.until)

    def clean(self) -> None:
        super().clean()
        if self.until and (fault := year_fault(self.until)):
            raise ValidationError({"until": fault})
        if self.until and self.dtstart and self.until < self.dtstart:
            raise ValidationError({"until": _("This must not be before “first date”.")})
