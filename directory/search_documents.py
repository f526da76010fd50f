"""Entries as the search sees them: one document for each entry and language of the site."""

import html
from collections.abc import Iterable, Iterator, Mapping, Sequence

from django.db.models import Model
from django.utils import translation
from django.utils.html import strip_tags
from django.utils.translation import gettext_lazy as _
from wagtail.models import Locale, Site

from cms_blocks.models import Topic
from cms_blocks.topics import TopicTree
from search.documents import Document
from search.facets import Facet
from search.registry import HitAddress, Searchable, register, register_facet

from .addresses import directory_page
from .models import Entry, EntryKind, EntryTopic, Location, PlaceName
from .querysets import EntryQuerySet


class EntrySearchable(Searchable):
    name = "torv_directory.entry"
    models = (Entry,)
    related_models = (Topic, Location, EntryTopic)

    def key(self, instance: Model) -> str:
        assert isinstance(instance, Entry)  # noqa: S101 - what `models` says
        return str(instance.translation_key)

    def keys(self) -> Iterable[str]:
        rows = Entry.objects.sources().order_by("pk").values_list("translation_key", flat=True)
        return (str(key) for key in rows.iterator())

    def documents(self, keys: Sequence[str]) -> Iterator[Document]:
        """Entries that are not visible at the moment too: the index compares their dates."""
        sources = list(_live_sources(keys).with_facts().prefetch_related("translation_rows"))
        locales = {locale.pk: locale.language_code for locale in Locale.objects.all()}
        words = _TopicWords(source.entry_topics.all() for source in sources)
        tree = TopicTree.load()
        for source in sources:
            rows = {row.locale_id: row for row in source.translation_rows.all() if row.live}
            facets = _facets(source, tree)
            for locale_id, code in locales.items():
                row = rows.get(locale_id, source)
                yield _document(
                    source, row, code, locales[row.locale_id], words.of(source, locale_id), facets
                )

    def address(self, site: Site, locale: str) -> HitAddress | None:
        page = directory_page(site, locale)
        if page is None:
            return None
        list_url = page.get_url(current_site=site)
        return lambda hit: f"{list_url}{hit.stored['slug']}/"

    def related_keys(self, instance: Model) -> Iterable[str]:
        entries = Entry.objects.sources()
        if isinstance(instance, Topic):
            topics = TopicTree.load().with_narrower(instance.facts.pk)
            entries = entries.filter(entry_topics__topic__in=topics).distinct()
        elif isinstance(instance, Location | EntryTopic):
            entries = entries.filter(pk=instance.entry_id)
        return [str(key) for key in entries.order_by("pk").values_list("translation_key", flat=True)]

    def visible_keys(self, keys: Sequence[str], locale: str) -> set[str]:
        rows = _live_sources(keys).public().values_list("translation_key", flat=True)
        return {str(key) for key in rows}


class _TopicWords:
    """Labels and synonyms of the topics of many entries, in every language, in one query."""

    def __init__(self, carried: Iterable[Iterable[EntryTopic]]) -> None:
        ids = {one.topic_id for topics in carried for one in topics}
        self._topics: dict[tuple[int | None, int], Topic] = {}
        for topic in Topic.objects.filter(source_row__in=ids):
            self._topics[topic.source_row_id, topic.locale_id] = topic

    def of(self, source: Entry, locale_id: int) -> tuple[str, ...]:
        """A topic without a translation gives its own words."""
        topics = (carried.topic for carried in source.entry_topics.all())
        known = [self._topics.get((topic.pk, locale_id), topic) for topic in topics]
        return tuple(word for topic in known for word in (topic.pref_label, *topic.synonyms))


def _live_sources(keys: Sequence[str]) -> EntryQuerySet:
    return Entry.objects.sources().filter(translation_key__in=keys, live=True)


def _document(
    source: Entry,
    row: Entry,
    locale: str,
    lang: str,
    topic_words: tuple[str, ...],
    facets: Mapping[str, tuple[str, ...]],
) -> Document:
    places = list(source.locations.all())
    located = next((place for place in places if place.latitude is not None), None)
    return Document(
        object_key=str(source.translation_key),
        object_id=row.pk,
        locale=locale,
        lang=lang,
        kind="entry",
        title=row.name,
        keywords=(*topic_words, _kind_label(source, lang)),
        summary=row.summary,
        body="\n".join(filter(None, (_plain_text(row.description), *map(_address, places)))),
        facets=facets,
        stored={**_stored(source, places), "kind_label": _kind_label(source, locale)},
        visible_from=source.visible_from,
        visible_to=source.visible_to,
        latitude=located and located.latitude,
        longitude=located and located.longitude,
    )


def _facets(source: Entry, tree: TopicTree) -> dict[str, tuple[str, ...]]:
    places = list(source.locations.all())
    return {
        "entry_kind": (source.kind,) if source.kind else (),
        "topic": tree.with_broader(carried.topic_id for carried in source.entry_topics.all()),
        "place": tuple(dict.fromkeys(place.city_slug for place in places if place.city_slug)),
        "region": tuple(dict.fromkeys(place.region_slug for place in places if place.region_slug)),
    }


def _stored(source: Entry, places: Sequence[Location]) -> dict[str, object]:
    first = places[0] if places else None
    return {
        "slug": source.slug,
        "kind": source.kind,
        "city": first.city if first else "",
        "region": first.region if first else "",
        "phone": source.phone.as_international if source.phone else "",
    }


def _kind_label(source: Entry, lang: str) -> str:
    with translation.override(lang):
        return str(source.get_kind_display())


def _address(place: Location) -> str:
    parts = (place.address_1, place.address_2, f"{place.postal_code} {place.city}".strip(), place.region)
    return ", ".join(filter(None, parts))


def _plain_text(rich_text: str) -> str:
    """Words of neighbouring elements stay apart: a paragraph's end is no end of a word in the markup."""
    return " ".join(html.unescape(strip_tags(rich_text.replace("<", " <"))).split())


class EntryKindFacet(Facet):
    name = "entry_kind"
    label = _("Kind")

    def labels(self, values: Sequence[str], locale: str) -> Mapping[str, str]:
        with translation.override(locale):
            return {kind.value: str(kind.label) for kind in EntryKind if kind.value in values}


class PlaceNameFacet(Facet):
    """Towns or regions, as they were first written."""

    sort: PlaceName.Sort

    def labels(self, values: Sequence[str], locale: str) -> Mapping[str, str]:
        return dict(PlaceName.objects.filter(sort=self.sort, slug__in=values).values_list("slug", "name"))


class PlaceFacet(PlaceNameFacet):
    name = "place"
    label = _("Town")
    sort = PlaceName.Sort.TOWN


class RegionFacet(PlaceNameFacet):
    name = "region"
    label = _("Region or state")
    sort = PlaceName.Sort.REGION


register(EntrySearchable())
register_facet(EntryKindFacet())
register_facet(PlaceFacet())
register_facet(RegionFacet())
