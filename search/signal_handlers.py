"""Every road into and out of the index that Django and Wagtail announce.

Publishing, saving and deleting of what is registered; moves, new slugs and view restrictions, which
concern all pages below; locales and sites, which concern everything.
"""

from collections.abc import Iterable, Iterator
from typing import Any

from django.db.models import Model, Q
from django.db.models.signals import post_delete, post_save, pre_delete, pre_save
from wagtail.models import Locale, Page, PageViewRestriction, Site
from wagtail.signals import (
    page_published,
    page_slug_changed,
    page_unpublished,
    post_page_move,
    published,
    unpublished,
)

from . import compound_changes, indexing, outbox, registry, remembering
from .models import CompoundWord, Promotion, Synonym
from .registry import Searchable

_UID = "torv_search"


def connect() -> None:
    """Listen; called once from `ready()`."""
    for signal in (post_save, page_published, published):
        signal.connect(on_changed, dispatch_uid=f"{_UID}.changed")
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
    for searchable in _searchables_of(instance):
        if getattr(instance, "live", True):
            outbox.add(searchable, [searchable.key(instance)])
        else:
            outbox.vanish(searchable, [searchable.key(instance)])
    _related_changed(instance)


def on_withdrawn(sender: type[Model], instance: Model, **kwargs: Any) -> None:
    for searchable in _searchables_of(instance):
        outbox.vanish(searchable, [searchable.key(instance)])


def on_before_delete(sender: type[Model], instance: Model, **kwargs: Any) -> None:
    """The relations that tell which things are concerned go with the row."""
    _related_changed(instance)


def on_subtree_changed(sender: type[Page], instance: Page, **kwargs: Any) -> None:
    _pages_changed(instance)


def on_restriction_changed(sender: type[Model], instance: PageViewRestriction, **kwargs: Any) -> None:
    _pages_changed(instance.page)


def on_site_changed(sender: type[Model], instance: Site, raw: bool = False, **kwargs: Any) -> None:
    if not raw:
        indexing.touch()
        _everything_changed(_page_searchables())


def on_locale_saved(sender: type[Model], instance: Locale, raw: bool = False, **kwargs: Any) -> None:
    if not raw:
        _everything_changed(registry.searchables())


def on_locale_deleted(sender: type[Model], instance: Locale, **kwargs: Any) -> None:
    indexing.remove_where(Q(locale=instance.language_code))


def _searchables_of(instance: Model) -> Iterator[Searchable]:
    return (searchable for searchable in registry.searchables() if isinstance(instance, searchable.models))


def _page_searchables() -> list[Searchable]:
    return [s for s in registry.searchables() if any(issubclass(model, Page) for model in s.models)]


def _related_changed(instance: Model) -> None:
    for searchable in registry.searchables():
        if isinstance(instance, searchable.related_models):
            outbox.add(searchable, searchable.related_keys(instance))


def _pages_changed(page: Page) -> None:
    """This page and all below it; `key` is given base pages, which is all it needs."""
    pages = list(Page.objects.filter(path__startswith=page.path))
    for searchable in _page_searchables():
        outbox.vanish(searchable, [searchable.key(each) for each in pages])


def _everything_changed(searchables: Iterable[Searchable]) -> None:
    for searchable in searchables:
        outbox.add(searchable, searchable.keys())
