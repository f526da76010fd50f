"""Every road into and out of the index that Django and Wagtail announce.

Publishing, saving and deleting of what is registered; moves, new slugs and view restrictions, which
concern all pages below; locales and sites, which concern everything.
"""

from collections.abc import Collection, Iterable, Iterator
from typing import Any

from django.db import transaction
from django.db.models import Model, Q
from django.db.models.signals import post_delete, post_save, pre_delete, pre_save
from wagtail.models import Locale, Page, PageViewRestriction, ReferenceIndex, Site
from wagtail.signals import (
    page_published,
    page_slug_changed,
    page_unpublished,
    post_page_move,
    published,
    unpublished,
)

from . import compound_changes, indexing, outbox, registry, remembering
from .documents import SHOWN_ON
from .models import CompoundWord, DocumentFacet, Promotion, Synonym
from .registry import Searchable

_UID = "torv_search"


def connect() -> None:
    """Listen; called once from `ready()`."""
    for signal in (post_save, page_published, published):
        signal.connect(on_changed, dispatch_uid=f"{_UID}.changed")
    page_published.connect(on_page_published, dispatch_uid=f"{_UID}.page_published")
    for signal in (page_unpublished, unpublished, post_delete):
        signal.connect(on_withdrawn, dispatch_uid=f"{_UID}.withdrawn")
    pre_delete.connect(on_before_delete, dispatch_uid=f"{_UID}.before_delete")
    for signal in (post_page_move, page_slug_changed):
        signal.connect(on_subtree_changed, dispatch_uid=f"{_UID}.subtree")
    for signal in (post_save, post_delete):
        signal.connect(on_restriction_changed, sender=PageViewRestriction, dispatch_uid=f"{_UID}.restriction")
        signal.connect(on_site_changed, sender=Site, dispatch_uid=f"{_UID}.site")
        for steering in (Synonym, Promotion):
            signal.connect(remembering.forget, sender=steering, dispatch_uid=f"{_UID}.steering")
    for about_to in (pre_save, pre_delete):
        about_to.connect(
            compound_changes.before_change, sender=CompoundWord, dispatch_uid=f"{_UID}.before_compound"
        )
    for done in (post_save, post_delete):
        done.connect(compound_changes.after_change, sender=CompoundWord, dispatch_uid=f"{_UID}.compound")
    post_save.connect(on_locale_saved, sender=Locale, dispatch_uid=f"{_UID}.locale_saved")
    post_delete.connect(on_locale_deleted, sender=Locale, dispatch_uid=f"{_UID}.locale_deleted")


def on_changed(sender: type[Model], instance: Model, raw: bool = False, **kwargs: Any) -> None:
    """Saved or published: what is not live any more goes at once, the rest after the transaction."""
    if raw:
        return
    is_live = getattr(instance, "live", True)
    for searchable in _searchables_of(instance):
        _changed(searchable, [searchable.key(instance)], at_once=not is_live or searchable.is_shown_by_pages)
    _related_changed(instance)
    if isinstance(instance, Page):
        _shown_changed([instance], at_once=not is_live)


def on_page_published(sender: type[Page], instance: Page, **kwargs: Any) -> None:
    """Wagtail notes in a task, which may come after ours, what a page refers to; here it must be known."""
    showing = _shown_by_pages()
    if showing and ReferenceIndex.is_indexed(type(instance)):
        with transaction.atomic():
            ReferenceIndex.create_or_update_for_object(instance)
    for searchable in showing:
        now = set(searchable.keys_on([instance]))
        outbox.vanish(searchable, _held(searchable, [instance]) - now)
        outbox.add(searchable, now)


def on_withdrawn(sender: type[Model], instance: Model, **kwargs: Any) -> None:
    for searchable in _searchables_of(instance):
        outbox.vanish(searchable, [searchable.key(instance)])
    if isinstance(instance, Page):
        _shown_changed([instance], at_once=True)


def on_before_delete(sender: type[Model], instance: Model, **kwargs: Any) -> None:
    """The relations that tell which things are concerned go with the row."""
    _related_changed(instance)
    if isinstance(instance, Page):
        _shown_changed([instance], at_once=True)


def on_subtree_changed(sender: type[Page], instance: Page, **kwargs: Any) -> None:
    _pages_changed(instance)


def on_restriction_changed(sender: type[Model], instance: PageViewRestriction, **kwargs: Any) -> None:
    _pages_changed(instance.page)


def on_site_changed(sender: type[Model], instance: Site, raw: bool = False, **kwargs: Any) -> None:
    if not raw:
        indexing.touch()
        _everything_changed([*_page_searchables(), *_shown_by_pages()])


def on_locale_saved(sender: type[Model], instance: Locale, raw: bool = False, **kwargs: Any) -> None:
    if not raw:
        _everything_changed(registry.searchables())


def on_locale_deleted(sender: type[Model], instance: Locale, **kwargs: Any) -> None:
    indexing.remove_where(Q(locale=instance.language_code))


def _searchables_of(instance: Model) -> Iterator[Searchable]:
    return (searchable for searchable in registry.searchables() if isinstance(instance, searchable.models))


def _page_searchables() -> list[Searchable]:
    return [s for s in registry.searchables() if any(issubclass(model, Page) for model in s.models)]


def _shown_by_pages() -> list[Searchable]:
    return [searchable for searchable in registry.searchables() if searchable.is_shown_by_pages]


def _changed(searchable: Searchable, keys: Iterable[str], *, at_once: bool) -> None:
    if at_once:
        outbox.vanish(searchable, keys)
    else:
        outbox.add(searchable, keys)


def _related_changed(instance: Model) -> None:
    for searchable in registry.searchables():
        if isinstance(instance, searchable.related_models):
            _changed(searchable, searchable.related_keys(instance), at_once=searchable.is_shown_by_pages)


def _held(searchable: Searchable, pages: Collection[Page]) -> set[str]:
    """What the index holds because of these pages."""
    rows = DocumentFacet.objects.filter(facet=SHOWN_ON, value__in=[str(page.pk) for page in pages])
    return set(
        rows.filter(document__searchable=searchable.name).values_list("document__object_key", flat=True)
    )


def _shown_changed(pages: Collection[Page], *, at_once: bool) -> None:
    """At once means gone: what another page shows too comes back by the task. The page itself may still look
    public to the database, when it is on its way out."""
    for searchable in _shown_by_pages():
        keys = {*searchable.keys_on(pages), *_held(searchable, pages)}
        if at_once:
            indexing.remove(searchable, list(keys))
        outbox.add(searchable, keys)


def _pages_changed(page: Page) -> None:
    """This page and all below it; `key` is given base pages, which is all it needs."""
    pages = list(Page.objects.filter(path__startswith=page.path))
    for searchable in _page_searchables():
        outbox.vanish(searchable, [searchable.key(each) for each in pages])
    _shown_changed(pages, at_once=True)


def _everything_changed(searchables: Iterable[Searchable]) -> None:
    for searchable in searchables:
        outbox.add(searchable, searchable.keys())
