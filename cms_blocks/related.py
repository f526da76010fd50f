"""Pages that share topics with a page, whichever type a host gave them."""

from collections.abc import Iterable
from operator import attrgetter

from django.db.models import Count, Model, QuerySet
from django.http import HttpRequest
from django.utils.text import capfirst
from wagtail.models import Page, Site, get_page_models

from . import story_consents
from .references import Card, lead

MOST = 6


def related_pages(page: Page, request: HttpRequest) -> list[Card]:
    """Those with most topics in common first, then the newest; in the language of the page, public for all.

    The number of queries depends on the number of page types with topics alone.
    """
    topics = {row.topic_id for row in page.topic_rows.all()}
    site = Site.find_for_request(request)
    if not topics or site is None:
        return []
    shared: dict[int, int] = {}
    for rows in _topic_rows():
        shared.update(_most_in_common(rows, topics, _readable(page, site)))
    found = {other.pk: other for other in Page.objects.filter(pk__in=shared).specific().defer_streamfields()}
    newest = sorted(found.values(), key=attrgetter("pk"), reverse=True)
    newest.sort(key=lambda other: shared[other.pk], reverse=True)
    return [_card(other, request, page.locale.language_code) for other in newest[:MOST]]


def _topic_rows() -> Iterable[type[Model]]:
    """The child rows of each page type that carries topics."""
    found = {
        model._meta.get_field("topic_rows").related_model: None
        for model in get_page_models()
        if hasattr(model, "topic_rows")
    }
    return [model for model in found if isinstance(model, type)]


def _readable(page: Page, site: Site) -> "QuerySet[Page]":
    """Pages of this site in this language that everybody may read, without the page itself."""
    pages = story_consents.readable().filter(locale_id=page.locale_id, alias_of__isnull=True)
    roots = [root.root_path for root in Site.get_site_root_paths() if root.site_id == site.pk]
    own = next((root for root in roots if page.url_path.startswith(root)), "/")
    return pages.filter(url_path__startswith=own).exclude(pk=page.pk)


def _most_in_common(rows: type[Model], topics: set[int], readable: "QuerySet[Page]") -> dict[int, int]:
    """Primary key of a page -> how many of these topics it carries; the most related of one type."""
    counted = (
        rows._default_manager.filter(topic__in=topics, page__in=readable.values("pk"))
        .values_list("page")
        .annotate(shared=Count("topic", distinct=True))
        .order_by("-shared", "-page")
    )
    return dict(counted[:MOST])


def _card(page: Page, request: HttpRequest, lang: str) -> Card:
    return Card(
        title=page.title,
        text=lead(page),
        url=page.get_url(request) or "",
        lang=lang,
        kind=capfirst(str(getattr(page, "kind_label", "") or page.page_type_display_name)),
    )
