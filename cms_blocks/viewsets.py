"""Torv's menu in the admin, and where editors keep life events."""

from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, ObjectList
from wagtail.admin.ui.tables import Column
from wagtail.snippets.views.snippets import SnippetViewSet, SnippetViewSetGroup

from .alert_viewset import AlertViewSet
from .crisis_viewset import CrisisNumberViewSet
from .models import LifeEvent
from .panels import FactsNotePanel, SourceRowForm
from .person_viewset import ContactPersonViewSet
from .private_person_viewset import PrivatePersonViewSet
from .theme_viewset import ThemeViewSet
from .topic_viewset import TopicViewSet


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

    items = (
        TopicViewSet,
        LifeEventViewSet,
        ContactPersonViewSet,
        AlertViewSet,
        CrisisNumberViewSet,
        ThemeViewSet,
        PrivatePersonViewSet,
    )
    menu_icon = "site"
    menu_label = "Torv"
    menu_name = "torv"
    menu_order = 250
