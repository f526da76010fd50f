"""“To do” in the admin: the panel on the first page, and the page behind it."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext_lazy as _
from django.views.generic import TemplateView
from wagtail.admin.menu import MenuItem
from wagtail.admin.ui.components import Component
from wagtail.admin.views.generic import WagtailAdminTemplateMixin

from cms_blocks.consent_report import ConsentsPanel

from .todo import Todo, may_keep, todos

URL_NAME = "torv_directory_todo"


class TodoView(WagtailAdminTemplateMixin, TemplateView):
    page_title = _("To do in the directory")
    header_icon = "tasks"
    template_name = "torv_directory/admin/todo.html"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not may_keep(request.user):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        return [*super().get_breadcrumbs_items(), {"url": "", "label": self.page_title}]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return {**super().get_context_data(**kwargs), "todos": todos(self.request.user)}


class TodoPanel(Component):
    """On the admin's first page, while there is something to do."""

    order = 140
    template_name = "torv_directory/admin/todo_panel.html"

    def __init__(self, waiting: list[Todo]) -> None:
        self.waiting = waiting

    def get_context_data(self, parent_context: Any = None) -> dict[str, Any]:
        return {"todos": self.waiting, "url": reverse(URL_NAME)}


def add_panel(request: HttpRequest, panels: list[Component]) -> None:
    """With the consents in it, so that their own panel is not needed beside it."""
    if not may_keep(request.user):
        return
    if waiting := [todo for todo in todos(request.user) if todo.count]:
        panels[:] = [panel for panel in panels if not isinstance(panel, ConsentsPanel)]
        panels.append(TodoPanel(waiting))


class TodoMenuItem(MenuItem):
    def is_shown(self, request: HttpRequest) -> bool:
        return may_keep(request.user)


def register_report_item() -> MenuItem:
    return TodoMenuItem(
        _("To do in the directory"), reverse(URL_NAME), name="directory-todo", icon_name="tasks", order=1190
    )


def urls() -> list[URLPattern]:
    return [path("directory/to-do/", TodoView.as_view(), name=URL_NAME)]
