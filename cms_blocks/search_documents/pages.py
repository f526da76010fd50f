"""What a search finds of Torv's pages."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time
from itertools import chain
from typing import Any

from django.apps import apps
from django.contrib.contenttypes.models import ContentType
from django.db.models import (
    CharField,
    Exists,
    ExpressionWrapper,
    F,
    Model,
    OuterRef,
    Q,
    prefetch_related_objects,
)
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext_lazy as _
from wagtail.models import Locale, Page, PageViewRestriction, Site
from wagtail.query import PageQuerySet

from search.documents import Document
from search.facets import Facet
from search.registry import HitAddress, Searchable
from search.results import StoredHit

from .. import story_consents
from ..models import Consent, ContactPerson, LifeEvent, Topic
from ..page_mixins import ContactRow, LifeEventRow, StoryPersonRow, TopicRow, TorvPageMixin
from ..references import ORIGINAL, lead, original
from ..sensitive import may_be_open_data
from ..topics import TopicTree
from ..translation import SourceRowMixin


def concrete(mixin: type[Any]) -> tuple[type[Any], ...]:
    return tuple(model for model in apps.get_models() if issubclass(model, mixin))


def _torv_pages() -> PageQuerySet:
    types = ContentType.objects.get_for_models(*concrete(TorvPageMixin), for_concrete_models=False)
    return Page.objects.filter(content_type__in=types.values())


def _public_pages() -> PageQuerySet:
    """Live pages that neither their own nor an ancestor's restriction hides, in one query."""
    path = ExpressionWrapper(OuterRef("path"), output_field=CharField())
    hiding = PageViewRestriction.objects.alias(below=path).filter(below__startswith=F("page__path"))
    return story_consents.agreed(_torv_pages().live().filter(~Exists(hiding)))


class _VocabularyFacet(Facet):
    """A facet whose values are the slugs of a vocabulary."""

    model: type[Topic] | type[LifeEvent]

    def labels(self, values: Sequence[str], locale: str) -> Mapping[str, str]:
        found: dict[str, str] = {}
        rows = self.model._default_manager.filter(slug__in=values).values_list(
            "slug", "pref_label", "locale__language_code", "source_row_id"
        )
        for slug, label, code, source in rows:
            if code == locale or (source is None and slug not in found):
                found[slug] = label
        return found


class TopicFacet(_VocabularyFacet):
    name = "topic"
    label = _("Topic")
    model = Topic

    def parents(self, values: Sequence[str]) -> Mapping[str, str]:
        return TopicTree.load().parents(values)

    def names(self, locale: str) -> Mapping[str, Sequence[str]]:
        """Labels and synonyms in that language, of the source where there is no translation."""
        found: dict[int, tuple[str, tuple[str, ...]]] = {}
        for topic in Topic.objects.select_related("locale").order_by(F("source_row").asc(nulls_first=True)):
            if topic.source_row_id is None or topic.locale.language_code == locale:
                found[topic.source_row_id or topic.pk] = (topic.slug, (topic.pref_label, *topic.synonyms))
        return dict(found.values())


class LifeEventFacet(_VocabularyFacet):
    name = "life_event"
    label = _("Life event")
    model = LifeEvent


@dataclass(kw_only=True)
class _References:
    """What some pages refer to: source rows by page, translations by source row."""

    topics: dict[int, list[Topic]] = field(default_factory=lambda: defaultdict(list))
    life_events: dict[int, list[LifeEvent]] = field(default_factory=lambda: defaultdict(list))
    persons: dict[int, list[ContactPerson]] = field(default_factory=lambda: defaultdict(list))
    translations: dict[tuple[type[Model], int, str], Any] = field(default_factory=dict)
    tree: TopicTree = field(default_factory=TopicTree.load)

    def texts(self, row: SourceRowMixin, lang: str) -> Any:
        """The row whose words readers of `lang` see."""
        return self.translations.get((type(row), row.pk, lang), row)


