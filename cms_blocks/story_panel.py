"""On the admin's first page: the stories that are out of sight because somebody in them does not agree."""

from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from wagtail.admin.ui.components import Component
from wagtail.models import Page

from .story_consents import lapsed

#: So many are named.
MOST = 10


class StoriesPanel(Component):
    order = 151
    template_name = "torv_blocks/admin/stories_panel.html"

    def __init__(self, pages: list[Page]) -> None:
        self.pages = pages

    def get_context_data(self, parent_context: Any = None) -> dict[str, Any]:
        addresses = [(page, reverse("wagtailadmin_pages:edit", args=[page.pk])) for page in self.pages]
        return {"stories": addresses}


def add_panel(request: HttpRequest, panels: list[Component]) -> None:
    """For those who may edit them; what never was published is somebody's work in progress."""
    taken_down = lapsed().filter(alias_of__isnull=True, first_published_at__isnull=False)
    pages = [
        page
        for page in taken_down.order_by("-latest_revision_created_at")[: 2 * MOST]
        if page.permissions_for_user(request.user).can_edit()
    ]
    if pages:
        panels.append(StoriesPanel(pages[:MOST]))
