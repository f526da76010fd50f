"""What a page does that lists the topics and gives each an address; a host may bring its base page."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.utils.cache import patch_cache_control
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.contrib.routable_page.models import RoutablePageMixin, path
from wagtail.models import Page

from cms_blocks.models import Topic
from cms_blocks.page_mixins import SummaryMixin, TorvPageMixin

# `search` is imported where it is used, as in `page_mixins`.

SUGGESTIONS_SECONDS = 300


class TopicIndexPageMixin(RoutablePageMixin, TorvPageMixin, SummaryMixin):
    """All topics as a tree and by letter, a search among them, and one page for each topic."""

    #: Tags of pages and entries lead to pages of every model that says so.
    shows_topics = True
    kind_label = _("Overview")

    torv_template = "torv_directory_pages/topic_index_page.html"
    asks_feedback = False

    content_panels = [*Page.content_panels, FieldPanel("summary"), FieldPanel("body")]
    #: A topic's address would hide a page below it.
    subpage_types: list[str] = []

    class Meta:
        abstract = True

    @path("")
    def topic_list(self, request: HttpRequest) -> HttpResponse:
        from .topic_pages import index_context

        return self.render(request, context_overrides=index_context(self, request))

    # No slug is a hyphen alone followed by another part, so no topic's address is hidden by this one.
    @path("-/suggestions/")
    def topic_suggestions(self, request: HttpRequest) -> HttpResponse:
        from .topic_pages import suggestions

        response = JsonResponse(suggestions(self, request))
        patch_cache_control(response, max_age=SUGGESTIONS_SECONDS)
        response["X-Robots-Tag"] = "noindex"
        return response

    @path("<slug:slug>/")
    def topic_detail(self, request: HttpRequest, slug: str) -> HttpResponse:
        from .topic_pages import TEMPLATE, topic_context
        from .vocabulary import Vocabulary

        vocabulary = Vocabulary.load(self.locale)
        term = vocabulary.by_slug(slug)
        if term is None:
            raise Http404
        used = vocabulary.instead_of(term)
        if used != term:
            # Not for ever: an editor may take the topic into use again.
            return HttpResponseRedirect(f"{self.get_url(request)}{used.slug}/")
        context = topic_context(self, request, vocabulary, term)
        return self.render(request, template=TEMPLATE, context_overrides=context)

    def get_route_paths(self) -> list[str]:
        """Where the page is renamed or moved, Wagtail makes a redirect for each of these addresses."""
        return [*super().get_route_paths(), *(f"/{slug}/" for slug in self._slugs())]

    def get_sitemap_urls(self, request: HttpRequest | None = None) -> list[dict[str, Any]]:
        """The index, and the topics that have a name in this page's language."""
        here = self.get_full_url(request)
        topics = [{"location": f"{here}{slug}/"} for slug in self._slugs()]
        return [*super().get_sitemap_urls(request), *topics]

    def _slugs(self) -> list[str]:
        used = Topic.objects.filter(locale=self.locale, see=None, source_row__see=None)
        return list(used.order_by("slug").values_list("slug", flat=True))
