from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _
from django.views.i18n import JavaScriptCatalog


class WagtailTextsConfig(AppConfig):
    """Listed before Wagtail's apps, its words win over theirs; after them, they only fill the gaps."""

    name = "cms_blocks.wagtail_texts"
    label = "torv_wagtail_texts"
    verbose_name = _("Texts of the admin")

    def ready(self) -> None:
        from wagtail.admin.views import i18n

        # Wagtail names the one package whose texts its scripts may use, and offers no setting for more.
        i18n.js_catalog = JavaScriptCatalog.as_view(packages=["wagtail.admin", self.name])
