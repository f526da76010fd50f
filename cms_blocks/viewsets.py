"""Torv's menu in the admin, and where editors keep topics and life events."""

import django_filters
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.panels import FieldPanel, ObjectList
from wagtail.admin.ui.tables import Column
from wagtail.snippets.views.snippets import SnippetViewSet, SnippetViewSetGroup

from .alert_viewset import AlertViewSet
from .models import LifeEvent, Topic
from .panels import FactsNotePanel, SourceRowForm
from .person_viewset import ContactPersonViewSet
from .private_person_viewset import PrivatePersonViewSet


class TopicForm(SourceRowForm):
    synchronised = ("slug",)


class TopicFilterSet(WagtailFilterSet):
    broader = django_filters.ModelChoiceFilter(
        label=_("Broader topic"), queryset=Topic.objects.filter(narrower__isnull=False).distinct()
    )

    class Meta:
        model = Topic
        fields = ["broader"]


class TopicViewSet(SnippetViewSet):
    model = Topic
    icon = "tag"
    menu_label = _("Topics")
    list_display = [
        "pref_label",
        Column("synonyms", label=_("Other words for it"), accessor=lambda topic: ", ".join(topic.synonyms)),
        Column("broader", label=_("Broader topic"), accessor=lambda topic: topic.facts.broader or ""),
        Column("slug", label=_("Address"), accessor="slug", sort_key="slug"),
    ]
    list_per_page = 50
    filterset_class = TopicFilterSet
    # Wagtail's own index fails on quotation marks in SQLite; a few hundred topics need none.
    search_backend_name = None
    search_fields = ["pref_label", "alt_labels", "slug"]
    edit_handler = ObjectList(
        [
            FactsNotePanel(what=_("The address and the broader topic")),
            FieldPanel("pref_label"),
            FieldPanel("alt_labels"),
            FieldPanel("scope_note"),
            FieldPanel("slug"),
            FieldPanel("broader"),
        ],
        base_form_class=TopicForm,
    )

    def get_queryset(self, request: HttpRequest) -> QuerySet[Topic]:
        return Topic.objects.select_related("locale", "broader", "source_row__broader")


class LifeEventForm(SourceRowForm):
    synchronised = ("slug",)


class LifeEventViewSet(SnippetViewSet):
    model = LifeEvent
    icon = "calendar-alt"
    menu_label = _("Life events")
    list_display = [
        "pref_label",
        Column("intro", label=_("Introduction"), accessor="intro"),
        Column("slug", label=_("Address"), accessor="slug", sort_key="slug"),
    ]
    list_per_page = 50
    search_backend_name = None
    search_fields = ["pref_label", "slug"]
    edit_handler = ObjectList(
        [
            FactsNotePanel(what=_("The address")),
            FieldPanel("pref_label"),
            FieldPanel("intro"),
            FieldPanel("slug"),
        ],
        base_form_class=LifeEventForm,
    )

    def get_queryset(self, request: HttpRequest) -> QuerySet[LifeEvent]:
        return LifeEvent.objects.select_related("locale", "source_row")


class TorvViewSetGroup(SnippetViewSetGroup):
    """Torv's menu in the admin."""

    items = (TopicViewSet, LifeEventViewSet, ContactPersonViewSet, AlertViewSet, PrivatePersonViewSet)
    menu_icon = "site"
    menu_label = "Torv"
    menu_name = "torv"
    menu_order = 250
