"""Loads topics, life events, target groups, contact persons and alerts, with their translations."""

from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any, TypeVar

from django.utils import timezone
from wagtail.models import TranslatableMixin

from cms_blocks.models import Alert, ContactPerson, CrisisNumber, LifeEvent, Topic
from directory.models import TargetGroup

from . import facets
from .records import Run, by_locale, source_row, translation_key
from .texts import LOCALES, Text, rows

SOURCE = "da"

R = TypeVar("R")


@dataclass
class Snippets:
    """Source rows by key: what pages and entries refer to. A deleted one is absent."""

    topics: dict[str, Topic] = field(default_factory=dict)
    life_events: dict[str, LifeEvent] = field(default_factory=dict)
    target_groups: dict[str, TargetGroup] = field(default_factory=dict)
    persons: dict[str, ContactPerson] = field(default_factory=dict)
    choices: facets.Choices = field(default_factory=dict)


def load(run: Run) -> Snippets:
    loaded = Snippets()
    for text in rows("topics.toml", "topic", key="slug"):
        _keep(loaded.topics, text, _topic(run, text, loaded.topics))
    _relate(run, loaded.topics)
    for text in rows("life-events.toml", "life_event", key="slug"):
        _keep(loaded.life_events, text, _life_event(run, text))
    for text in rows("target-groups.toml", "target_group", key="slug"):
        _keep(loaded.target_groups, text, _target_group(run, text))
    loaded.choices = facets.load(run)
    for text in rows("crisis-numbers.toml", "number"):
        _crisis_number(run, text)
    for text in rows("contact-persons.toml", "person"):
        _keep(loaded.persons, text, _person(run, text))
    for text in rows("alerts.toml", "alert"):
        _alert(run, text)
    return loaded


def _keep(found: dict[str, R], text: Text, row: R | None) -> None:
    if row is not None:
        found[text.key] = row


def count() -> int:
    texts = [
        *rows("topics.toml", "topic", key="slug"),
        *rows("contact-persons.toml", "person"),
        *rows("alerts.toml", "alert"),
        *rows("life-events.toml", "life_event", key="slug"),
        *rows("target-groups.toml", "target_group", key="slug"),
        *rows("crisis-numbers.toml", "number"),
    ]
    return facets.count() + sum(locale in text.values for text in texts for locale in LOCALES)


def _topic(run: Run, text: Text, topics: dict[str, Topic]) -> Topic | None:
    # Also by its address: a topic that somebody made before the demo came is used as it is.
    found = source_row(Topic, "topic", text.key)
    facts = {
        "slug": text.key,
        "broader": topics.get(text.values.get("broader", "")),
        "see": topics.get(text.values.get("see", "")),
        "notation": text.values.get("notation", ""),
        "is_sensitive": text.values.get("sensitive", False),
    }
    return _in_all_languages(run, "topic", text, Topic, found, facts)


def _life_event(run: Run, text: Text) -> LifeEvent | None:
    found = source_row(LifeEvent, "life-event", text.key)
    return _in_all_languages(run, "life-event", text, LifeEvent, found, {"slug": text.key})


def _target_group(run: Run, text: Text) -> TargetGroup | None:
    found = source_row(TargetGroup, "target-group", text.key)
    return _in_all_languages(run, "target-group", text, TargetGroup, found, {"slug": text.key})


def _relate(run: Run, topics: dict[str, Topic]) -> None:
    """Once all topics are there; only from those that this run wrote: editors may have changed the rest."""
    written = {topic.pk for topic in run.written if isinstance(topic, Topic)}
    for text in rows("topics.toml", "topic", key="slug"):
        topic = topics.get(text.key)
        if topic is not None and topic.pk in written:
            topic.related.add(*(topics[slug] for slug in text.values.get("related", []) if slug in topics))


def _crisis_number(run: Run, text: Text) -> None:
    found = by_locale(CrisisNumber, translation_key("crisis", text.key)).get(SOURCE)
    facts = {name: text.values.get(name, "") for name in ("phone", "url")}
    _in_all_languages(run, "crisis", text, CrisisNumber, found, {**facts, "order": text.values["order"]})


def _person(run: Run, text: Text) -> ContactPerson | None:
    found = by_locale(ContactPerson, translation_key("person", text.key)).get(SOURCE)
    facts = {name: text.values.get(name, "") for name in ("name", "email", "phone", "mobile", "website")}
    return _in_all_languages(run, "person", text, ContactPerson, found, facts)


def _alert(run: Run, text: Text) -> Alert | None:
    found = by_locale(Alert, translation_key("alert", text.key)).get(SOURCE)
    now = timezone.now()
    ends_at = now + timedelta(days=text.values["days"])
    facts = {"level": text.values["level"], "starts_at": now, "ends_at": ends_at}
    return _in_all_languages(run, "alert", text, Alert, found, facts)


def _in_all_languages(run: Run, kind: str, text: Text, model: Any, found: Any, facts: dict[str, Any]) -> Any:
    def source(row: Any) -> Any:
        row = row or model(translation_key=translation_key(kind, text.key), locale=run.locale(SOURCE))
        return _saved(row, facts | _words(kind, text, SOURCE))

    written = run.write(f"{kind}:{SOURCE}:{text.key}", text, found, source)
    if written is None:
        return None
    rows_now = by_locale(model, written.translation_key)
    for locale in LOCALES[1:]:
        if locale in text.values:
            _translation(run, kind, text, written, rows_now.get(locale), locale)
    return written


def _translation(
    run: Run, kind: str, text: Text, source: Any, found: TranslatableMixin | None, locale: str
) -> None:
    def translate(row: Any) -> Any:
        row = row or source.copy_for_translation(run.locale(locale))
        return _saved(row, _words(kind, text, locale))

    run.write(f"{kind}:{locale}:{text.key}", text, found, translate)


def _words(kind: str, text: Text, locale: str) -> dict[str, Any]:
    words = text.values[locale]
    if kind == "person":
        optional = ("organisation", "area_of_responsibility", "opening_hours")
        texts = {name: words.get(name, "") for name in optional}
        return {"role": words["role"], "department": words["department"], **texts}
    if kind == "alert":
        return {"heading": words["heading"], "text": words["text"]}
    if kind == "life-event":
        return {"pref_label": words["label"], "intro": words["intro"]}
    if kind == "target-group":
        return {"label": words["label"]}
    if kind == "crisis":
        return {name: words.get(name, "") for name in ("name", "audience", "opening")}
    return {
        "pref_label": words["label"],
        "alt_labels": "\n".join(words["words"]),
        "scope_note": words.get("note", ""),
    }


def _saved(row: Any, values: dict[str, Any]) -> Any:
    for name, value in values.items():
        setattr(row, name, value)
    row.full_clean()
    row.save()
    row.refresh_from_db()  # as the database has it, so that a later run compares like with like
    return row