class PageSearchable(Searchable):
    """Live public pages made with Torv's page mixin, a host's too."""

    name = "torv_pages.page"
    label = _("Page")

    def __init__(self) -> None:
        self.models = concrete(TorvPageMixin)
        rows = (concrete(row) for row in (TopicRow, LifeEventRow, ContactRow, StoryPersonRow))
        self.related_models = (Consent, Topic, LifeEvent, ContactPerson, *chain.from_iterable(rows))

    def key(self, instance: Model) -> str:
        return str(instance.translation_key)  # type: ignore[attr-defined]

    def keys(self) -> Iterable[str]:
        keys = _torv_pages().order_by("translation_key").values_list("translation_key", flat=True).distinct()
        return (str(key) for key in keys.iterator())

    def documents(self, keys: Sequence[str]) -> Iterator[Document]:
        pages = list(
            _public_pages().filter(translation_key__in=keys).order_by("pk").select_related(*ORIGINAL)
        )
        specific = {page.pk: page for page in Page.objects.filter(pk__in=[p.pk for p in pages]).specific()}
        _prefetch_rows(specific.values())
        references = _references(specific.values())
        locales = list(Locale.objects.all())
        ends = story_consents.ends(pages)
        for rows in _by_key(pages).values():
            for locale in locales:
                row = _row_for(rows, locale)
                if sites := sites_of(row):
                    end = earlier(row.expire_at, ends.get(row.translation_key))
                    yield _document(row, specific[row.pk], locale.language_code, sites, references, end)

    def address(self, site: Site, locale: str) -> HitAddress | None:
        roots = [root for root in Site.get_site_root_paths() if root.site_id == site.pk]
        return PageAddress(roots) if roots else None

    def related_keys(self, instance: Model) -> Iterable[str]:
        if isinstance(instance, Consent):
            return [str(key) for key in story_consents.pages_about(instance.person_id)]
        if isinstance(instance, TopicRow | LifeEventRow | ContactRow | StoryPersonRow):
            pages = {instance.page_id}
        elif isinstance(instance, Topic):
            pages = _pages_with(TopicRow, "topic_id", TopicTree.load().with_narrower(instance.facts.pk))
        elif isinstance(instance, LifeEvent):
            pages = _pages_with(LifeEventRow, "life_event_id", {instance.facts.pk})
        elif isinstance(instance, ContactPerson):
            pages = _pages_with(ContactRow, "person_id", {instance.facts.pk})
        else:
            return ()
        return (
            str(key) for key in Page.objects.filter(pk__in=pages).values_list("translation_key", flat=True)
        )


class PageAddress:
    """Gives the address of a stored page below one of a site's root pages, without a query."""

    def __init__(self, roots: Sequence[Any]) -> None:
        self.roots = roots

    def __call__(self, hit: StoredHit) -> str:
        url_path = str(hit.stored["url_path"])
        for root in self.roots:
            if url_path.startswith(root.root_path):
                with translation.override(root.language_code):
                    return reverse("wagtail_serve", args=(url_path[len(root.root_path) :],))
        return ""


def kinds_of_hosts(known: Collection[str]) -> dict[str, Any]:
    """The kinds of a host's own page types, with their names."""
    return {
        model.search_kind: model.kind_label or model._meta.verbose_name_plural
        for model in concrete(TorvPageMixin)
        if model.search_kind not in known
    }


def _by_key(pages: Iterable[Page]) -> dict[Any, list[Page]]:
    groups: dict[Any, list[Page]] = defaultdict(list)
    for page in pages:
        groups[page.translation_key].append(page)
    return groups


def _row_for(rows: Sequence[Page], locale: Locale) -> Page:
    """The page readers of that locale get: theirs, else the source, which is the oldest that is no alias."""
    in_locale = [row for row in rows if row.locale_id == locale.pk]
    originals = [row for row in rows if row.alias_of_id is None]
    return (in_locale or originals or rows)[0]


def sites_of(page: Page) -> tuple[int, ...]:
    roots = Site.get_site_root_paths()
    return tuple(sorted({root.site_id for root in roots if page.url_path.startswith(root.root_path)}))


def earlier(moment: datetime | None, day: date | None) -> datetime | None:
    """The moment, or the beginning of the day where that is earlier."""
    begin = timezone.make_aware(datetime.combine(day, time.min)) if day else None
    return min(filter(None, (moment, begin)), default=None)


