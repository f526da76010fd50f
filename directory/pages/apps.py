from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class DirectoryPagesConfig(AppConfig):
    name = "directory.pages"
    label = "torv_directory_pages"
    verbose_name = _("Directory pages")
    default_auto_field = "django.db.models.BigAutoField"
