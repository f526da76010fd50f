"""What the search adds to Wagtail's admin."""

from django.contrib.auth.models import Permission
from django.db.models import Q, QuerySet
from django.http import HttpRequest
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.auth import permission_required
from wagtail.admin.menu import MenuItem
from wagtail.admin.viewsets.base import ViewSet, ViewSetGroup

from . import reports
from .steering import log_report, trying
from .steering.chooser import result_chooser
from .steering.permissions import LOG, TRY
from .steering.viewsets import SteeringGroup


class PermittedMenuItem(MenuItem):
    """Shown to those who have `permission`."""

    def __init__(self, *args: object, permission: str, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        self.permission = permission

    def is_shown(self, request: HttpRequest) -> bool:
        return request.user.has_perm(self.permission)


@hooks.register("register_admin_viewset")
def register_steering() -> list[ViewSet | ViewSetGroup]:
    return [SteeringGroup(), result_chooser]


@hooks.register("register_admin_urls")
def register_admin_urls() -> list[URLPattern]:
    index = permission_required(reports.PERMISSION)(reports.IndexReport.as_view())
    log = permission_required(LOG)(log_report.LogReport.as_view())
    attempt = permission_required(TRY)(trying.TryView.as_view())
    preview = trying.PreviewView.as_view()
    return [
        path("reports/search-index/", index, name=reports.URL_NAME),
        path("reports/searches/", log, name=log_report.URL_NAME),
        path("search/try/", attempt, name="torv_search_try"),
        path("search/promotions/preview/", preview, name="torv_search_preview"),
        path("search/promotions/preview/<int:pk>/", preview, name="torv_search_preview"),
    ]


@hooks.register("register_reports_menu_item")
def register_report() -> MenuItem:
    return PermittedMenuItem(
        _("Search index"),
        reverse(reports.URL_NAME),
        name="search-index",
        icon_name="search",
        order=1300,
        permission=reports.PERMISSION,
    )


@hooks.register("register_reports_menu_item")
def register_log() -> MenuItem:
    return PermittedMenuItem(
        _("Searches"),
        reverse(log_report.URL_NAME),
        name="searches",
        icon_name="search",
        order=1310,
        permission=LOG,
    )


@hooks.register("register_permissions")
def register_permissions() -> QuerySet[Permission]:
    """So that groups can be given the reports."""
    wanted = Q()
    for permission in (reports.PERMISSION, LOG):
        app, codename = permission.split(".")
        wanted |= Q(content_type__app_label=app, codename=codename)
    return Permission.objects.filter(wanted)
