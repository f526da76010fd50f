"""The editors' desk for entries."""

from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext_lazy as _
from wagtail.admin import messages
from wagtail.admin.ui.tables import Column, DateColumn, LocaleColumn
from wagtail.snippets.views.snippets import SnippetViewSet, WorkflowActionView

from .admin_filters import EntryFilterSet
from .models import Entry
from .panels import entry_edit_handler


def _towns(entry: Entry) -> str:
    return ", ".join(dict.fromkeys(place.city for place in entry.facts.locations.all()))


class EntryWorkflowActionView(WorkflowActionView):
    """A draft may have lost, while it waited, what it must have to be published: say so, publish nothing."""

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        try:
            with transaction.atomic():
                return super().post(request, *args, **kwargs)
        except ValidationError as error:
            messages.error(request, " ".join(error.messages))
        if request.headers.get("X-Requested-With") == "XMLHttpRequest":
            return self.render_modal_json(request, {"step": "success", "redirect": self.redirect_url})
        return redirect(self.redirect_url)


class EntryViewSet(SnippetViewSet):
    model = Entry
    icon = "group"
    menu_label = _("Directory")
    menu_name = "directory"
    menu_order = 210
    add_to_admin_menu = True
    #: A copy would carry the address and the id of the first along.
    copy_view_enabled = False
    list_display = [
        "name",
        "kind",
        Column("town", label=_("Town"), accessor=_towns),
        LocaleColumn(),
        DateColumn("assured_on", label=_("Last checked"), accessor="facts.assured_on", sort_key="assured_on"),
    ]
    list_export = ["name", "kind", "phone", "email", "website", "assured_on", "live"]
    filterset_class = EntryFilterSet
    list_per_page = 50
    #: Plain comparison in the database: the index of Wagtail's own search stumbles over quotation marks.
    search_backend_name = None
    search_fields = ["name", "summary", "slug", "external_id", "email"]
    edit_handler = entry_edit_handler
    workflow_action_view_class = EntryWorkflowActionView

    def get_queryset(self, request: HttpRequest) -> "QuerySet[Entry]":
        return Entry.objects.with_facts()
