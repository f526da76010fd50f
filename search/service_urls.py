"""The open interface and the state of health: addresses without a language prefix."""

from django.urls import URLPattern, URLResolver, path

from . import api, health

app_name = "torv_search_services"
urlpatterns: list[URLPattern | URLResolver] = [
    path("api/search/", api.search, name="search"),
    path("api/search/suggest/", api.suggestions, name="suggest"),
    path("api/search/openapi.json", api.description, name="openapi"),
    path("health/live", health.live, name="live"),
    path("health/ready", health.ready, name="ready"),
]
