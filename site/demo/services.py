"""Fills a service page from its text. README.md describes the file."""

from decimal import Decimal
from typing import Any

from cms_blocks.pages.models import (
    ServicePageContact,
    ServicePageCost,
    ServicePageDeadline,
    ServicePageLifeEvent,
    ServicePagePhysicalChannel,
    ServicePageRelatedService,
    ServicePageRequirement,
    ServicePageStep,
    ServicePageTask,
    ServicePageTopic,
)

from .links import Links
from .records import translation_key
from .snippets import Snippets
from .texts import PageText

TEXTS = ("audience", "how_to", "outcome", "eligibility", "constraints", "special_cases")
VALUES = (
    "status_reason",
    "digital_channel",
    "digital_channel_label",
    "digital_channel_note",
    "booking_url",
    "responsible_unit",
    "area_served",
    "identifier_scheme",
    "identifier",
)


def set_fields(page: Any, text: PageText, links: Links) -> None:
    page.status = text.values.get("status", "active")
    for name in VALUES:
        setattr(page, name, text.values.get(name, ""))
    for name in TEXTS:
        setattr(page, name, links.resolve(text.values.get(name, ""), text.locale))


def set_references(page: Any, text: PageText, snippets: Snippets, links: Links) -> None:
    """What somebody has deleted is left out."""
    page.topic_rows = [ServicePageTopic(topic=row) for row in _found(snippets.topics, text, "topics")]
    page.contact_rows = [ServicePageContact(person=row) for row in _found(snippets.persons, text, "contacts")]
    page.life_event_rows = [
        ServicePageLifeEvent(life_event=row) for row in _found(snippets.life_events, text, "life_events")
    ]
    page.related_service_rows = [
        ServicePageRelatedService(service_id=found.pk)
        for key in text.values.get("related_services", [])
        if (found := links.page(text.locale, key))
    ]


def _found(rows: dict[str, Any], text: PageText, name: str) -> list[Any]:
    return [rows[key] for key in text.values.get(name, []) if key in rows]


def set_rows(page: Any, text: PageText, links: Links) -> None:
    page.steps = [
        ServicePageStep(**row | {"text": links.resolve(row.get("text", ""), text.locale)})
        for row in _rows(page, text, "steps")
    ]
    page.requirements = [ServicePageRequirement(**row) for row in _rows(page, text, "requirements")]
    page.deadlines = [ServicePageDeadline(**row) for row in _rows(page, text, "deadlines")]
    page.costs = [
        ServicePageCost(**row | {"amount": _amount(row.get("amount"))}) for row in _rows(page, text, "costs")
    ]
    page.physical_channels = [
        ServicePagePhysicalChannel(**row) for row in _rows(page, text, "physical_channels")
    ]
    page.common_tasks = [
        ServicePageTask(**_target(row, text, links)) for row in _rows(page, text, "common_tasks")
    ]


def _rows(page: Any, text: PageText, name: str) -> list[dict[str, Any]]:
    """The rows of a list, each with the key that makes it the same row in every language."""
    return [
        row
        | {
            "sort_order": order,
            "locale": page.locale,
            "translation_key": translation_key(name, f"{text.key}/{order}"),
        }
        for order, row in enumerate(text.values.get(name, []))
    ]


def _amount(value: int | str | None) -> Decimal | None:
    return None if value is None else Decimal(value)


def _target(row: dict[str, Any], text: PageText, links: Links) -> dict[str, Any]:
    """A link's `page` is a key, its `url` an address."""
    words = {name: value for name, value in row.items() if name not in ("page", "url")}
    found = links.page(text.locale, row["page"]) if "page" in row else None
    return words | {"link_page_id": found.pk if found else None, "link_url": row.get("url", "")}
