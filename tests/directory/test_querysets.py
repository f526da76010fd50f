from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from wagtail.models import Locale

from directory.models import Entry

from .conftest import MakeEntry, MakeTopic, translate

NOW = datetime(2026, 5, 1, 12, tzinfo=UTC)
HOUR = timedelta(hours=1)


def test_sources_leaves_translations_out(make_entry: MakeEntry, locales: dict[str, Locale]) -> None:
    source = make_entry()
    translate(source, locales["de"])
    assert list(Entry.objects.sources()) == [source]


@pytest.mark.parametrize(
    ("fields", "is_public"),
    [
        ({}, True),
        ({"live": False}, False),
        ({"visible_from": NOW + HOUR}, False),
        ({"visible_from": NOW}, True),
        ({"visible_to": NOW}, False),
        ({"visible_to": NOW + HOUR}, True),
        ({"visible_from": NOW - HOUR, "visible_to": NOW + HOUR}, True),
    ],
)
def test_public_asks_the_source_row_for_every_language(
    make_entry: MakeEntry, locales: dict[str, Locale], fields: dict[str, Any], is_public: bool
) -> None:
    source = make_entry(**fields)
    row = translate(source, locales["de"])
    expected = [source, row] if is_public else []
    assert list(Entry.objects.public(at=NOW).order_by("pk")) == expected


def test_public_means_now_where_no_moment_is_given(make_entry: MakeEntry) -> None:
    make_entry("Vorbei", visible_to=timezone.now() - HOUR)
    now = make_entry("Jetzt", visible_to=timezone.now() + HOUR)
    assert list(Entry.objects.public()) == [now]


def test_a_draft_translation_is_not_public(make_entry: MakeEntry, locales: dict[str, Locale]) -> None:
    source = make_entry()
    translate(source, locales["de"], live=False)
    assert list(Entry.objects.public()) == [source]


def test_in_language_gives_the_live_translation_else_the_source(
    make_entry: MakeEntry, locales: dict[str, Locale]
) -> None:
    translated, draft, german = make_entry("A"), make_entry("B"), make_entry("C", locale="de")
    make_entry("Left out", live=False)
    row = translate(translated, locales["de"])
    translate(draft, locales["de"], live=False)
    sources = Entry.objects.sources().public()
    assert list(sources.in_language(locales["de"]).order_by("slug")) == [row, draft, german]
    assert list(sources.in_language(locales["en"]).order_by("slug")) == [translated, draft, german]


def test_facts_of_a_list_cost_the_same_for_any_length(
    make_entry: MakeEntry, make_topic: MakeTopic, locales: dict[str, Locale]
) -> None:
    topic = make_topic("Sorg")

    def queries() -> int:
        with CaptureQueriesContext(
            connection,
        ) as captured:
            for entry in Entry.objects.with_facts():
                facts = entry.facts
                assert facts.locale.language_code == "da"
                assert [place.city for place in facts.locations.all()] == ["Aarhus"]
                assert [carried.topic.slug for carried in facts.entry_topics.all()] == ["sorg"]
        return len(captured)

    translate(make_entry(cities=["Aarhus"], topics=[topic]), locales["de"])
    few = queries()
    for _ in range(5):
        translate(make_entry(cities=["Aarhus"], topics=[topic]), locales["de"])
    assert queries() == few
