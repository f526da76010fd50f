"""What the search adds to Wagtail's admin."""

from django.contrib.auth.models import Permission
from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.auth import permission_required
from wagtail.admin.menu import MenuItem

from . import reports


class IndexReportMenuItem(MenuItem):
    def is_shown(self, request: HttpRequest) -> bool:
        return request.user.has_perm(reports.PERMISSION)


@hooks.register("register_admin_urls")
def register_admin_urls() -> list[URLPattern]:
    view = permission_required(reports.PERMISSION)(reports.IndexReport.as_view())
    return [path("reports/search-index/", view, name=reports.URL_NAME)]


@hooks.register("register_reports_menu_item")
def register_report() -> MenuItem:
    return IndexReportMenuItem(
        _("Search index"), reverse(reports.URL_NAME), name="search-index", icon_name="search", order=1300
    )


@hooks.register("register_permissions")
def register_permissions() -> QuerySet[Permission]:
    """So that groups can be given the report."""
    app, codename = reports.PERMISSION.split(".")
    return Permission.objects.filter(content_type__app_label=app, codename=codename)