def _document(
    row: Page,
    page: Any,
    locale: str,
    sites: tuple[int, ...],
    references: _References,
    visible_to: datetime | None,
) -> Document:
    lang = original(row).locale.language_code
    topics = references.topics.get(page.pk, [])
    labels = [references.texts(topic, locale) for topic in topics]
    life_events = references.life_events.get(page.pk, [])
    events = [references.texts(event, locale).pref_label for event in life_events]
    shown = [person for person in references.persons.get(page.pk, []) if not person.archived]
    persons = [references.texts(person, lang) for person in shown]
    people = [" ".join(filter(None, (text.name, text.role, text.department))) for text in persons]
    return Document(
        object_key=str(page.translation_key),
        object_id=page.pk,
        locale=locale,
        lang=lang,
        kind=page.search_kind,
        title=page.title,
        keywords=(*(word for topic in labels for word in (topic.pref_label, *topic.synonyms)), *events),
        summary=lead(page),
        body="\n".join(filter(None, (page.plain_text, *people))),
        facets={
            "topic": references.tree.with_broader(topic.pk for topic in topics),
            "life_event": tuple(event.slug for event in life_events),
        },
        stored={"url_path": row.url_path, "kind_label": _kind_label(page, locale)},
        sites=sites,
        visible_to=visible_to,
        is_open=may_be_open_data((topic.pk for topic in topics), references.tree),
    )


def _kind_label(page: Any, locale: str) -> str:
    """Nothing for a page of text: most hits are one, and saying so of each tells readers nothing."""
    with translation.override(locale):
        return str(page.kind_label) if page.search_kind != "page" else ""


def _prefetch_rows(pages: Iterable[Any]) -> None:
    """The rows whose words are read next: one query for each relation and page type."""
    by_type: dict[type[Any], list[Any]] = defaultdict(list)
    for page in pages:
        if page.text_relations:
            by_type[type(page)].append(page)
    for model, found in by_type.items():
        prefetch_related_objects(found, *model.text_relations)


def _references(pages: Iterable[Any]) -> _References:
    """Rows by type of page, then what they refer to with its translations: two queries each."""
    references = _References()
    _collect(references.topics, pages, "topic_rows", "topic_id", Topic, references)
    _collect(references.life_events, pages, "life_event_rows", "life_event_id", LifeEvent, references)
    _collect(references.persons, pages, "contact_rows", "person_id", ContactPerson, references)
    return references


def _collect(
    found: dict[int, list[Any]],
    pages: Iterable[Any],
    relation: str,
    target: str,
    model: type[SourceRowMixin],
    references: _References,
) -> None:
    pairs = [
        pair
        for page_model, ids in _ids_by_model(pages, relation).items()
        for pair in _pairs(page_model, ids, relation, target)
    ]
    if model is Topic:
        pairs = [(page, named) for page, key in pairs for named in references.tree.naming([key])]
    wanted = {key for _page, key in pairs}
    rows = list(
        model._default_manager.filter(Q(pk__in=wanted) | Q(source_row__in=wanted)).select_related("locale")
    )
    sources = {row.pk: row for row in rows if row.is_source}
    for row in rows:
        if not row.is_source:
            references.translations[model, row.source_row_id, row.locale.language_code] = row
    for page_id, key in pairs:
        if key in sources:
            found[page_id].append(sources[key])


def _ids_by_model(pages: Iterable[Any], relation: str) -> dict[type[Any], list[int]]:
    groups: dict[type[Any], list[int]] = defaultdict(list)
    for page in pages:
        if hasattr(type(page), relation):
            groups[type(page)].append(page.pk)
    return groups


def _pairs(
    page_model: type[Any], ids: Sequence[int], relation: str, target: str
) -> Iterable[tuple[int, int]]:
    """(page, what the row refers to), in the editors' order."""
    rows = page_model._meta.get_field(relation).related_model._default_manager
    return rows.filter(page__in=ids).order_by("page", "sort_order").values_list("page_id", target)


def _pages_with(mixin: type[Any], target: str, rows: set[int]) -> set[int]:
    """Pages that refer to one of these source rows."""
    return {
        page_id
        for model in concrete(mixin)
        for page_id in model._default_manager.filter(**{f"{target}__in": rows}).values_list(
            "page_id", flat=True
        )
    }
