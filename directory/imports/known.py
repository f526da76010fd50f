"""What the database already knows: languages and topics, read once for an import."""

from collections.abc import Mapping
from functools import cached_property

from django.conf import settings
from wagtail.coreutils import get_supported_content_language_variant
from wagtail.models import Locale

from cms_blocks.models import Topic
from cms_blocks.slugs import slug_of

LONGEST = 120  # characters of a topic's name and slug


class Database:
    """Locales by code and topics by slug and words, in three queries; topics to be created are collected."""

    def __init__(self, *, create_topics: bool = False) -> None:
        self._create_topics = create_topics
        self.locales: Mapping[str, int] = dict(Locale.objects.values_list("language_code", "pk"))
        self.default_locale: str = get_supported_content_language_variant(settings.LANGUAGE_CODE)
        #: Slug -> name and locale of topics that do not exist yet.
        self.new_topics: dict[str, tuple[str, str]] = {}

    @cached_property
    def _topics(self) -> list[tuple[int, str, str, int | None]]:
        return list(Topic.objects.order_by("pk").values_list("pk", "slug", "pref_label", "source_row_id"))

    @cached_property
    def _slugs(self) -> dict[str, str]:
        """Words as people write them -> slug.

        A slug wins over a name, a name over the other words for a topic, an older topic over a younger one.
        """
        words: dict[str, str] = {}
        for _pk, slug, label, _source in self._topics:
            words.setdefault(label.casefold(), slug)
        for topic in Topic.objects.exclude(alt_labels="").order_by("pk").only("slug", "alt_labels"):
            for word in topic.synonyms:
                words.setdefault(word.casefold(), topic.slug)
        return words | {slug.casefold(): slug for _pk, slug, _label, _source in self._topics}

    @cached_property
    def topic_ids(self) -> dict[str, int]:
        """Slug -> primary key of the topic's source row."""
        return {slug: pk for pk, slug, _label, source in self._topics if source is None}

    def topic_slug(self, word: str) -> str | None:
        return self._slugs.get(word.casefold())

    def topic_words(self) -> list[str]:
        return [*self._slugs, *(label for _pk, _slug, label, _source in self._topics)]

    def new_topic(self, label: str, locale: str) -> str | None:
        slug = slug_of(label, LONGEST)
        if not self._create_topics or not slug or len(label) > LONGEST:
            return None
        if slug in self.topic_ids:
            return slug
        self._slugs[label.casefold()] = slug
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
        return self.topic_ids[slug]
