"""A meeting that is held again and again under one name, each time as an edition of its own."""

from itertools import groupby
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _
from wagtail.contrib.routable_page.models import RoutablePageMixin, path
from wagtail.fields import RichTextField

from .. import references
from ..event_calendars import CALENDAR, calendar_response
from ..related import related_pages
from ..themes import hand_over
from .base import SummaryMixin, TorvPageMixin
from .event_edition import EventEditionPageMixin
from .event_facts import EventStatus
from .event_panels import series_edit_handler


def _time(edition: Any) -> tuple[int, bool, float, int]:
    """By year, and in a year by date; what has none yet comes at its end."""
    begins = edition.starts_at
    return edition.year, begins is None, begins.timestamp() if begins else 0, edition.pk


class EventSeriesPageMixin(RoutablePageMixin, TorvPageMixin, SummaryMixin):
    """Needs the child rows `value_rows`, `audience_rows`, `topic_rows` and `contact_rows`."""

    torv_template = "torv_pages/event_series_page.html"
    search_kind = "event"
    kind_label = _("Series of meetings")
    text_fields = ("host_rule",)
    text_relations = ("value_rows", "audience_rows")

    host_rule = RichTextField(
        _("who hosts the meetings"),
        blank=True,
        features=["bold", "ol", "ul", "link"],
        help_text=_("How it is decided who hosts the next one, and what the hosts may do."),
    )

    edit_handler = series_edit_handler

    class Meta:
        abstract = True

    def delete(self, *args: Any, **kwargs: Any) -> Any:
        hand_over(self)
        return super().delete(*args, **kwargs)

    @path("")
    def series(self, request: HttpRequest) -> HttpResponse:
        return self.render(request)

    @path(f"{CALENDAR}/")
    def series_calendar(self, request: HttpRequest) -> HttpResponse:
        """All editions that have a date, for calendars that subscribe to it."""
        return calendar_response(self.editions(), self.title, self.slug, request)

    def editions(self) -> list[Any]:
        """Those that all may read, the newest first, each with the language of its text as `lang`."""
        pages = references.specific(self.get_children().live().public())
        found = [page for page in pages if isinstance(page, EventEditionPageMixin)]
        return sorted(found, key=_time, reverse=True)

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        editions = self.editions()
        coming = [page for page in reversed(editions) if page.is_coming]
        past = [page for page in editions if not page.is_coming]
        return {
            **super().get_context(request, *args, **kwargs),
            "next_edition": next(
                (page for page in coming if page.status != EventStatus.CANCELLED),
                coming[0] if coming else None,
            ),
            "coming_editions": coming,
            "past_editions": [
                (year, list(found)) for year, found in groupby(past, key=lambda page: page.year)
            ],
            "calendar_url": f"{self.get_url(request)}{CALENDAR}/",
            "values": list(self.value_rows.all()),
            "audiences": list(self.audience_rows.all()),
            "contacts": references.contacts(self),
            "topics": references.topics(self),
            "related_pages": related_pages(self, request),
        }
