"""Fills stories, reports, knowledge, step by steps, news, person lists and contact pages from their texts."""

from typing import Any

from wagtail.models import Page, TranslatableMixin

from cms_blocks.pages import models
from cms_blocks.pages.models import (
    ContactPage,
    KnowledgePage,
    NewsIndexPage,
    NewsPage,
    PersonListPage,
    ReportPage,
    StepByStepPage,
    StoryIndexPage,
    StoryPage,
)

from . import bodies
from .records import translation_key
from .texts import PageText

MODELS: dict[str, type[Page]] = {
    "contact": ContactPage,
    "knowledge": KnowledgePage,
    "news": NewsPage,
    "news-index": NewsIndexPage,
    "person-list": PersonListPage,
    "report": ReportPage,
    "step-by-step": StepByStepPage,
    "story": StoryPage,
    "story-index": StoryIndexPage,
}

#: What a text may give of a page, as it is.
VALUES = (
    "motto",
    "published_on",
    "file_reference",
    "who",
    "portrait_alt",
    "has_consent",
    "consent_reference",
    "departments",
    "form_heading",
    "to_address",
)
RICH = ("abstract", "introduction", "thank_you")
#: Child relation -> its rows' class.
ROWS: dict[str, type[Any]] = {
    "talks": models.ReportPageTalk,
    "working_groups": models.ReportPageWorkingGroup,
    "authors": models.ReportPageAuthor,
    "changes": models.StoryPageChange,
    "quotes": models.StoryPageQuote,
    "sections": models.KnowledgePageSection,
    "steps": models.StepByStepPageStep,
    "form_fields": models.ContactPageField,
}
#: Rows' texts that may hold links, and what is the key of a page.
RICH_IN_ROWS = ("results", "introduction", "examples", "conditions", "text")
PAGES_IN_ROWS = ("first_page", "second_page", "third_page")


def set_article(page: Any, text: PageText, sources: Any) -> None:
    page.summary = text.values["summary"]
    page.body = bodies.body(text, sources.links, sources.pictures, sources.files)
    for name in VALUES:
        if name in text.values:
            setattr(page, name, text.values[name])
    for name in RICH:
        if name in text.values:
            setattr(page, name, sources.links.resolve(text.values[name], text.locale))
    if portrait := sources.pictures.get(text.values.get("portrait", "")):
        page.portrait_id = portrait
    for relation in ROWS:
        if relation in text.values:
            setattr(page, relation, _rows(page, relation, text, sources))
    _set_references(page, text, sources)


def _rows(page: Any, relation: str, text: PageText, sources: Any) -> list[TranslatableMixin]:
    return [
        ROWS[relation](
            locale=page.locale,
            translation_key=translation_key(relation, f"{text.key}/{order}"),
            sort_order=order,
            **_values(row, text.locale, sources),
        )
        for order, row in enumerate(text.values[relation])
    ]


def _values(row: dict[str, Any], locale: str, sources: Any) -> dict[str, Any]:
    values = dict(row)
    for name in RICH_IN_ROWS:
        if name in values:
            values[name] = sources.links.resolve(values[name], locale)
    for name in PAGES_IN_ROWS:
        if found := sources.links.page(locale, values.pop(name, "")):
            values[f"{name}_id"] = found.pk
    return values


def _set_references(page: Any, text: PageText, sources: Any) -> None:
    """What somebody has deleted is left out."""
    if hasattr(page, "topic_rows"):
        make = type(page)._meta.get_field("topic_rows").related_model
        found = (sources.snippets.topics.get(key) for key in text.values.get("topics", []))
        page.topic_rows = [make(topic=row, sort_order=order) for order, row in enumerate(found) if row]
    if hasattr(page, "contact_rows"):
        make = type(page)._meta.get_field("contact_rows").related_model
        found = (sources.snippets.persons.get(key) for key in text.values.get("contacts", []))
        page.contact_rows = [make(person=row, sort_order=order) for order, row in enumerate(found) if row]
    if hasattr(page, "service_rows"):
        keys = (sources.links.page(text.locale, key) for key in text.values.get("services", []))
        rows = [
            models.StoryPageService(service_id=found.pk, sort_order=order)
            for order, found in enumerate(keys)
            if found
        ]
        page.service_rows = rows
