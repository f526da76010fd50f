"""How editors narrow the list of entries. Facts are looked up on the source row, for translations too."""

from typing import Any

import django_filters
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.widgets import BooleanRadioSelect

from cms_blocks.list_fields import holding
from cms_blocks.models import Topic

from .models import (
    Entry,
    EntryKind,
    EntryStatus,
    EntryTargetGroup,
    EntryTopic,
    Location,
    Schedule,
    TargetGroup,
)
from .models.languages import language_choices

#: What waits for somebody; part of the addresses of the admin's list.
CHECK_DUE, IN_MODERATION, IMPORTED_DRAFTS = "check-due", "in-moderation", "imported-drafts"


def _towns() -> list[tuple[str, str]]:
    towns = Location.objects.exclude(city_slug="").order_by("city_slug").values_list("city_slug", "city")
    return list(dict(towns).items())


class EntryFilterSet(WagtailFilterSet):
    kind = django_filters.MultipleChoiceFilter(choices=EntryKind.choices, label=_("Kind"))
    town = django_filters.ChoiceFilter(choices=_towns, method="filter_town", label=_("Town"))
    topic = django_filters.ModelChoiceFilter(
        queryset=lambda request: Topic.objects.filter(source_row__isnull=True),
        method="filter_topic",
        label=_("Topic"),
    )
    status = django_filters.MultipleChoiceFilter(
        choices=EntryStatus.choices, method="filter_status", label=_("Status")
    )
    target_group = django_filters.ModelChoiceFilter(
        queryset=lambda request: TargetGroup.objects.filter(source_row__isnull=True),
        method="filter_target_group",
        label=_("Target group"),
    )
    language = django_filters.ChoiceFilter(
        choices=language_choices, method="filter_language", label=_("Language")
    )
    has_schedule = django_filters.BooleanFilter(
        method="filter_has_schedule", label=_("Has meeting times"), widget=BooleanRadioSelect
    )
    to_do = django_filters.ChoiceFilter(
        choices=[
            (CHECK_DUE, _("Not checked for a long time")),
            (IN_MODERATION, _("Waits for approval")),
            (IMPORTED_DRAFTS, _("Imported, not published yet")),
        ],
        method="filter_to_do",
        label=_("To do"),
    )
    live = django_filters.BooleanFilter(label=_("Published"), widget=BooleanRadioSelect)

    class Meta:
        model = Entry
        fields: list[str] = []

    def filter_town(self, entries: "QuerySet[Entry]", name: str, town: str) -> "QuerySet[Entry]":
        return entries.filter(_of_source(Location.objects.filter(city_slug=town)))

    def filter_topic(self, entries: "QuerySet[Entry]", name: str, topic: Topic) -> "QuerySet[Entry]":
        return entries.filter(_of_source(EntryTopic.objects.filter(topic=topic)))

    def filter_status(self, entries: "QuerySet[Entry]", name: str, chosen: list[str]) -> "QuerySet[Entry]":
        return entries.filter(_source_is(Q(status__in=chosen))) if chosen else entries

    def filter_language(self, entries: "QuerySet[Entry]", name: str, code: str) -> "QuerySet[Entry]":
        return entries.filter(_source_is(holding("languages", code)))

    def filter_target_group(
        self, entries: "QuerySet[Entry]", name: str, group: TargetGroup
    ) -> "QuerySet[Entry]":
        return entries.filter(_of_source(EntryTargetGroup.objects.filter(target_group=group)))

    def filter_to_do(self, entries: "QuerySet[Entry]", name: str, state: str) -> "QuerySet[Entry]":
        found = {
            CHECK_DUE: Entry.objects.due_for_check,
            IN_MODERATION: Entry.objects.in_moderation,
            IMPORTED_DRAFTS: Entry.objects.imported_drafts,
        }[state]()
        return entries.filter(pk__in=found.values("pk"))

    def filter_has_schedule(self, entries: "QuerySet[Entry]", name: str, wanted: bool) -> "QuerySet[Entry]":
        meets = _of_source(Schedule.objects.all())
        return entries.filter(meets if wanted else ~meets)


def _source_is(condition: Q) -> Exists:
    return Exists(Entry.objects.filter(condition, pk=Coalesce(OuterRef("source_row"), OuterRef("pk"))))


def _of_source(facts: "QuerySet[Any]") -> Exists:
    return Exists(facts.filter(entry=Coalesce(OuterRef("source_row"), OuterRef("pk"))))
