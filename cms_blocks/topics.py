"""The hierarchy of topics: whoever looks for a topic also finds what carries a narrower one."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Self

from .models import Topic


@dataclass(frozen=True)
class TopicTree:
    """The whole vocabulary (some hundred rows), by primary key of source rows. A loop is walked once."""

    slugs: Mapping[int, str]
    broader: Mapping[int, int]

    @classmethod
    def load(cls) -> Self:
        """In one query."""
        rows = list(Topic.objects.filter(source_row=None).values_list("pk", "slug", "broader_id"))
        return cls({pk: slug for pk, slug, _ in rows}, {pk: above for pk, _, above in rows if above})

    def with_broader(self, topics: Iterable[int]) -> tuple[str, ...]:
        """Slugs of these topics and of all above them, each once."""
        found: dict[str, None] = {}
        for topic in topics:
            walked: set[int] = set()
            step: int | None = topic
            while step is not None and step not in walked:
                walked.add(step)
                found.setdefault(self.slugs[step])
                step = self.broader.get(step)
        return tuple(found)

    def with_narrower(self, topic: int) -> set[int]:
        """This topic and all below it."""
        below: dict[int, list[int]] = defaultdict(list)
        for narrower, above in self.broader.items():
            below[above].append(narrower)
        found: set[int] = set()
        waiting = [topic]
        while waiting:
            step = waiting.pop()
            if step not in found:
                found.add(step)
                waiting += below[step]
        return found

    def parents(self, slugs: Iterable[str]) -> dict[str, str]:
        """Slug -> slug of the broader topic, for those that have one."""
        wanted = set(slugs)
        return {
            self.slugs[pk]: self.slugs[above]
            for pk, above in self.broader.items()
            if self.slugs.get(pk) in wanted and above in self.slugs
        }
