"""Alerts: what readers must know now, above every page or above a section."""

from datetime import datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from wagtail.fields import RichTextField
from wagtail.models import TranslatableMixin
from wagtail_localize.fields import TranslatableField

from ..translation import SourceRowMixin
from ..years import year_faults

END_BEFORE_START = _("The end comes after the start.")


class Alert(SourceRowMixin, models.Model):
    """A notice that is shown from its start to its end. When, where and how grave are facts."""

    class Level(models.TextChoices):
        INFORMATION = "information", pgettext_lazy("alert", "Information")
        WARNING = "warning", pgettext_lazy("alert", "Warning")
        CRISIS = "crisis", pgettext_lazy("alert", "Crisis")

    class State(models.TextChoices):
        PLANNED = "planned", pgettext_lazy("alert", "Planned")
        NOW = "now", pgettext_lazy("alert", "Shown now")
        OVER = "over", pgettext_lazy("alert", "Over")

    fact_fields = ("level", "starts_at", "ends_at", "site", "section", "link_page", "link_url")

    heading = models.CharField(_("heading"), max_length=120)
    text = RichTextField(_("text"), features=["bold", "link"], blank=True)
    link_text = models.CharField(
        _("words of the link"),
        max_length=80,
        blank=True,
        help_text=_("Leave empty to use the title of the page."),
    )
    link_page = models.ForeignKey(
        "wagtailcore.Page",
        verbose_name=_("page"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    link_url = models.URLField(_("or a web address"), max_length=500, blank=True)
    level = models.CharField(
        _("level"),
        max_length=20,
        choices=Level,
        default=Level.INFORMATION,
        help_text=_("Crisis is for danger to life and health. Readers cannot hide it."),
    )
    starts_at = models.DateTimeField(_("start"), default=timezone.now)
    # Empty on translations alone, which is why `clean` asks for it.
    ends_at = models.DateTimeField(
        _("end"), null=True, blank=True, help_text=_("When it disappears by itself. You can move it later.")
    )
    site = models.ForeignKey(
        "wagtailcore.Site",
        verbose_name=_("site"),
        null=True,
        blank=True,
        on_delete=models.CASCADE,
        related_name="+",
        help_text=_("Leave empty to show it on all sites."),
    )
    section = models.ForeignKey(
        "wagtailcore.Page",
        verbose_name=_("section"),
        null=True,
        blank=True,
        on_delete=models.CASCADE,
        related_name="+",
        help_text=_(
            "Only on this page and the pages below it, in every language. Leave empty to show it everywhere."
        ),
    )
    updated_at = models.DateTimeField(auto_now=True)

    translatable_fields = [
        TranslatableField("heading"),
        TranslatableField("text"),
        TranslatableField("link_text"),
    ]

    class Meta(TranslatableMixin.Meta):
        verbose_name = _("alert")
        verbose_name_plural = _("alerts")
        ordering = ["-starts_at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["translation_key", "locale"],
                name="torv_blocks_alert_translation",
                violation_error_message=_("This alert is already translated into that language."),
            ),
            models.CheckConstraint(
                condition=models.Q(source_row__isnull=False)
                | models.Q(ends_at__isnull=False, ends_at__gt=models.F("starts_at")),
                name="torv_blocks_alert_end",
                violation_error_message=END_BEFORE_START,
            ),
        ]
        unique_together = ()

    def __str__(self) -> str:
        return self.heading

    def clean(self) -> None:
        super().clean()
        if not self.is_source:
            return
        errors: dict[str, Any] = year_faults(self, "starts_at", "ends_at")
        if not self.ends_at:
            errors["ends_at"] = _("Say when it ends.")
        elif self.starts_at and self.ends_at <= self.starts_at:
            errors["ends_at"] = END_BEFORE_START
        if self.site_id and self.section_id:
            errors["section"] = _("Choose a site or a section, not both.")
        if self.link_page_id and self.link_url:
            errors["link_url"] = _("Choose a page or give a web address, not both.")
        elif self.link_url and not self.link_text:
            errors["link_text"] = _("Say where the web address leads.")
        if errors:
            raise ValidationError(errors)

    def state(self, at: datetime | None = None) -> State:
        at = at or timezone.now()
        facts = self.facts
        if facts.starts_at > at:
            return self.State.PLANNED
        return self.State.NOW if facts.ends_at and at < facts.ends_at else self.State.OVER
