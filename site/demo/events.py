"""Fills events, series and editions from their texts. README.md describes the files."""

from datetime import datetime
from typing import Any

from django.utils import timezone

from cms_blocks.models import Theme
from cms_blocks.pages.models import (
    EventEditionPageContact,
    EventEditionPageProgramme,
    EventEditionPageTopic,
    EventPageContact,
    EventPageSchedule,
    EventPageTopic,
    EventSeriesPageAudience,
    EventSeriesPageContact,
    EventSeriesPageTopic,
    EventSeriesPageValue,
)

from .links import Links
from .records import translation_key
from .snippets import Snippets
from .texts import PageText

#: Values of the first language, which hold in all.
FACTS = (
    "status",
    "starts_at",
    "ends_at",
    "attendance_option",
    "address_1",
    "postal_code",
    "city",
    "registration_url",
    "capacity",
)
EDITION_FACTS = ("host_organisation", "host_url", "organiser_email", "collects_from", "collects_until")
TEXTS = ("status_reason", "place_name", "place_note")
MOMENTS = ("starts_at", "ends_at", "collects_from", "collects_until")


def needed(text: PageText) -> dict[str, Any]:
    """What a page of this type must have as soon as it is planted."""
    return {"year": text.values["year"]} if text.kind == "edition" else {}


def set_event(page: Any, text: PageText, snippets: Snippets) -> None:
    _set_facts(page, text, FACTS)
    _set_texts(page, text, (*TEXTS, "organiser", "price"))
    page.topic_rows = [EventPageTopic(topic=row) for row in _found(snippets.topics, text, "topics")]
    page.contact_rows = [EventPageContact(person=row) for row in _found(snippets.persons, text, "contacts")]
    page.schedules = [EventPageSchedule(**row) for row in text.values.get("schedules", [])]


def set_series(page: Any, text: PageText, snippets: Snippets, links: Links) -> None:
    page.host_rule = links.resolve(text.values.get("host_rule", ""), text.locale)
    page.value_rows = [EventSeriesPageValue(**row) for row in _rows(page, text, "values")]
    page.audience_rows = [EventSeriesPageAudience(**row) for row in _rows(page, text, "audiences")]
    page.topic_rows = [EventSeriesPageTopic(topic=row) for row in _found(snippets.topics, text, "topics")]
    page.contact_rows = [
        EventSeriesPageContact(person=row) for row in _found(snippets.persons, text, "contacts")
    ]


def set_edition(page: Any, text: PageText, snippets: Snippets) -> None:
    page.year = text.values["year"]
    _set_facts(page, text, (*FACTS, *EDITION_FACTS))
    _set_texts(page, text, TEXTS)
    page.programme = [EventEditionPageProgramme(**row) for row in _rows(page, text, "programme")]
    page.topic_rows = [EventEditionPageTopic(topic=row) for row in _found(snippets.topics, text, "topics")]
    page.contact_rows = [
        EventEditionPageContact(person=row) for row in _found(snippets.persons, text, "contacts")
    ]
    for theme in text.values.get("themes", []):
        Theme.objects.get_or_create(
            edition_id=page.pk, title=theme["title"], defaults={**theme, "language": text.locale}
        )


def _set_facts(page: Any, text: PageText, names: tuple[str, ...]) -> None:
    for name in names:
        value = text.values.get(name)
        if value is None:
            value = page._meta.get_field(name).get_default()
        setattr(page, name, _moment(value) if name in MOMENTS else value)


def _moment(value: datetime | None) -> datetime | None:
    """The files give local time."""
    return timezone.make_aware(value) if value is not None else None


def _set_texts(page: Any, text: PageText, names: tuple[str, ...]) -> None:
    for name in names:
        setattr(page, name, text.values.get(name, ""))


def _found(rows: dict[str, Any], text: PageText, name: str) -> list[Any]:
    return [rows[key] for key in text.values.get(name, []) if key in rows]


def _rows(page: Any, text: PageText, name: str) -> list[dict[str, Any]]:
    """The rows of a list, each with the key that makes it the same row in every language."""
    return [
        {
            **row,
            "sort_order": order,
            "locale": page.locale,
            "translation_key": translation_key(name, f"{text.key}/{order}"),
        }
        for order, row in enumerate(text.values.get(name, []))
    ]
