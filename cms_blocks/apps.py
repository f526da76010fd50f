from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class CmsBlocksConfig(AppConfig):
    name = "cms_blocks"
    label = "torv_blocks"
    verbose_name = _("Content")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        # Registers the system checks.
        from . import (  # noqa: F401
            checks,
            checks_forms,
            checks_frame,
            checks_pdf,
            checks_uploads,
            long_redirects,
            signal_handlers,
        )

        signal_handlers.connect()
        long_redirects.leave_out()
