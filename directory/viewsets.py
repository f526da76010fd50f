"""The editors' desk for entries."""

from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext_lazy as _
from wagtail.admin import messages
from wagtail.admin.panels import FieldPanel, ObjectList
from wagtail.admin.ui.tables import Column, LocaleColumn
from wagtail.snippets.views.snippets import (
    CreateView,
    EditView,
    IndexView,
    SnippetViewSet,
    WorkflowActionView,
)

from cms_blocks.choosers import WordChooserViewSet
from cms_blocks.day_column import DayColumn
from cms_blocks.panels import FactsNotePanel, SourceRowForm
from cms_blocks.spreadsheets import TextCellsMixin

from .admin_filters import EntryFilterSet
from .facet_panels import EditorFacetForm, FacetValueFormSet
from .models import EditorFacet, Entry, EntryKind, TargetGroup
from .ownership import is_only_owner, own_entries_only, owned_by
from .panels import FactsInlinePanel, entry_edit_handler

MORE_FIELDS = _(
    "Entries of this kind have more fields than the form had. They are in the form when you open it again."
)


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


class MoreFieldsMixin:
    """Says so where the entry has become one of a kind with fields that its form had not."""

    def form_valid(self, form: Any) -> HttpResponse:
        view: Any = self
        response: HttpResponse = super().form_valid(form)  # type: ignore[misc]
        if form.has_gained_fields and not view.expects_json_response:
            messages.info(view.request, MORE_FIELDS)
        return response


class EntryEditView(MoreFieldsMixin, EditView):
    pass


class EntryCreateView(MoreFieldsMixin, CreateView):
    """The kind comes first: it decides which fields the form has."""

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if request.GET.get("kind") in EntryKind.values:
            return super().get(request, *args, **kwargs)
        kinds = [(self._address_for(kind), kind.label) for kind in EntryKind]
        return TemplateResponse(request, "torv_directory/admin/choose_kind.html", {"kinds": kinds})

    def _address_for(self, kind: EntryKind) -> str:
        query = self.request.GET.copy()
        query["kind"] = kind.value
        return f"?{query.urlencode()}"

    def get_form_kwargs(self) -> dict[str, Any]:
        kwargs: dict[str, Any] = super().get_form_kwargs()
        if self.request.method == "GET":
            kwargs["instance"].kind = self.request.GET["kind"]
        return kwargs


class TargetGroupForm(SourceRowForm):
    synchronised = ("slug",)


class TargetGroupViewSet(SnippetViewSet):
    model = TargetGroup
    icon = "group"
    chooser_viewset_class = WordChooserViewSet
    menu_label = _("Target groups")
    menu_order = 215
    add_to_admin_menu = True
    list_display = ["label", "slug"]
    list_per_page = 50
    search_backend_name = None
    search_fields = ["label", "slug"]
    edit_handler = ObjectList(
        [FactsNotePanel(what=_("The address")), FieldPanel("label"), FieldPanel("slug")],
        base_form_class=TargetGroupForm,
    )


def _choices(facet: EditorFacet) -> str:
    return ", ".join(value.label for value in facet.facet_values.all())


class EditorFacetViewSet(SnippetViewSet):
    model = EditorFacet
    icon = "list-ul"
    menu_label = _("Filters")
    menu_name = "directory-filters"
    menu_order = 216
    add_to_admin_menu = True
    #: A copy would carry the address along.
    copy_view_enabled = False
    list_display = ["label", Column("choices", label=_("Choices"), accessor=_choices), "slug", LocaleColumn()]
    list_per_page = 50
    search_backend_name = None
    search_fields = ["label", "slug"]
    edit_handler = ObjectList(
        [
            FactsNotePanel(what=_("The address")),
            FieldPanel("label"),
            FieldPanel("slug"),
            FactsInlinePanel(
                "facet_values",
                [FieldPanel("label"), FieldPanel("slug")],
                heading=_("Choices"),
                label=_("Choice"),
                formset=FacetValueFormSet,
                min_num=1,
            ),
        ],
        base_form_class=EditorFacetForm,
    )

    def get_queryset(self, request: HttpRequest) -> "QuerySet[EditorFacet]":
        return EditorFacet.objects.prefetch_related("facet_values")


class EntryIndexView(TextCellsMixin, IndexView):
    pass


class EntryViewSet(SnippetViewSet):
    model = Entry
    icon = "group"
    chooser_viewset_class = WordChooserViewSet
    menu_label = _("Directory")
    menu_name = "directory"
    menu_order = 210
    add_to_admin_menu = True
    #: A copy would carry the address and the id of the first along.
    copy_view_enabled = False
    list_display = [
        "name",
        "kind",
        Column("status", label=_("Status"), accessor="facts.get_status_display"),
        Column("town", label=_("Town"), accessor=_towns),
        LocaleColumn(),
        DayColumn("assured_on", label=_("Last checked"), accessor="facts.assured_on", sort_key="assured_on"),
    ]
    list_export = [
        "name",
        "kind",
        "facts.phone",
        "facts.email",
        "facts.website",
        "facts.assured_on",
        "facts.assured_by",
        "live",
    ]
    filterset_class = EntryFilterSet
    list_per_page = 50
    #: Plain comparison in the database: the index of Wagtail's own search stumbles over quotation marks.
    search_backend_name = None
    search_fields = ["name", "summary", "slug", "external_id", "email"]
    index_view_class = EntryIndexView
    add_view_class = EntryCreateView
    edit_view_class = EntryEditView
    workflow_action_view_class = EntryWorkflowActionView

    def get_queryset(self, request: HttpRequest) -> "QuerySet[Entry]":
        entries = Entry.objects.with_facts()
        return (
            entries.filter(pk__in=owned_by(request.user).values("pk"))
            if is_only_owner(request.user)
            else entries
        )

    def get_edit_handler(self) -> Any:
        return entry_edit_handler().bind_to_model(Entry)

    def construct_view(self, *args: Any, **kwargs: Any) -> Any:
        return own_entries_only(super().construct_view(*args, **kwargs))
