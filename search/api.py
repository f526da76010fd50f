"""The open interface of the search: JSON for whoever builds something of their own."""

from collections.abc import Callable, Sequence
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils import translation
from django.utils.cache import patch_cache_control
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe
from wagtail.models import Locale, Site

from . import conf, engines, kinds, openapi, query_log, rates, registry
from .filters import ApiFilterSet, SearchFilterSet
from .results import Hit, Results
from .suggesting import suggest

View = Callable[[HttpRequest], HttpResponse]


def _answering(name: str) -> Callable[[View], View]:
    """Safe methods only, within the rate, kept by no cache, and in no index of others."""

    def decorate(view: View) -> View:
        @wraps(view)
        def answer(request: HttpRequest) -> HttpResponse:
            written = {"search": conf.current().api_rate, "suggest": conf.current().suggest_rate}[name]
            wait = rates.seconds_to_wait(request, name, written)
            response = _too_many(wait) if wait else view(request)
            patch_cache_control(response, no_store=True)
            response["X-Robots-Tag"] = "noindex"
            return response

        return require_safe(answer)

    return decorate


def _too_many(seconds: int) -> HttpResponse:
    message = _("Too many requests. Please try again later.")
    return JsonResponse({"errors": {"": [message]}}, status=429, headers={"Retry-After": str(seconds)})


def _no_such_kind(unknown: Sequence[str]) -> HttpResponse:
    known = ", ".join(kinds.registered())
    message = _("There is no kind “%(kind)s”. Write one of these: %(known)s.")
    messages = [message % {"kind": kind[:60], "known": known} for kind in unknown]
    return JsonResponse({"errors": {kinds.NAME: messages}}, status=400)


def locale_of(request: HttpRequest) -> str:
    """The site locale that was asked for, else the default one."""
    code = request.GET.get("locale", "")
    known = set(Locale.objects.values_list("language_code", flat=True))
    return code if code in known else Locale.get_default().language_code


def _site(request: HttpRequest) -> Site:
    return Site.find_for_request(request) or Site.objects.get(is_default_site=True)


@_answering("search")
def search(request: HttpRequest) -> HttpResponse:
    """`/api/search/`: results and facets. An unknown kind is refused, as without it all
    kinds would be found; what else is not understood is left out and named in `messages`."""
    locale = locale_of(request)
    with translation.override(locale):
        if unknown := kinds.unknown(request.GET.getlist(kinds.NAME)):
            return _no_such_kind(unknown)
        filterset = ApiFilterSet(request.GET, site=_site(request), locale=locale, facets=facet_names())
        results = engines.search(filterset.query)
        query_log.count(request, filterset.query, results.total)
        return JsonResponse(_results(request, results, filterset))


def facet_names() -> tuple[str, ...]:
    """Every facet that an app registers."""
    return tuple(facet.name for facet in registry.facets())


@_answering("suggest")
def suggestions(request: HttpRequest) -> HttpResponse:
    """`/api/search/suggest/`: what a reader may mean who has typed `q`."""
    locale = locale_of(request)
    query = SearchFilterSet({"q": request.GET.get("q", "")}, site=_site(request), locale=locale).query
    found = [
        {"label": each.label, "hint": each.kind_label, "lang": each.lang, "kind": each.kind, "url": each.url}
        for each in suggest(query)
    ]
    return JsonResponse({"suggestions": found})


@require_safe
def description(request: HttpRequest) -> HttpResponse:
    """`/api/search/openapi.json`, made from what is registered."""
    return JsonResponse(openapi.document(request.build_absolute_uri("/")))


def _results(request: HttpRequest, results: Results, filterset: ApiFilterSet) -> dict[str, Any]:
    return {
        "total": results.total,
        "page": results.query.page,
        "per_page": results.query.per_page,
        "engine": results.engine,
        "degraded": results.degraded,
        "suggestion": results.suggestion,
        "results": [_hit(request, hit) for hit in results.hits],
        "facets": {
            facet.name: [
                {"value": value.value, "label": value.label, "count": value.count, "selected": value.selected}
                for value in facet.values
            ]
            for facet in results.facets
        },
        "messages": filterset.messages,
    }


def _hit(request: HttpRequest, hit: Hit) -> dict[str, Any]:
    return {
        "id": hit.row.object_key,
        "external_id": hit.row.stored.get("external_id") or None,
        "kind": hit.row.kind,
        "title": hit.row.title,
        "url": request.build_absolute_uri(hit.url),
        "score": hit.score,
    }
