"""What a page does that lists entries and shows each at its own address; a host may bring its base page."""

from typing import Any

from django.db.models.functions import Coalesce
from django.http import Http404, HttpRequest, HttpResponse
from wagtail.admin.panels import FieldPanel
from wagtail.contrib.routable_page.models import RoutablePageMixin, path
from wagtail.models import Page

from cms_blocks.calendars import CONTENT_TYPE
from cms_blocks.page_mixins import SummaryMixin, TorvPageMixin

from .detail import TEMPLATE, entry_context
from .meetings import calendar_of
from .models import Entry

# `search` is imported where it is used: where another package of that name hides it, the models must
# still load, so that the check torv_directory.E001 can say what is wrong.


class DirectoryPageMixin(RoutablePageMixin, TorvPageMixin, SummaryMixin):
    """A list of all entries, searched and filtered by GET parameters, and one page for each entry.

    The links of the list carry its filter along to the entry, so that the way back keeps it: without a
    cookie, and the same for everybody, so that a cache may keep the pages. `canonical` leaves it out.
    """

    #: Entries have addresses below pages of every model that says so.
    shows_directory_entries = True
    searchables = ("torv_directory.entry",)
    facets = (
        "entry_kind",
        "topic",
        "target_group",
        "region",
        "place",
        "weekday",
        "time_of_day",
        "offer_form",
        "attendance",
        "language",
        "accessibility",
        "cost",
        "open_for_new",
    )

    torv_template = "torv_directory_pages/directory_page.html"

    content_panels = [*Page.content_panels, FieldPanel("summary"), FieldPanel("body")]
    #: An entry's address would hide a page below it.
    subpage_types: list[str] = []

    class Meta:
        abstract = True

    @path("")
    def entry_list(self, request: HttpRequest) -> HttpResponse:
        from .listing import list_context

        return self.render(request, context_overrides=list_context(self, request))

    @path("calendar.ics")
    def list_calendar(self, request: HttpRequest) -> HttpResponse:
        """The meetings of all entries that the filter finds, for calendars that subscribe to it."""
        from .listing import filtered_calendar

        return HttpResponse(filtered_calendar(self, request), content_type=CONTENT_TYPE)

    @path("<slug:slug>/")
    def entry_detail(self, request: HttpRequest, slug: str) -> HttpResponse:
        from .listing import asked

        context = entry_context(self._public_entry(slug), self, request, asked(self, request))
        return self.render(request, template=TEMPLATE, context_overrides=context)

    @path("<slug:slug>/calendar.ics")
    def entry_calendar(self, request: HttpRequest, slug: str) -> HttpResponse:
        url = f"{self.get_full_url(request)}{slug}/"
        return HttpResponse(calendar_of(self._public_entry(slug), url), content_type=CONTENT_TYPE)

    def _public_entry(self, slug: str) -> Entry:
        sources = Entry.objects.sources().public().filter(slug=slug)
        entry = sources.in_language(self.locale).with_facts().first()
        if entry is None:
            raise Http404
        return entry

    def get_sitemap_urls(self, request: HttpRequest | None = None) -> list[dict[str, Any]]:
        """The list, and the entries that have a text in this page's language."""
        here = self.get_full_url(request)
        rows = Entry.objects.public().filter(locale=self.locale).order_by("pk")
        slugs = rows.values_list(Coalesce("source_row__slug", "slug"), "last_published_at")
        entries = [{"location": f"{here}{slug}/", "lastmod": published} for slug, published in slugs]
        return [*super().get_sitemap_urls(request), *entries]
