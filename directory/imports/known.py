"""What cells may refer to: languages, topics, target groups and entries, read once for an import."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Self

from django.conf import settings
from wagtail.coreutils import get_supported_content_language_variant
from wagtail.models import Locale

from cms_blocks.models import Topic
from cms_blocks.slugs import slug_of

from ..editor_facets import MadeFacet, made_facets
from ..models import Entry, EntryRelation, RelationKind, TargetGroup

LONGEST = 120  # characters of a topic's name and slug


@dataclass(frozen=True, kw_only=True)
class Named:
    """The ids of a file's rows, and what it says they are parts of: rows refer to rows that come later."""

    external_ids: frozenset[str] = frozenset()
    wholes: Mapping[str, tuple[str, ...]] = field(default_factory=dict)


@dataclass(frozen=True)
class Words:
    """Slugs by what people write for them: slug or name in any language."""

    slugs: dict[str, str]
    #: Slug -> primary key of the source row.
    ids: dict[str, int]
    labels: list[str]

    @classmethod
    def read(cls, model: type[Topic] | type[TargetGroup], label: str) -> Self:
        """In one query. A slug wins over a name, an older row over a younger one."""
        rows = list(model.objects.order_by("pk").values_list("pk", "slug", label, "source_row_id"))
        words: dict[str, str] = {}
        for _pk, slug, name, _source in rows:
            words.setdefault(name.casefold(), slug)
        return cls(
            slugs=words | {slug.casefold(): slug for _pk, slug, _name, _source in rows},
            ids={slug: pk for pk, slug, _name, source in rows if source is None},
            labels=[name for _pk, _slug, name, _source in rows],
        )

    def slug(self, word: str) -> str | None:
        return self.slugs.get(word.casefold())

    def words(self) -> list[str]:
        return [*self.ids, *self.labels]


def _words_of(facet: MadeFacet) -> Words:
    names = [
        (label, choice.slug)
        for choice in facet.choices.values()
        for label in dict.fromkeys((choice.names.source, *choice.names.translated.values()))
    ]
    words: dict[str, str] = {}
    for label, slug in names:
        words.setdefault(label.casefold(), slug)
    return Words(
        slugs=words | {slug.casefold(): slug for slug in facet.choices},
        ids={slug: choice.pk for slug, choice in facet.choices.items()},
        labels=[label for label, _slug in names],
    )


class Database:
    """Locales, topics and target groups in a few queries; topics to be created are collected.

    `named` are the entries of the file itself, where its rows refer to each other.
    """

    def __init__(self, *, create_topics: bool = False, named: Named | None = None) -> None:
        self._create_topics = create_topics
        self._named = named or Named()
        self.locales: Mapping[str, int] = dict(Locale.objects.values_list("language_code", "pk"))
        self.default_locale: str = get_supported_content_language_variant(settings.LANGUAGE_CODE)
        #: Slug -> name and locale of topics that do not exist yet.
        self.new_topics: dict[str, tuple[str, str]] = {}
        self.created_topics = 0

    @cached_property
    def _topics(self) -> Words:
        """Also by their other words, where these name nothing else."""
        topics = Words.read(Topic, "pref_label")
        for topic in Topic.objects.exclude(alt_labels="").order_by("pk").only("slug", "alt_labels"):
            for word in topic.synonyms:
                topics.slugs.setdefault(word.casefold(), topic.slug)
        return topics

    @cached_property
    def _instead(self) -> dict[str, str]:
        """Slug of a topic that is not to be used -> slug of the one to use."""
        leading = Topic.objects.filter(source_row=None).exclude(see=None)
        return dict(leading.values_list("slug", "see__slug"))

    @cached_property
    def _target_groups(self) -> Words:
        return Words.read(TargetGroup, "label")

    @property
    def topic_ids(self) -> dict[str, int]:
        return self._topics.ids

    @property
    def target_group_ids(self) -> dict[str, int]:
        return self._target_groups.ids

    def topic_slug(self, word: str) -> str | None:
        slug = self._topics.slug(word)
        return self._instead.get(slug, slug) if slug else None

    def topic_words(self) -> list[str]:
        return self._topics.words()

    def target_group_slug(self, word: str) -> str | None:
        return self._target_groups.slug(word)

    def target_group_words(self) -> list[str]:
        return self._target_groups.words()

    @cached_property
    def _facets(self) -> Mapping[str, Words]:
        """The choices of each editors' filter."""
        return {facet.name: _words_of(facet) for facet in made_facets()}

    @property
    def facet_value_ids(self) -> dict[str, dict[str, int]]:
        """Filter -> choice -> primary key."""
        return {name: words.ids for name, words in self._facets.items()}

    def facet_value(self, facet: str, word: str) -> str | None:
        return self._facets[facet].slug(word) if facet in self._facets else None

    def facet_words(self, facet: str) -> list[str]:
        return self._facets[facet].words() if facet in self._facets else []

    @cached_property
    def _entries(self) -> frozenset[str]:
        sources = Entry.objects.sources().exclude(external_id="")
        return frozenset(sources.values_list("external_id", flat=True).iterator())

    def has_entry(self, external_id: str) -> bool:
        return external_id in self._named.external_ids or external_id in self._entries

    @cached_property
    def _wholes(self) -> dict[str, tuple[str, ...]]:
        """Entry -> what it is a part of; what the file says holds."""
        wholes: dict[str, tuple[str, ...]] = {}
        rows = EntryRelation.objects.filter(kind=RelationKind.PART_OF)
        for part, whole in rows.values_list("from_entry__external_id", "to_entry__external_id"):
            wholes[part] = (*wholes.get(part, ()), whole)
        return {**wholes, **self._named.wholes}

    def leads_back(self, external_id: str, whole: str) -> bool:
        seen: set[str] = set()
        level = {whole}
        while level - seen:
            seen |= level
            level = {above for one in level for above in self._wholes.get(one, ())}
        return external_id in seen

    def new_topic(self, label: str, locale: str) -> str | None:
        slug = slug_of(label, LONGEST)
        if not self._create_topics or not slug or len(label) > LONGEST:
            return None
        if slug in self.topic_ids:
            return slug
        self._topics.slugs[label.casefold()] = slug
        self.new_topics[slug] = (label, locale)
        return slug

    def topic_id(self, slug: str) -> int:
        """The topic's primary key; the topic is created where it is new."""
        if slug not in self.topic_ids:
            label, locale = self.new_topics[slug]
            topic = Topic(pref_label=label, slug=slug, locale_id=self.locales[locale])
            topic.full_clean()
            topic.save()
            self.topic_ids[slug] = topic.pk
            self.created_topics += 1
        return self.topic_ids[slug]
