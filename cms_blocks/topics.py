"""The hierarchy of topics: whoever looks for a topic also finds what carries a narrower one."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Self

from .models import Topic


@dataclass(frozen=True)
class TopicTree:
    """The whole vocabulary (some hundred rows), by primary key of source rows. A loop is walked once.

    `see` leads from a topic that is not to be used to the one to use instead; what still carries the
    first counts for the second. `flagged` are the topics that editors marked as sensitive.
    """

    slugs: Mapping[int, str]
    broader: Mapping[int, int]
    see: Mapping[int, int] = field(default_factory=dict)
    flagged: frozenset[int] = frozenset()

    @classmethod
    def load(cls) -> Self:
        """In one query."""
        return cls.of(Topic.objects.filter(source_row=None).only("slug", "broader", "see", "is_sensitive"))

    @classmethod
    def of(cls, sources: Iterable[Topic]) -> Self:
        """Of all source rows; what leads to anything else leads nowhere."""
        rows = list(sources)
        slugs = {row.pk: row.slug for row in rows}
        return cls(
            slugs=slugs,
            broader={row.pk: row.broader_id for row in rows if row.broader_id in slugs},
            see={row.pk: row.see_id for row in rows if row.see_id in slugs},
            flagged=frozenset(row.pk for row in rows if row.is_sensitive),
        )

    def preferred(self, topics: Iterable[int]) -> tuple[int, ...]:
        """The topics to use for these, each once, in this order."""
        return tuple(dict.fromkeys(self.see.get(topic, topic) for topic in topics))

    def naming(self, topics: Iterable[int]) -> tuple[int, ...]:
        """The topics to use for these, each followed by those whose words name it too."""
        return tuple(
            step
            for topic in self.preferred(topics)
            for step in (topic, *(other for other, see in self.see.items() if see == topic))
        )

    def line(self, topic: int) -> tuple[int, ...]:
        """This topic and those above it, the top last."""
        walked: dict[int, None] = {}
        step: int | None = topic
        while step is not None and step not in walked and step in self.slugs:
            walked[step] = None
            step = self.broader.get(step)
        return tuple(walked)

    def with_broader(self, topics: Iterable[int]) -> tuple[str, ...]:
        """Slugs of these topics and of all above them, each once."""
        found = (step for topic in self.preferred(topics) for step in self.line(topic))
        return tuple(dict.fromkeys(self.slugs[step] for step in found))

    def with_narrower(self, topic: int) -> set[int]:
        """This topic (the one to use instead of it) and all below it, with those that lead to them."""
        below: dict[int, list[int]] = defaultdict(list)
        for narrower, above in (*self.broader.items(), *self.see.items()):
            below[above].append(narrower)
        found: set[int] = set()
        waiting = [topic, self.see.get(topic, topic)]
        while waiting:
            step = waiting.pop()
            if step not in found:
                found.add(step)
                waiting += below[step]
        return found

    def is_sensitive(self, topics: Iterable[int]) -> bool:
        """Whether one of these topics, or one above it, is marked as sensitive."""
        return any(
            step in self.flagged
            for topic in topics
            for step in (*self.naming([topic]), *self.line(self.see.get(topic, topic)))
        )

    def parents(self, slugs: Iterable[str]) -> dict[str, str]:
        """Slug -> slug of the broader topic, for those that have one."""
        wanted = set(slugs)
        return {
            self.slugs[pk]: self.slugs[above]
            for pk, above in self.broader.items()
            if self.slugs.get(pk) in wanted and above in self.slugs
        }
