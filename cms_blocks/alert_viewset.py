"""Where editors keep alerts."""

from typing import Any

import django_filters
from django.db.models import F, Q, QuerySet
from django.db.models.functions import Coalesce
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel, ObjectList
from wagtail.admin.ui.tables import Column, LocaleColumn, StatusTagColumn
from wagtail.snippets.views.snippets import SnippetViewSet

from .day_column import DayColumn
from .models import Alert
from .panels import FactsNotePanel, SourceRowForm


class AlertFilterSet(WagtailFilterSet):
    state = django_filters.ChoiceFilter(label=_("State"), choices=Alert.State.choices, method="filter_state")
    level = django_filters.ChoiceFilter(label=_("Level"), choices=Alert.Level.choices, method="filter_level")

    class Meta:
        model = Alert
        fields = ["state", "level"]

    def filter_state(self, queryset: QuerySet[Alert], name: str, value: str) -> QuerySet[Alert]:
        now = timezone.now()
        states = {
            Alert.State.PLANNED: Q(start__gt=now),
            Alert.State.NOW: Q(start__lte=now, end__gt=now),
            Alert.State.OVER: Q(end__lte=now),
        }
        return queryset.filter(states[Alert.State(value)])

    def filter_level(self, queryset: QuerySet[Alert], name: str, value: str) -> QuerySet[Alert]:
        return queryset.filter(Q(source_row=None, level=value) | Q(source_row__level=value))


def _where(alert: Alert) -> Any:
    facts = alert.facts
    return facts.section or facts.site or _("All pages")


class AlertViewSet(SnippetViewSet):
    model = Alert
    icon = "warning"
    menu_label = _("Alerts")
    # A copy would carry the id of the first along.
    copy_view_enabled = False
    list_display = [
        "heading",
        StatusTagColumn(
            "state",
            label=_("State"),
            accessor=lambda alert: alert.state().label,
            primary=lambda alert: alert.state() == Alert.State.NOW,
        ),
        Column("level", label=_("Level"), accessor="facts.get_level_display"),
        Column("where", label=_("Where"), accessor=_where),
        DayColumn("starts_at", label=_("Start"), accessor="facts.starts_at"),
        DayColumn("ends_at", label=_("End"), accessor="facts.ends_at"),
        LocaleColumn(),
    ]
    list_per_page = 50
    filterset_class = AlertFilterSet
    search_backend_name = None
    search_fields = ["heading", "text"]
    edit_handler = ObjectList(
        [
            FactsNotePanel(what=_("The level, the times, the place and the link")),
            FieldPanel("level"),
            FieldPanel("heading"),
            FieldPanel("text"),
            FieldRowPanel([FieldPanel("starts_at"), FieldPanel("ends_at")], heading=_("Shown")),
            MultiFieldPanel(
                [FieldPanel("link_page"), FieldPanel("link_url"), FieldPanel("link_text")],
                heading=_("Link"),
            ),
            MultiFieldPanel(
                [FieldPanel("site"), FieldPanel("section")],
                heading=_("Where"),
                help_text=_("Leave both empty to show it on every page."),
            ),
        ],
        base_form_class=SourceRowForm,
    )

    def get_queryset(self, request: HttpRequest) -> QuerySet[Alert]:
        return Alert.objects.annotate(
            start=Coalesce("source_row__starts_at", F("starts_at")),
            end=Coalesce("source_row__ends_at", F("ends_at")),
        ).select_related("locale", "site", "section", "source_row__site", "source_row__section")
