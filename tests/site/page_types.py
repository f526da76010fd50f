"""One page of each type with something in every field that is translated. All of it is invented."""

from collections.abc import Callable
from datetime import time
from typing import Any

from wagtail.models import Page

from cms_blocks.pages import models
from directory.pages.models import DirectoryPage, TopicIndexPage
from tests.cms_blocks import articles, events, factories, services

SEO = {"seo_title": "Torvkøbing", "search_description": "Hjælp i nærheden"}
TEXT = [("text", "<p>Vi er her for dig.</p>")]


def home_page(home: Any) -> Page:
    home.hero_heading, home.intro, home.search_prompt = "Velkommen", "Her er hjælp.", "Hvad søger du?"
    home.top_tasks = [models.HomePageTask(title="Bestil pas", link_url="https://pas.example/")]
    return filled(home)


def series(home: Any) -> Page:
    page = events.series(home, host_rule="<p>Værterne skiftes.</p>")
    page.value_rows = [models.EventSeriesPageValue(locale=page.locale, term="Åbenhed", text="Alle må komme.")]
    page.audience_rows = [models.EventSeriesPageAudience(locale=page.locale, text="Pårørende")]
    return filled(page)


def edition(home: Any) -> Page:
    above = events.series(home)
    german = above.copy_for_translation(factories.locale("de"), copy_parents=True)
    german.save_revision().publish()
    page = events.edition(above, place_note="Døren mod åen", status_reason="Få pladser", city="Havmølle")
    page.programme = [
        models.EventEditionPageProgramme(
            locale=page.locale,
            begins_at=time(9),
            title="Velkomst",
            speaker="Bo Holm, vært",
            text="<p>Kaffe først.</p>",
        )
    ]
    return filled(page)


def event(home: Any) -> Page:
    page = events.event(
        home,
        starts_at=events.soon(),
        organiser="Foreningen Havblik",
        price="Gratis",
        place_note="Døren mod åen",
        status_reason="Få pladser",
    )
    return filled(page)


def plain(model: type[Any], **fields: Any) -> Callable[[Any], Page]:
    return lambda home: filled(factories.below(home, model, **fields))


def filled(page: Any) -> Any:
    """Published with a body and with words for search engines."""
    for name, value in SEO.items():
        setattr(page, name, value)
    page.body = TEXT
    return articles.published(page)


#: Page type -> what makes it below a home page, or of it.
MAKERS: dict[type[Page], Callable[[Any], Page]] = {
    models.HomePage: home_page,
    models.SectionPage: plain(models.SectionPage, summary="Her er mere."),
    models.StandardPage: plain(models.StandardPage, summary="Når du har mistet."),
    models.ServicePage: lambda home: filled(services.full_service(home)),
    models.EventPage: event,
    models.EventSeriesPage: series,
    models.EventEditionPage: edition,
    models.EventIndexPage: plain(models.EventIndexPage, summary="Det sker."),
    models.NewsPage: lambda home: filled(articles.news(home)),
    models.NewsIndexPage: plain(models.NewsIndexPage, summary="Nyt fra byen."),
    models.StoryPage: lambda home: filled(articles.story(home)),
    models.StoryIndexPage: plain(models.StoryIndexPage, summary="Fortællinger."),
    models.ReportPage: lambda home: filled(articles.report(home)),
    models.KnowledgePage: lambda home: filled(articles.knowledge(home)),
    models.StepByStepPage: lambda home: filled(articles.guide(home)),
    models.ContactPage: lambda home: filled(articles.contact(home)),
    models.PersonListPage: plain(models.PersonListPage, summary="Hvem er hvem.", departments="Psykiatri"),
    DirectoryPage: plain(DirectoryPage, summary="Grupper og steder."),
    TopicIndexPage: plain(TopicIndexPage, summary="Alle emner."),
}

#: What is translated on every type, and on some; all else is a fact, or the address.
SHARED = {"title", "seo_title", "search_description", "body", "summary"}
MORE: dict[type[Page], set[str]] = {
    models.HomePage: {"hero_heading", "intro", "search_prompt", "top_tasks.title"},
    models.ServicePage: {
        "area_served",
        "audience",
        "common_tasks.title",
        "constraints",
        "costs.label",
        "costs.note",
        "deadlines.description",
        "deadlines.interval",
        "deadlines.milestone",
        "digital_channel_label",
        "digital_channel_note",
        "documents.title",
        "eligibility",
        "how_to",
        "outcome",
        "physical_channels.name",
        "physical_channels.note",
        "requirements.note",
        "requirements.text",
        "responsible_unit",
        "special_cases",
        "steps.text",
        "steps.title",
    },
    models.EventPage: {"organiser", "place_name", "place_note", "price", "status_reason"},
    models.EventSeriesPage: {"audience_rows.text", "host_rule", "value_rows.term", "value_rows.text"},
    models.EventEditionPage: {
        "place_name",
        "place_note",
        "programme.speaker",
        "programme.text",
        "programme.title",
        "status_reason",
    },
    models.StoryPage: {"changes.text", "quotes.attribution", "quotes.text", "who"},
    models.ReportPage: {
        "abstract",
        "attachments.title",
        "authors.organisation",
        "motto",
        "talks.organisation",
        "talks.role",
        "talks.title",
        "working_groups.question",
        "working_groups.results",
    },
    models.KnowledgePage: {
        "introduction",
        "sections.conditions",
        "sections.examples",
        "sections.heading",
        "sections.introduction",
        "sections.title",
    },
    models.StepByStepPage: {"introduction", "steps.text", "steps.title"},
    models.ContactPage: {"form_fields.label", "form_heading", "thank_you"},
}
