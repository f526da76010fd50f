"""An event: on one date, or again and again."""

from collections.abc import Callable
from typing import Any

from django.db import models
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _
from wagtail.contrib.routable_page.models import RoutablePageMixin, path

from .. import event_dates, references
from ..event_calendars import CALENDAR, calendar_response
from ..related import related_pages
from ..sensitive import may_be_open_data
from ..shared_facts import synchronised
from .event_facts import SHARED_FACTS, EventFactsMixin, EventStatus
from .event_panels import event_edit_handler

SHOWN_DATES = 5


class EventPageMixin(RoutablePageMixin, EventFactsMixin):
    """Needs the child rows `schedules`, `topic_rows` and `contact_rows`."""

    torv_template = "torv_pages/event_page.html"
    fact_fields = (*SHARED_FACTS, "organiser_url")
    text_fields = (*EventFactsMixin.text_fields, "organiser", "price")

    organiser = models.CharField(_("organiser"), max_length=160, blank=True)
    organiser_url = models.URLField(_("website of the organiser"), max_length=500, blank=True)
    price = models.CharField(
        _("price"), max_length=160, blank=True, help_text=_("For example: free of charge, or 50 kroner.")
    )

    edit_handler = event_edit_handler
    override_translatable_fields = synchronised(fact_fields)
    subpage_types: list[str] = []

    class Meta:
        abstract = True

    @property
    def organiser_name(self) -> str:
        return self.organiser

    def publishing_gaps(self, has_rows: Callable[[str], bool] | None = None) -> dict[str, Any]:
        has_rows = has_rows or (lambda relation: getattr(self, relation).exists())
        gaps = super().publishing_gaps(has_rows)
        is_source = self.source_page() is self
        repeated = has_rows("schedules") if is_source else bool(event_dates.schedules(self))
        if not self.starts_at and not repeated:
            gaps["starts_at"] = _("Before publishing, say when it begins, or how it is repeated.")
        return gaps

    @path("")
    def event(self, request: HttpRequest) -> HttpResponse:
        return self.render(request)

    @path(f"{CALENDAR}/")
    def event_calendar(self, request: HttpRequest) -> HttpResponse:
        if not may_be_open_data(self.topic_ids):
            raise Http404
        return calendar_response([self], self.title, self.slug, request)

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        rules = event_dates.schedules(self)
        is_on = self.status not in (EventStatus.CANCELLED, EventStatus.HELD)
        return {
            **super().get_context(request, *args, **kwargs),
            "rules": [row.rule.describe() for row in rules],
            "dates": event_dates.upcoming(self, SHOWN_DATES) if is_on else (),
            "calendar_url": f"{self.get_url(request)}{CALENDAR}/" if may_be_open_data(self.topic_ids) else "",
            "contacts": references.contacts(self),
            "topics": references.topics(self),
            "related_pages": related_pages(self, request),
        }
