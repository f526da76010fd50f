"""One page of each type of article, with something in every field. All of it is invented."""

from datetime import date
from typing import Any

from cms_blocks.pages import models
from tests.cms_blocks import factories

RESULTS = "<p><b>Es braucht Zeit.</b></p><ul><li>Ein fester Ort<ul><li>ohne Schwelle</li></ul></li></ul>"


def report(parent: Any, **fields: Any) -> models.ReportPage:
    page = _below(
        parent,
        models.ReportPage,
        {
            "title": "Forum 1",
            "summary": "Was gute Zusammenarbeit braucht.",
            "motto": "Niemand muss alles allein können.",
            "abstract": "<p>Selbsthilfe und Dienste an einem Tisch.</p>",
            "file_reference": "TK-2026-17",
            "published_on": date(2026, 5, 4),
        }
        | fields,
    )
    add_rows(page)
    return page


def story(parent: Any, **fields: Any) -> models.StoryPage:
    page = _below(
        parent,
        models.StoryPage,
        {
            "title": "Huset ved havnen",
            "summary": "Et hus, hvor alle laver noget.",
            "who": "Karla Sivholt",
            "has_consent": True,
            "consent_reference": "Sag 44",
        }
        | fields,
    )
    add_rows(page)
    return page


def knowledge(parent: Any, **fields: Any) -> models.KnowledgePage:
    words = {"title": "Netværk", "summary": "Hvad det kræver.", "introduction": "<p>Vi samler erfaring.</p>"}
    page = _below(parent, models.KnowledgePage, words | fields)
    add_rows(page)
    return page


def guide(parent: Any, **fields: Any) -> models.StepByStepPage:
    words = {
        "title": "Når du har mistet",
        "summary": "Trin for trin.",
        "introduction": "<p>Tag det roligt.</p>",
    }
    page = _below(parent, models.StepByStepPage, words | fields)
    add_rows(page)
    return page


def news(parent: Any, **fields: Any) -> models.NewsPage:
    words = {"title": "Nye åbningstider", "summary": "Vi åbner før.", "published_on": date(2026, 3, 2)}
    page = _below(parent, models.NewsPage, words | fields)
    add_rows(page)
    return page


def contact(parent: Any, **fields: Any) -> models.ContactPage:
    words = {
        "title": "Skriv til os",
        "summary": "Vi svarer hurtigt.",
        "form_heading": "Din besked",
        "thank_you": "<p>Tak, vi svarer.</p>",
        "to_address": "post@torvkoebing.example",
    }
    page = _below(parent, models.ContactPage, words | fields)
    for name, kind, required in (
        ("Dit navn", "singleline", True),
        ("Din mail", "email", False),
        ("Din tekst", "multiline", True),
    ):
        page.form_fields.add(
            models.ContactPageField(locale=page.locale, label=name, field_type=kind, required=required)
        )
    add_rows(page)
    return page


def _below(parent: Any, model: type[Any], fields: dict[str, Any]) -> Any:
    return factories.below(parent, model, live=False, **fields)


def published(page: Any) -> Any:
    page.save_revision().publish()
    return type(page).objects.get(pk=page.pk)


def add_rows(page: Any) -> None:
    """One row of each sort more."""
    for relation, make in ROWS[type(page)].items():
        row = make()
        if hasattr(row, "locale_id"):
            row.locale = page.locale
        setattr(page, relation, [*getattr(page, relation).all(), row])
    if hasattr(page, "topic_rows"):
        through = type(page)._meta.get_field("topic_rows").related_model
        page.topic_rows = [*page.topic_rows.all(), through(topic=factories.topic("Netværk"))]
    page.save_revision()


ROWS: dict[type[Any], dict[str, Any]] = {
    models.ReportPage: {
        "talks": lambda: models.ReportPageTalk(
            title="Auf Augenhöhe",
            speaker="Ida Sturmwind",
            role="Sprecherin",
            organisation="Selbsthilfe Nord",
            document=factories.document("Folien"),
        ),
        "working_groups": lambda: models.ReportPageWorkingGroup(
            number=1, question="Was brauchen wir?", results=RESULTS
        ),
        "authors": lambda: models.ReportPageAuthor(name="Jo Birkenau", organisation="Kontaktstelle"),
        "attachments": lambda: models.ReportPageAttachment(
            document=factories.document("Liste"), title="Teilnehmende Stellen"
        ),
    },
    models.StoryPage: {
        "changes": lambda: models.StoryPageChange(text="Jeg tager bussen alene"),
        "quotes": lambda: models.StoryPageQuote(
            text="Her er plads.", attribution="Bo Havrekær", has_consent=True, consent_reference="Sag 45"
        ),
    },
    models.KnowledgePage: {
        "sections": lambda: models.KnowledgePageSection(
            heading="Netværk",
            title="Med andre tilbud",
            introduction="<p>Vi mødes.</p>",
            examples="<ul><li>Fælles kaffe</li></ul>",
            conditions="<ul><li>En fast aftale</li></ul>",
        ),
    },
    models.StepByStepPage: {
        "steps": lambda: models.StepByStepPageStep(title="Ring til en læge", text="<p>Uden ventetid.</p>"),
    },
    models.NewsPage: {"contact_rows": lambda: models.NewsPageContact(person=factories.person())},
    models.ContactPage: {"contact_rows": lambda: models.ContactPageContact(person=factories.person())},
}
MAKERS = {
    "report": report,
    "story": story,
    "knowledge": knowledge,
    "guide": guide,
    "news": news,
    "contact": contact,
}
