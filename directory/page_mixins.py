"""What a page does that lists entries and shows each at its own address; a host may bring its base page.

The page of topics is offered here too.
"""

from typing import Any

from django.db import models
from django.db.models.functions import Coalesce
from django.http import Http404, HttpRequest, HttpResponse, HttpResponsePermanentRedirect, JsonResponse
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.contrib.routable_page.models import RoutablePageMixin, path
from wagtail.models import Page

from cms_blocks import policy
from cms_blocks.calendars import CONTENT_TYPE
from cms_blocks.page_mixins import SummaryMixin, TorvPageMixin
from cms_blocks.sensitive import may_be_open_data

from .contact_card import contact_card
from .detail import CARD, TEMPLATE, entry_context
from .maps import tile_source
from .meetings import calendar_of
from .models import Entry
from .models.entry import CALENDAR
from .models.former_slug import present_slug
from .page_forms import DirectoryPageForm
from .topic_page_mixin import TopicIndexPageMixin

__all__ = ["DirectoryPageMixin", "TopicIndexPageMixin"]

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
    #: What is built in, in the usual order; after these come a host's and the editors' own.
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
        "age",
        "cost",
        "open_for_new",
    )

    torv_template = "torv_directory_pages/directory_page.html"
    asks_feedback = False

    facet_order = models.JSONField(_("filters"), default=list, blank=True)

    base_form_class = DirectoryPageForm
    content_panels = [
        *Page.content_panels,
        FieldPanel("summary"),
        FieldPanel("body"),
        FieldPanel("facet_order"),
    ]
    #: An entry's address would hide a page below it.
    subpage_types: list[str] = []

    class Meta:
        abstract = True

    @path("")
    def entry_list(self, request: HttpRequest) -> HttpResponse:
        from .listing import list_context

        if source := tile_source():  # the button for the map
            policy.allow(request, "img-src", source)
        return self.render(request, context_overrides=list_context(self, request))

    @path("map/")
    def list_map(self, request: HttpRequest) -> HttpResponse:
        """What the map shows of the entries that the filter finds."""
        from .listing import map_of_list

        return JsonResponse(map_of_list(self, request), headers={"X-Robots-Tag": "noindex"})

    @path("shortlist/")
    def shortlist(self, request: HttpRequest) -> HttpResponse:
        """The entries that the address names, with what a reader needs to get in touch."""
        from .shortlist_page import TEMPLATE, shortlist_context

        context = shortlist_context(self, request)
        return self.render(request, template=TEMPLATE, context_overrides=context)

    @path(f"{CALENDAR}/")
    def list_calendar(self, request: HttpRequest) -> HttpResponse:
        """The meetings of all entries that the filter finds, for calendars that subscribe to it."""
        from .listing import filtered_calendar

        return _as_file(filtered_calendar(self, request), self.slug)

    @path("<slug:slug>/")
    def entry_detail(self, request: HttpRequest, slug: str) -> HttpResponse:
        from .listing import asked, remember_url

        entry = self._public_entry(slug)
        if entry is None:
            return self._moved_entry(request, slug, asked(self, request))
        context = entry_context(entry, self, request, asked(self, request))
        context["remember_url"] = remember_url(self, request, slug)
        return self.render(request, template=TEMPLATE, context_overrides=context)

    @path(f"<slug:slug>/{CALENDAR}/")
    def entry_calendar(self, request: HttpRequest, slug: str) -> HttpResponse:
        entry = self._public_entry(slug)
        if entry is None:
            return self._moved_entry(request, slug, f"{CALENDAR}/")
        if not may_be_open_data(entry.facts.topic_ids):
            raise Http404
        return _as_file(calendar_of(entry, f"{self.get_full_url(request)}{slug}/"), slug)

    @path(f"<slug:slug>/{CARD}/")
    def entry_card(self, request: HttpRequest, slug: str) -> HttpResponse:
        """What the page tells of how to reach the entry, for the address book of a phone."""
        entry = self._public_entry(slug)
        if entry is None:
            return self._moved_entry(request, slug, f"{CARD}/")
        headers = {
            "Content-Disposition": f'attachment; filename="{slug}.vcf"',
            "X-Robots-Tag": "noindex",
        }
        text = contact_card(entry, f"{self.get_full_url(request)}{slug}/")
        return HttpResponse(text, content_type="text/vcard; charset=utf-8", headers=headers)

    def shown_facets(self) -> tuple[str, ...]:
        """Names of the facets of this page in its order; empty `facet_order` stands for all there are."""
        from .editor_facets import default_order

        usual = default_order(self.facets)
        return tuple(name for name in self.facet_order if name in usual) if self.facet_order else usual

    def _public_entry(self, slug: str) -> Entry | None:
        sources = Entry.objects.sources().public().filter(slug=slug)
        return sources.in_language(self.locale).with_facts().first()

    def _moved_entry(self, request: HttpRequest, slug: str, ending: str) -> HttpResponse:
        """To the entry that had this address before."""
        present = present_slug(slug)
        if present is None:
            raise Http404
        return HttpResponsePermanentRedirect(f"{self.get_url(request)}{present}/{ending}")

    def get_route_paths(self) -> list[str]:
        """Where the page is renamed or moved, Wagtail makes a redirect for each of these addresses."""
        slugs = Entry.objects.sources().public().order_by("pk").values_list("slug", flat=True)
        return [*super().get_route_paths(), *(f"/{slug}/" for slug in slugs)]

    def get_sitemap_urls(self, request: HttpRequest | None = None) -> list[dict[str, Any]]:
        """The list, and the entries that have a text in this page's language."""
        here = self.get_full_url(request)
        rows = Entry.objects.public().filter(locale=self.locale).order_by("pk")
        slugs = rows.values_list(Coalesce("source_row__slug", "slug"), "last_published_at")
        entries = [{"location": f"{here}{slug}/", "lastmod": published} for slug, published in slugs]
        return [*super().get_sitemap_urls(request), *entries]


def _as_file(calendar: bytes, name: str) -> HttpResponse:
    """Wagtail's addresses have no dot, so the name of the file is said beside it."""
    disposition = f'inline; filename="{name}.ics"'
    return HttpResponse(calendar, content_type=CONTENT_TYPE, headers={"Content-Disposition": disposition})
