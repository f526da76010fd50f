"""When the pages of meetings take place, so that lists and calendars ask the database and no rule."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.models import Page


class EventDate(models.Model):
    """One meeting of a page; of a rule those around now. Written by `cms_blocks.event_dates` alone."""

    page = models.ForeignKey(
        Page, verbose_name=_("page"), on_delete=models.CASCADE, related_name="event_dates"
    )
    begins_at = models.DateTimeField(_("begins at"))
    ends_at = models.DateTimeField(_("ends at"))

    class Meta:
        verbose_name = _("date of an event")
        verbose_name_plural = _("dates of events")
        ordering = ["begins_at", "pk"]
        indexes = [
            models.Index(fields=["page", "begins_at"], name="torv_event_page"),
            models.Index(fields=["ends_at", "begins_at"], name="torv_event_ends"),
        ]

    def __str__(self) -> str:
        return f"{self.begins_at:%Y-%m-%d %H:%M}"


# What is only worked out from the page is no use of it.
EventDate._meta.get_field("page").wagtail_reference_index_ignore = True  # type: ignore[attr-defined]
