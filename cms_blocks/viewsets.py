"""Where editors keep contact persons; Torv's menu in the admin."""

import django_filters
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.panels import FieldPanel, MultiFieldPanel, ObjectList
from wagtail.admin.ui.tables import Column
from wagtail.snippets.views.snippets import SnippetViewSet, SnippetViewSetGroup

from .crisis_viewset import CrisisNumberViewSet
from .models import ContactPerson
from .panels import FactsNotePanel, SourceRowForm
from .topic_viewset import TopicViewSet


class ContactPersonForm(SourceRowForm):
    synchronised = ("name",)


class ContactPersonFilterSet(WagtailFilterSet):
    department = django_filters.AllValuesFilter(label=_("Department"), field_name="department")

    class Meta:
        model = ContactPerson
        fields = ["department"]


class ContactPersonViewSet(SnippetViewSet):
    model = ContactPerson
    icon = "user"
    menu_label = _("Contact persons")
    list_display = [
        "name",
        Column("role", label=_("Role"), accessor="role", sort_key="role"),
        Column("department", label=_("Department"), accessor="department", sort_key="department"),
        Column("email", label=_("E-mail"), accessor="facts.email"),
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
            MultiFieldPanel(
                [FieldPanel("email"), FieldPanel("phone"), FieldPanel("mobile")],
                heading=_("Ways of contact"),
                help_text=_("At least one. Readers see all of them."),
            ),
            FieldPanel("photo"),
        ],
        base_form_class=ContactPersonForm,
    )

    def get_queryset(self, request: HttpRequest) -> QuerySet[ContactPerson]:
        return ContactPerson.objects.select_related("locale", "source_row")


class TorvViewSetGroup(SnippetViewSetGroup):
    """Torv's menu in the admin."""

    items = (TopicViewSet, ContactPersonViewSet, CrisisNumberViewSet)
    menu_icon = "site"
    menu_label = "Torv"
    menu_name = "torv"
    menu_order = 250
