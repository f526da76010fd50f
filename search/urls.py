"""The site search, under the language prefix of the host."""

from django.urls import URLPattern, URLResolver, path
from django.utils.translation import pgettext_lazy

from . import views

app_name = "torv_search"
urlpatterns: list[URLPattern | URLResolver] = [
    path(pgettext_lazy("web address", "search/"), views.results, name="results"),
]
