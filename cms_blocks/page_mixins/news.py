"""News, and the list of them by year with an Atom feed."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from django.core.exceptions import ValidationError
from django.db import models
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.feedgenerator import Atom1Feed
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.contrib.routable_page.models import RoutablePageMixin, path
from wagtail.models import Page

from .. import references
from ..sensitive import open_pages
from ..years import year_faults
from .article import ArticlePageMixin, top_panels
from .base import SummaryMixin, TorvPageMixin
from .rows import contacts_panel, topics_panel

IN_FEED = 20


class NewsPageMixin(ArticlePageMixin):
    """Needs the child rows `topic_rows` and `contact_rows`."""

    torv_template = "torv_pages/news_page.html"
    search_kind = "news"
    kind_label = _("News")
    schema_type = "NewsArticle"

    published_on = models.DateField(_("date"), default=timezone.localdate)

    content_panels = [
        *top_panels,
        FieldPanel("published_on"),
        FieldPanel("body"),
        contacts_panel(),
        topics_panel(),
    ]

    class Meta:
        abstract = True

    def clean(self) -> None:
        super().clean()
        if errors := year_faults(self, "published_on"):
            raise ValidationError(errors)

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context(request, *args, **kwargs)
        return {**context, "contacts": references.contacts(self)}


class NewsIndexPageMixin(RoutablePageMixin, TorvPageMixin, SummaryMixin):
    """The news below it, of one year (`?year=`, else the latest), and a feed of the newest."""

    torv_template = "torv_pages/news_index_page.html"
    asks_feedback = False
    kind_label = _("Overview")
    content_panels = [*Page.content_panels, FieldPanel("summary"), FieldPanel("body")]

    class Meta:
        abstract = True

    if TYPE_CHECKING:
        title: str
        content_lang: str
        get_descendants: Callable[[], Any]
        get_full_url: Callable[[HttpRequest], str]

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context(request, *args, **kwargs)
        news = self._news()
        years = list(dict.fromkeys(item.published_on.year for item in news))
        asked = request.GET.get("year", "")
        year = next((year for year in years if str(year) == asked), next(iter(years), None))
        shown = [(item, item.get_url(request)) for item in news if item.published_on.year == year]
        return {**context, "years": years, "year": year, "news": shown}

    @path("feed/", name="feed")
    def feed(self, request: HttpRequest) -> HttpResponse:
        """Atom, of the newest."""
        feed = Atom1Feed(
            title=self.title,
            link=self.get_full_url(request),
            description=self.lead,
            language=self.content_lang,
            feed_url=request.build_absolute_uri(),
        )
        for item in open_pages(self._news())[:IN_FEED]:
            feed.add_item(
                title=item.title,
                link=item.get_full_url(request),
                description=item.lead,
                pubdate=item.first_published_at,
                updateddate=item.last_published_at,
            )
        return HttpResponse(feed.writeString("utf-8"), content_type="application/atom+xml; charset=utf-8")

    def _news(self) -> list[Any]:
        """Newest first."""
        below = self.get_descendants().live().public().type(NewsPageMixin)
        return sorted(references.specific(below), key=lambda item: (item.published_on, item.pk), reverse=True)
