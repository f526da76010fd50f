"""Loads the pages: first the tree, so that texts can link anywhere, then the texts, published."""

from dataclasses import dataclass
from functools import partial
from typing import Any

from django.contrib.contenttypes.models import ContentType
from modelcluster.models import get_all_child_relations
from wagtail.coreutils import find_available_slug
from wagtail.models import Page, Revision

from cms_blocks.pages.models import (
    EventEditionPage,
    EventIndexPage,
    EventPage,
    EventSeriesPage,
    HomePage,
    HomePageTask,
    SectionPage,
    ServicePage,
    StandardPage,
    StandardPageContact,
    StandardPageTopic,
)
from directory.pages.models import DirectoryPage, TopicIndexPage

from . import articles, bodies, events, services, texts
from .links import Links
from .records import Run, translation_key
from .snippets import Snippets
from .texts import PageText

MODELS: dict[str, type[Page]] = {
    "home": HomePage,
    "section": SectionPage,
    "standard": StandardPage,
    "service": ServicePage,
    "directory": DirectoryPage,
    "topics": TopicIndexPage,
    "events": EventIndexPage,
    "event": EventPage,
    "series": EventSeriesPage,
    "edition": EventEditionPage,
} | articles.MODELS
Tree = dict[tuple[str, str], Page]


@dataclass(frozen=True)
class Sources:
    """What a page's text refers to; pictures and files by key, as primary keys."""

    links: Links
    pictures: dict[str, int]
    files: dict[str, int]
    snippets: Snippets


def count() -> int:
    return len(texts.pages())


def existing_home(locale: str, key: str) -> Page | None:
    return Page.objects.filter(
        translation_key=translation_key("page", key), locale__language_code=locale
    ).first()


def plant(run: Run) -> Tree:
    """All pages by language and key; those that are missing are made, empty until `fill`."""
    pages = texts.pages()
    tree = _existing(pages)
    for text in pages:
        place = text.locale, text.key
        if place not in tree and run.verdict(_name(text), text, None) == "created":
            parent = tree.get((text.locale, text.parent)) if text.parent else _root()
            if parent is not None:
                tree[place] = _add(run, parent, text)
        elif place in tree and run.verdict(_name(text), text, tree[place]) in ("created", "updated"):
            tree[place] = _of_type(tree[place], MODELS[text.kind])
    return tree


def fill(run: Run, tree: Tree, sources: Sources) -> None:
    for text in texts.pages():
        make = partial(_write, text=text, sources=sources)
        run.write(_name(text), text, tree.get((text.locale, text.key)), make)


def _name(text: PageText) -> str:
    return f"page:{text.locale}:{text.key}"


def _existing(pages: list[PageText]) -> Tree:
    keys = {translation_key("page", text.key): text.key for text in pages}
    found = Page.objects.filter(translation_key__in=keys, alias_of=None).select_related("locale").specific()
    return {(page.locale.language_code, keys[page.translation_key]): page for page in found}


def _root() -> Page:
    """The root of all trees; the suite's tests may run in a database that has lost Wagtail's own."""
    return Page.get_first_root_node() or Page.add_root(instance=Page(title="Root", slug="root"))


def _add(run: Run, parent: Page, text: PageText) -> Page:
    parent = Page.objects.get(pk=parent.pk)  # treebeard counts children on the row it is given
    page = MODELS[text.kind](
        title=text.values["title"],
        slug=find_available_slug(parent, text.values["slug"]),
        locale=run.locale(text.locale),
        translation_key=translation_key("page", text.key),
        show_in_menus=text.in_menus,
        **events.needed(text),
    )
    parent.add_child(instance=page)
    run.begin(_name(text), page)
    return page


def _write(page: Any, text: PageText, sources: Sources) -> Page:
    page.refresh_from_db()  # its count of children has changed since it was planted, and publishing saves it
    page.title = text.values["title"]
    page.search_description = text.values["search_description"]
    page.show_in_menus = text.in_menus
    _SETTERS[text.kind](page, text, sources)
    page.save_revision().publish()
    page.refresh_from_db()
    return page


