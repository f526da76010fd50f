from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class SearchConfig(AppConfig):
    name = "search"
    label = "torv_search"
    verbose_name = _("Search")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from . import checks, kinds, registry, signal_handlers  # noqa: F401 - registers the system checks

        registry.register_facet(kinds.KindFacet())
        registry.autodiscover()
        signal_handlers.connect()
