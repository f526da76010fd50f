"""The page that lists events: as a list or as a month, with filters, and as a feed for calendars."""

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.contrib.routable_page.models import RoutablePageMixin, path
from wagtail.models import Page

from ..event_calendars import CALENDAR, calendar_response
from ..event_list import feed_pages, list_context
from .base import SummaryMixin, TorvPageMixin


class EventIndexPageMixin(RoutablePageMixin, TorvPageMixin, SummaryMixin):
    """Lists all events and editions of its site, whatever their place in the page tree."""

    torv_template = "torv_pages/event_index_page.html"
    asks_feedback = False
    kind_label = _("List of events")

    content_panels = [*Page.content_panels, FieldPanel("summary"), FieldPanel("body")]

    class Meta:
        abstract = True

    @path("")
    def event_list(self, request: HttpRequest) -> HttpResponse:
        return self.render(request, context_overrides=list_context(self, request))

    @path(f"{CALENDAR}/")
    def events_calendar(self, request: HttpRequest) -> HttpResponse:
        """What the filter finds, for calendars that subscribe to it."""
        return calendar_response(feed_pages(self, request), self.title, self.slug, request)