def _of_type(page: Page, model: type[Page]) -> Page:
    """The page as one of that type: the same page, at its place and address, where an older demo had another.

    Only the row of its type is exchanged, so that links to it, its children and its history stay.
    """
    if isinstance(page, model):
        return page
    shared = Page.objects.get(pk=page.pk)
    _drop_type(page)
    shared.content_type = ContentType.objects.get_for_model(model)
    shared.save_base(raw=True)
    Revision.page_revisions.filter(object_id=str(page.pk)).update(content_type=shared.content_type)
    exchanged = model(page_ptr=shared)
    for column in Page._meta.concrete_fields:
        setattr(exchanged, column.attname, getattr(shared, column.attname))
    exchanged.save_base(raw=True)
    return exchanged


def _drop_type(page: Page) -> None:
    """Not with `delete`: it would take the revisions and the place in the tree along."""
    old = type(page)
    of_every_page = get_all_child_relations(Page)
    for relation in get_all_child_relations(old):
        if relation not in of_every_page:
            relation.related_model._default_manager.filter(**{relation.field.name: page.pk}).delete()
    rows = old._base_manager.filter(pk=page.pk)
    rows._raw_delete(rows.db)


def _set_home(page: Any, text: PageText, sources: Sources) -> None:
    page.hero_heading = text.values["heading"]
    page.intro = text.values["intro"]
    page.search_prompt = text.values["search_prompt"]
    page.body = bodies.body(text, sources.links, sources.pictures, sources.files)
    page.top_tasks = [
        _task(task, page, target, order)
        for order, task in enumerate(text.values["tasks"])
        if (target := sources.links.page(text.locale, task["page"]))
    ]


def _task(task: dict[str, str], page: HomePage, target: Page, order: int) -> HomePageTask:
    return HomePageTask(
        title=task["title"],
        link_page_id=target.pk,
        sort_order=order,
        locale=page.locale,
        translation_key=translation_key("task", task["page"]),
    )


def _set_section(page: Any, text: PageText, sources: Sources) -> None:
    page.summary = text.values["summary"]
    page.body = bodies.body(text, sources.links, sources.pictures, sources.files)


def _set_standard(page: Any, text: PageText, sources: Sources) -> None:
    _set_section(page, text, sources)
    topics, persons = sources.snippets.topics, sources.snippets.persons
    page.topic_rows = [
        StandardPageTopic(topic=topics[slug], sort_order=order)
        for order, slug in enumerate(text.values.get("topics", []))
        if slug in topics
    ]
    page.contact_rows = [
        StandardPageContact(person=persons[key], sort_order=order)
        for order, key in enumerate(text.values.get("contacts", []))
        if key in persons
    ]


def _set_service(page: Any, text: PageText, sources: Sources) -> None:
    _set_section(page, text, sources)
    services.set_fields(page, text, sources.links)
    services.set_references(page, text, sources.snippets, sources.links)
    services.set_rows(page, text, sources.links)


def _set_directory(page: Any, text: PageText, sources: Sources) -> None:
    page.intro = bodies.rich_text(text, "intro", sources.links)


def _set_topics(page: Any, text: PageText, sources: Sources) -> None:
    page.summary = text.values["summary"]


def _set_event(page: Any, text: PageText, sources: Sources) -> None:
    _set_section(page, text, sources)
    events.set_event(page, text, sources.snippets)


def _set_series(page: Any, text: PageText, sources: Sources) -> None:
    _set_section(page, text, sources)
    events.set_series(page, text, sources.snippets, sources.links)


def _set_edition(page: Any, text: PageText, sources: Sources) -> None:
    _set_section(page, text, sources)
    events.set_edition(page, text, sources.snippets)


_SETTERS: dict[str, Any] = {
    "home": _set_home,
    "section": _set_section,
    "standard": _set_standard,
    "service": _set_service,
    "directory": _set_directory,
    "topics": _set_topics,
    "events": _set_section,
    "event": _set_event,
    "series": _set_series,
    "edition": _set_edition,
} | dict.fromkeys(articles.MODELS, articles.set_article)
