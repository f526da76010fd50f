"""The site search."""

from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import NoReverseMatch, reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from wagtail.models import Locale, Site

from . import conf, engines, page_context, query_log
from .filters import SearchFilterSet


def results(request: HttpRequest) -> HttpResponse:
    """All that the site publishes in the reader's language; without words there is only the form."""
    settings = conf.current()
    site = Site.find_for_request(request) or Site.objects.get(is_default_site=True)
    filterset = SearchFilterSet(
        request.GET, site=site, locale=_reader_locale(), facets=settings.facets, per_page=settings.per_page
    )
    query = filterset.query
    found = engines.search(query) if query.text or query.selected else None
    if found:
        query_log.count(request, query, found.total)
    context = {
        **page_context.added(query),
        "base_template": settings.base_template,
        "filterset": filterset,
        "results": found,
        "suggest_url": _suggest_url(query.locale),
        "breadcrumb_trail": [(_("Search"), request.path)],
    }
    return render(request, "torv_search/results.html", context)


def _reader_locale() -> str:
    """The site locale of the address's language prefix, else the default one."""
    code = get_language() or ""
    known = set(Locale.objects.values_list("language_code", flat=True))
    return code if code in known else Locale.get_default().language_code


def _suggest_url(locale: str) -> str:
    """Empty where the host has not included `search.service_urls`."""
    try:
        return f"{reverse('torv_search_services:suggest')}?{urlencode({'locale': locale})}"
    except NoReverseMatch:
        return ""
