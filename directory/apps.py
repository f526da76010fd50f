from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class DirectoryConfig(AppConfig):
    name = "directory"
    label = "torv_directory"
    verbose_name = _("Directory")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from cms_blocks.logins import OWN_RIGHTS

        from . import checks, signal_handlers  # noqa: F401 - registers the system checks
        from .ownership import CHANGE_OWN

        OWN_RIGHTS.add(CHANGE_OWN)
        signal_handlers.connect()
