"""Loads the directory: facts on the row of an entry's source language, texts on each row, all published."""

from datetime import timedelta
from io import StringIO
from pathlib import Path
from typing import Any

from django.core.management import call_command

from cms_blocks.models import PrivatePerson
from directory.models import (
    CostOption,
    Entry,
    EntryContact,
    EntryFacetValue,
    EntryRelation,
    EntryTargetGroup,
    EntryTopic,
    ErrorReport,
    Location,
    Schedule,
)

from .records import Run, by_locale, source_row, translation_key
from .snippets import Snippets
from .texts import LOCALES, Text, rows
from .texts import entries as entry_texts

PLACES = Path(__file__).parent / "data" / "places.csv"
#: Plain facts that a file may give under the field's own name.
FACTS = (
    "phone",
    "email",
    "contact_by",
    "website",
    "assured_on",
    "assured_by",
    "social_media",
    "minimum_age",
    "maximum_age",
    "offer_forms",
    "attendance_option",
    "capacity_maximum",
    "languages",
    "legal_form",
    "members_count",
    "founded_year",
)
TEXTS = ("name", "summary", "description", *Entry.detail_texts)


Persons = dict[str, PrivatePerson]


def load(run: Run, snippets: Snippets, persons: Persons) -> None:
    """The towns of the gazetteer, then the entries; those that others are related to come first."""
    call_command("load_places", PLACES, stdout=StringIO())
    for text in sorted(entry_texts(), key=lambda text: "relations" in text.values):
        _load_entry(run, snippets, persons, text)
    for text in rows("error-reports.toml", "report"):
        _load_report(run, text)


def count() -> int:
    texts = sum(locale in text.values for text in entry_texts() for locale in LOCALES)
    return texts + len(rows("error-reports.toml", "report"))


def _load_report(run: Run, text: Text) -> None:
    name = f"error-report:{text.key}"
    entry = Entry.objects.sources().filter(slug=text.values["entry"]).first()
    if entry is None:  # somebody has deleted it
        return

    def write(row: ErrorReport | None) -> ErrorReport:
        row = row or ErrorReport(entry=entry)
        for field in ("what", "language", "text"):
            setattr(row, field, text.values[field])
        row.save()
        return row

    known = run.row_id(name)
    found = ErrorReport.objects.filter(pk=known).first() if known else None
    run.write(name, text, found, write)


def _load_entry(run: Run, snippets: Snippets, persons: Persons, text: Text) -> None:
    source_code = text.values["source"]
    key = translation_key("entry", text.key)

    def write_source(row: Entry | None) -> Entry:
        row = row or Entry(translation_key=key, locale=run.locale(source_code))
        if not Entry.objects.sources().filter(slug=text.key).exclude(pk=row.pk).exists():
            row.slug = text.key
        _set_facts(row, text.values, snippets)
        row.contacts.set(_contacts(text.values, persons))
        return _published(row, text.values[source_code])

    found = source_row(Entry, "entry", text.key)
    source = run.write(f"entry:{source_code}:{text.key}", text, found, write_source)
    if source is None:
        return
    translations = by_locale(Entry, source.translation_key)
    for code in LOCALES:
        if code != source_code and code in text.values:
            _load_translation(run, text, source, translations.get(code), code)


def _load_translation(run: Run, text: Text, source: Entry, found: Entry | None, code: str) -> None:
    def translate(row: Entry | None) -> Entry:
        row = row or source.copy_for_translation(run.locale(code))
        return _published(row, text.values[code])

    run.write(f"entry:{code}:{text.key}", text, found, translate)


def _set_facts(entry: Any, values: dict[str, Any], snippets: Snippets) -> None:
    entry.kind = values["kind"]
    for name in FACTS:
        setattr(entry, name, values.get(name, entry._meta.get_field(name).get_default()))
    days = values.get("response_time_days")
    entry.response_time = timedelta(days=days) if days else None
    entry.locations.set([Location(**values["place"])])
    entry.schedules.set([Schedule(sort_order=order, **row) for order, row in _rows(values, "schedules")])
    entry.cost_options.set(
        [CostOption(sort_order=order, **row) for order, row in _rows(values, "cost_options")]
    )
    entry.relations.set(_relations(values))
    topics = [snippets.topics[slug] for slug in values["topics"] if slug in snippets.topics]
    entry.entry_topics.set([EntryTopic(topic=topic, sort_order=order) for order, topic in enumerate(topics)])
    groups = [
        snippets.target_groups[slug] for slug in values["target_groups"] if slug in snippets.target_groups
    ]
    entry.entry_target_groups.set(
        [EntryTargetGroup(target_group=group, sort_order=order) for order, group in enumerate(groups)]
    )
    entry.entry_facet_values.set(_choices(values, snippets))


def _choices(values: dict[str, Any], snippets: Snippets) -> list[EntryFacetValue]:
    named = [(facet, slug) for facet, slugs in values.get("facets", {}).items() for slug in slugs]
    found = [snippets.choices[key] for key in named if key in snippets.choices]
    return [EntryFacetValue(value=value, sort_order=order) for order, value in enumerate(found)]


def _rows(values: dict[str, Any], name: str) -> list[tuple[int, dict[str, Any]]]:
    return list(enumerate(values.get(name, [])))


def _contacts(values: dict[str, Any], persons: Persons) -> list[EntryContact]:
    """Without persons whom somebody has erased."""
    return [
        EntryContact(person=persons[row["person"]], role=row["role"], sort_order=order)
        for order, row in _rows(values, "private_contacts")
        if row["person"] in persons
    ]


def _relations(values: dict[str, Any]) -> list[EntryRelation]:
    """Without those to an entry that somebody has deleted."""
    rows = _rows(values, "relations")
    found = {
        entry.slug: entry for entry in Entry.objects.sources().filter(slug__in=[row["to"] for _, row in rows])
    }
    return [
        EntryRelation(kind=row["kind"], to_entry=found[row["to"]], sort_order=order)
        for order, row in rows
        if row["to"] in found
    ]


def _published(entry: Entry, words: dict[str, Any]) -> Entry:
    for name in TEXTS:
        setattr(entry, name, words.get(name, ""))
    # Live from the first save on: nobody reads it before the transaction ends, and the search index
    # would take a draft out at once, time and again.
    entry.live = True
    entry.save()
    entry.save_revision().publish()
    entry.refresh_from_db()
    return entry
