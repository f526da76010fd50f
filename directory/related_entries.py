"""Entries like one: with its topics or target groups, the nearest first. Asked of the search index."""

from collections.abc import Collection
from typing import Any

from django.db.models import Q
from wagtail.models import Locale, Site

from cms_blocks.topics import TopicTree

from .blurring import places_shown
from .models import Entry, EntryRelation, TargetGroup

#: How many are shown, and how many are looked at to find so many.
SHOWN, LOOKED_AT = 4, 20


def related_entries(entry: Entry, locale: Locale, site: Site | None) -> list[Any]:
    """Hits; without the entry itself and those that its memberships and supporters name already.

    What is about a sensitive topic stands beside its like only: nobody who reads of something else meets it
    by the way, and nobody is told who is near whom, because the places of the question are the shown ones.
    """
    facts = entry.facts
    if site is None or not facts.pk:
        return []
    tree = TopicTree.load()
    is_sensitive = tree.is_sensitive(facts.topic_ids)
    hits = _alike(facts, locale, site, tree)
    if not is_sensitive:
        hits = _without_sensitive(hits, tree)
    left_out = {str(facts.translation_key), *_named_already(facts)}
    return [hit for hit in hits if hit.row.object_key not in left_out][:SHOWN]


def _alike(facts: Entry, locale: Locale, site: Site, tree: TopicTree) -> list[Any]:
    """By topic, else by target group."""
    from search import engines
    from search.query import Query

    topics = tuple(tree.slugs[topic] for topic in tree.preferred(facts.topic_ids) if topic in tree.slugs)
    facet, slugs = ("topic", topics) if topics else ("target_group", _target_groups(facts))
    if not slugs:
        return []
    query = Query(
        locale=locale.language_code,
        site=site,
        searchables=("torv_directory.entry",),
        selected={facet: slugs},
        near=_position(facts, is_sensitive=tree.is_sensitive(facts.topic_ids)),
        per_page=LOOKED_AT,
    )
    return list(engines.search(query).hits)


def _target_groups(facts: Entry) -> tuple[str, ...]:
    groups = TargetGroup.objects.filter(entry_target_groups__entry=facts.pk)
    return tuple(groups.values_list("slug", flat=True))


def _position(facts: Entry, *, is_sensitive: bool) -> Any:
    from search.query import Point

    for place in places_shown(facts, list(facts.locations.all()), is_sensitive=is_sensitive):
        if position := place.public_position:
            return Point(text="", label="", latitude=position[0], longitude=position[1])
    return None


def _named_already(facts: Entry) -> set[str]:
    rows = EntryRelation.objects.filter(Q(from_entry=facts.pk) | Q(to_entry=facts.pk))
    pairs = rows.values_list("from_entry__translation_key", "to_entry__translation_key")
    return {str(key) for pair in pairs for key in pair}


def _without_sensitive(hits: Collection[Any], tree: TopicTree) -> list[Any]:
    keys = [hit.row.object_key for hit in hits]
    carried = (
        Entry.objects.sources()
        .filter(translation_key__in=keys)
        .values_list("translation_key", "entry_topics__topic")
    )
    sensitive = {str(key) for key, topic in carried if topic and tree.is_sensitive([topic])}
    return [hit for hit in hits if hit.row.object_key not in sensitive]
