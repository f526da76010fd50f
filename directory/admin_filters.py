"""How editors narrow the list of entries. Facts are looked up on the source row, for translations too."""

from typing import Any

import django_filters
from django.db.models import Exists, OuterRef, QuerySet
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.widgets import BooleanRadioSelect

from cms_blocks.models import Topic

from .models import Entry, EntryKind, EntryTopic, Location


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
    live = django_filters.BooleanFilter(label=_("Published"), widget=BooleanRadioSelect)

    class Meta:
        model = Entry
        fields: list[str] = []

    def filter_town(self, entries: "QuerySet[Entry]", name: str, town: str) -> "QuerySet[Entry]":
        return entries.filter(_of_source(Location.objects.filter(city_slug=town)))

    def filter_topic(self, entries: "QuerySet[Entry]", name: str, topic: Topic) -> "QuerySet[Entry]":
        return entries.filter(_of_source(EntryTopic.objects.filter(topic=topic)))


def _of_source(facts: "QuerySet[Any]") -> Exists:
    return Exists(facts.filter(entry=Coalesce(OuterRef("source_row"), OuterRef("pk"))))
