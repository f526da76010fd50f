"""When an entry meets next, and its calendar."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from heapq import merge
from itertools import islice

from django.utils import timezone

from cms_blocks.calendars import Series, as_calendar
from cms_blocks.recurrence import LONGEST_WAIT, Occurrence
from cms_blocks.topics import TopicTree

from .blurring import places_shown
from .models import Entry, Location, Schedule
from .models.location import LocationType

#: A calendar of many entries reaches this far.
YEAR = timedelta(days=366)


@dataclass(frozen=True, kw_only=True)
class Meetings:
    """The schedules that go on, in words, and the next meetings; none where the entry does not take place."""

    rules: tuple[tuple[str, str], ...]
    next: tuple[Occurrence, ...]


def meetings_of(facts: Entry, count: int = 3, now: datetime | None = None) -> Meetings:
    schedules = coming_schedules(facts, now)
    return Meetings(
        rules=tuple((schedule.rule.describe(), schedule.note) for schedule in schedules),
        next=next_of(schedules, count, now),
    )


def coming_schedules(facts: Entry, now: datetime | None = None) -> list[Schedule]:
    """Those with a day to come; none where the entry does not take place."""
    today = timezone.localdate(now)
    rows = facts.schedules.all() if facts.takes_place else ()
    return [schedule for schedule in rows if not schedule.rule.is_over(today)]


def next_of(schedules: Iterable[Schedule], count: int, now: datetime | None = None) -> tuple[Occurrence, ...]:
    begin = now or timezone.now()
    found = merge(*(schedule.rule.between(begin, begin + LONGEST_WAIT) for schedule in schedules))
    return tuple(islice(dict.fromkeys(islice(found, count * 2)), count))


def calendar_of(entry: Entry, url: str) -> bytes:
    """Of one entry, in its language."""
    return as_calendar(entry.name, _series(entry, url, TopicTree.load()), _today())


def calendar_of_many(name: str, entries: Sequence[tuple[Entry, str]]) -> bytes:
    """Of several, each with its address, for a year."""
    tree = TopicTree.load()
    series = (one for entry, url in entries for one in _series(entry, url, tree))
    return as_calendar(name, series, _today(), _today() + YEAR)


def _series(entry: Entry, url: str, tree: TopicTree) -> Iterable[Series]:
    facts = entry.facts
    if not facts.takes_place:
        return
    is_sensitive = tree.is_sensitive(facts.topic_ids)
    location = _where(places_shown(facts, list(facts.locations.all()), is_sensitive=is_sensitive))
    for schedule in facts.schedules.all():
        yield Series(
            # By the row, not by its place: calendars keep a meeting when others are moved or deleted.
            uid=f"{facts.translation_key}-{schedule.pk}@torv",
            title=entry.name,
            rule=schedule.rule,
            description="\n".join(filter(None, (entry.alert, entry.summary, schedule.note))),
            location=location,
            url=url,
        )


def _where(places: Iterable[Location]) -> str:
    for place in places:
        if place.location_type == LocationType.PHYSICAL:
            return ", ".join((*place.public_street, str(place)))
    return ""


def _today() -> date:
    return timezone.localdate()
