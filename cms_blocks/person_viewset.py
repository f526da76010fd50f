"""Where editors keep contact persons: list, form, chooser, and what happens before one is deleted."""

from collections.abc import Sequence
from typing import Any

import django_filters
from django.contrib.admin.utils import quote
from django.db.models import Model, Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext
from wagtail.admin import messages
from wagtail.admin.admin_url_finder import AdminURLFinder
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.panels import FieldPanel, MultiFieldPanel, ObjectList
from wagtail.admin.ui.tables import BooleanColumn, Column, UsageCountColumn
from wagtail.snippets.views.snippets import IndexView, SnippetViewSet

from .choosers import WordChooseResultsView, WordChooserViewSet, WordChooseView
from .models import PRIVATE_FIELDS, VIEW_PRIVATE, ContactPerson
from .panels import FactsNotePanel, SourceRowForm
from .spreadsheets import TextCellsMixin
from .usage import references_to, with_page_count

#: Uses that are named when a person cannot be deleted; the list of usage has all.
NAMED_USES = 5


class ContactPersonForm(SourceRowForm):
    synchronised = ("name",)


class ContactPersonFilterSet(WagtailFilterSet):
    department = django_filters.AllValuesFilter(label=_("Department"), field_name="department")
    archived = django_filters.BooleanFilter(label=_("Archived"), method="filter_archived")

    class Meta:
        model = ContactPerson
        fields = ["department", "archived"]

    def filter_archived(
        self, queryset: QuerySet[ContactPerson], name: str, value: bool
    ) -> QuerySet[ContactPerson]:
        return queryset.filter(_archived()) if value else queryset.exclude(_archived())


def _archived() -> Q:
    return Q(source_row=None, archived=True) | Q(source_row__archived=True)


class OfferedPersonsMixin:
    """Editors are not offered the archived ones; where one is chosen already, the page keeps it."""

    def get_object_list(self) -> QuerySet[ContactPerson]:
        return ContactPerson.objects.exclude(_archived()).select_related("source_row")


class PersonChooseView(OfferedPersonsMixin, WordChooseView):
    pass


class PersonChooseResultsView(OfferedPersonsMixin, WordChooseResultsView):
    pass


class ContactPersonChooserViewSet(WordChooserViewSet):
    choose_view_class = PersonChooseView
    choose_results_view_class = PersonChooseResultsView


class PersonIndexView(TextCellsMixin, IndexView):
    pass


class ContactPersonViewSet(SnippetViewSet):
    model = ContactPerson
    icon = "user"
    menu_label = _("Contact persons")
    chooser_viewset_class = ContactPersonChooserViewSet
    index_view_class = PersonIndexView
    # A copy would take the private fields along unseen.
    copy_view_enabled = False
    list_display = [
        "name",
        Column("role", label=_("Role"), accessor="role", sort_key="role"),
        Column("department", label=_("Department"), accessor="department", sort_key="department"),
        Column("email", label=_("E-mail"), accessor="facts.email"),
        BooleanColumn("archived", label=_("Archived"), accessor="facts.archived"),
        UsageCountColumn("usage_count", label=_("Pages"), accessor="usage_count", sort_key="usage_count"),
    ]
    list_export = [
        "name",
        "role",
        "department",
        "organisation",
        "facts.email",
        "facts.phone",
        "facts.mobile",
        "facts.website",
        "facts.archived",
        "usage_count",
    ]
    list_per_page = 50
    filterset_class = ContactPersonFilterSet
    search_backend_name = None
    search_fields = ["name", "role", "department", "email"]
    edit_handler = ObjectList(
        [
            FactsNotePanel(what=_("The name, the ways of contact and the photo")),
            FieldPanel("name"),
            FieldPanel("role"),
            FieldPanel("department"),
            FieldPanel("organisation"),
            FieldPanel("area_of_responsibility"),
            MultiFieldPanel(
                [FieldPanel("email"), FieldPanel("phone"), FieldPanel("mobile")],
                heading=_("Ways of contact"),
                help_text=_("At least one. Readers see all of them."),
            ),
            FieldPanel("opening_hours"),
            FieldPanel("website"),
            FieldPanel("photo"),
            MultiFieldPanel(
                [FieldPanel(name, permission=VIEW_PRIVATE) for name in PRIVATE_FIELDS],
                heading=_("For colleagues only"),
                help_text=_("Readers never see this. It is shown to those who have the permission for it."),
                permission=VIEW_PRIVATE,
            ),
            FieldPanel("archived"),
        ],
        base_form_class=ContactPersonForm,
    )

    def get_queryset(self, request: HttpRequest) -> QuerySet[ContactPerson]:
        return with_page_count(ContactPerson.objects.select_related("locale", "source_row"))


def keep_persons_in_use(request: HttpRequest, instances: Sequence[Model]) -> HttpResponse | None:
    """A person in use is not deleted: says where it is used, and what to do instead. Single and in bulk.

    A translation can go: readers then see the texts of the first language.
    """
    persons = [row for row in instances if isinstance(row, ContactPerson) and row.is_source]
    used = [(person, titles) for person in persons if (titles := _titles(request, person))]
    for person, titles in used:
        _refuse(request, person, titles)
    return redirect(_url("list")) if used else None


def _titles(request: HttpRequest, person: ContactPerson) -> list[str]:
    """What uses the person; without its title where the editor may not open it."""
    finder = AdminURLFinder(request.user)
    groups = references_to(ContactPerson, [person.pk]).group_by_source_object()
    return [
        str(source) if finder.get_edit_url(source) else str(references[0].model_name)
        for source, references in groups
    ]


def _refuse(request: HttpRequest, person: ContactPerson, titles: Sequence[str]) -> None:
    places = ", ".join(titles[:NAMED_USES])
    if more := len(titles[NAMED_USES:]):
        places += " " + ngettext("and %d more", "and %d more", more) % more
    text = _(
        "%(person)s is in use and cannot be deleted: %(places)s. "
        "Take the person off there first, or archive the person."
    ) % {"person": person.name, "places": places}
    where = messages.button(_url("usage", quote(person.pk)), _("Usage"))
    messages.error(request, text, buttons=[where])


def _url(name: str, *args: Any) -> str:
    viewset: SnippetViewSet = ContactPerson.snippet_viewset
    return reverse(viewset.get_url_name(name), args=args)
