"""Loads the directory: facts on the row of an entry's source language, texts on each row, all published."""

from typing import Any

from directory.models import Entry, EntryTopic, Location

from .records import Run, by_locale, translation_key
from .snippets import Snippets
from .texts import LOCALES, Text
from .texts import entries as entry_texts

FACTS = ("phone", "email", "website", "assured_on")


def load(run: Run, snippets: Snippets) -> None:
    for text in entry_texts():
        _load_entry(run, snippets, text)


def count() -> int:
    return sum(locale in text.values for text in entry_texts() for locale in LOCALES)


def _load_entry(run: Run, snippets: Snippets, text: Text) -> None:
    source_code = text.values["source"]
    key = translation_key("entry", text.key)

    def write_source(row: Entry | None) -> Entry:
        row = row or Entry(translation_key=key, locale=run.locale(source_code), slug=text.key)
        _set_facts(row, text.values, snippets)
        return _published(row, text.values[source_code])

    found = Entry.objects.sources().filter(slug=text.key).first()
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


def _set_facts(entry: Entry, values: dict[str, Any], snippets: Snippets) -> None:
    entry.kind = values["kind"]
    for name in FACTS:
        setattr(entry, name, values.get(name, None if name == "assured_on" else ""))
    entry.locations.set([Location(**values["place"])])
    topics = [snippets.topics[slug] for slug in values["topics"] if slug in snippets.topics]
    entry.entry_topics.set([EntryTopic(topic=topic, sort_order=order) for order, topic in enumerate(topics)])


def _published(entry: Entry, words: dict[str, Any]) -> Entry:
    for name in ("name", "summary", "description"):
        setattr(entry, name, words[name])
    # Live from the first save on: nobody reads it before the transaction ends, and the search index
    # would take a draft out at once, time and again.
    entry.live = True
    entry.save()
    entry.save_revision().publish()
    entry.refresh_from_db()
    return entry
