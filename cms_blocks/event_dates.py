"""The dates of meetings around now, kept as rows, so that lists, months and feeds are quick."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from heapq import merge
from itertools import islice
from typing import Any

from django.apps import apps
from django.utils import timezone

from .models import EventDate
from .recurrence import LONGEST_WAIT, Occurrence

#: A repeated event has rows for so long before and after now; each night moves them on.
BEFORE = timedelta(days=366)
AFTER = timedelta(days=400)
#: Where `prefetch_schedules` keeps the rules of a page.
_KNOWN = "_known_schedules"


def single(page: Any) -> Occurrence | None:
    """The one date of a page, in local time; `ends` equals `begins` where no end is known."""
    if page.starts_at is None:
        return None
    begins = timezone.localtime(page.starts_at)
    return Occurrence(begins=begins, ends=timezone.localtime(page.ends_at) if page.ends_at else begins)


def schedules(page: Any) -> list[Any]:
    """The rules of the page, which are those of its source; none for page types without any."""
    if not hasattr(page, "schedules"):
        return []
    known: list[Any] | None = getattr(page, _KNOWN, None)
    return list(page.source_page().schedules.all()) if known is None else known


def prefetch_schedules(pages: Sequence[Any]) -> None:
    """For `schedules` of many pages: two queries for each page type."""
    for model in {type(page) for page in pages if hasattr(page, "schedules")}:
        found = [page for page in pages if type(page) is model]
        keys = {page.translation_key for page in found}
        rows = model._base_manager.filter(translation_key__in=keys, alias_of=None).order_by("-pk")
        oldest = {key: (pk, live) for key, pk, live in rows.values_list("translation_key", "pk", "live")}
        rules: dict[int, list[Any]] = defaultdict(list)
        row_model = model._meta.get_field("schedules").related_model
        wanted = [*(page.pk for page in found), *(pk for pk, _live in oldest.values())]
        for row in row_model._default_manager.filter(page__in=wanted):
            rules[row.page_id].append(row)
        for page in found:
            pk, live = oldest.get(page.translation_key, (page.pk, True))
            setattr(page, _KNOWN, rules[pk if live else page.pk])


def occurrences(page: Any, begin: datetime, end: datetime) -> Iterator[Occurrence]:
    """All dates that end after `begin` and begin before `end`, in their order, each once."""
    only = single(page)
    singles = [only] if only and only.ends >= begin and only.begins < end else []
    rules = (schedule.rule.between(begin, end) for schedule in schedules(page))
    previous = None
    for occurrence in merge(singles, *rules):
        if occurrence != previous:
            yield occurrence
        previous = occurrence


def is_over(page: Any) -> bool:
    """Whether the last day is gone; not where no date is known."""
    only, today = single(page), timezone.localdate()
    if only and only.ends.date() >= today:
        return False
    rules = [row.rule for row in schedules(page)]
    return bool(only or rules) and all(rule.is_over(today) for rule in rules)


def upcoming(page: Any, count: int, now: datetime | None = None) -> tuple[Occurrence, ...]:
    begin = now or timezone.now()
    return tuple(islice(occurrences(page, begin, begin + LONGEST_WAIT), count))


def refresh(page: Any) -> None:
    """Writes the dates of a page and of those that have its facts anew; older dates of its rules are kept."""
    keys = _with_followers(page)
    now = timezone.now()
    begin, end = now - BEFORE, now + AFTER
    only = single(page)
    if only:
        begin, end = min(begin, only.begins), max(end, only.begins + timedelta(seconds=1))
    found = list(occurrences(page, begin, end))
    if not schedules(page):
        EventDate.objects.filter(page__in=keys).delete()
    EventDate.objects.filter(page__in=keys, ends_at__gte=begin).delete()
    EventDate.objects.bulk_create(
        EventDate(page_id=key, begins_at=one.begins, ends_at=one.ends) for key in keys for one in found
    )


def _with_followers(page: Any) -> list[int]:
    """The page, and its translations where it is their source and readers see it: else only the page."""
    rows = type(page)._base_manager.filter(translation_key=page.translation_key).order_by("pk")
    found = list(rows.values_list("pk", "alias_of"))
    source = next((key for key, alias_of in found if alias_of is None), None)
    return [key for key, _alias_of in found] if page.live and source == page.pk else [page.pk]


def move_on() -> None:
    """Gives repeated events their dates to come; for the night."""
    from .page_mixins.event import EventPageMixin

    for model in apps.get_models():
        if issubclass(model, EventPageMixin):
            repeated: Any = model._default_manager
            for page in repeated.filter(schedules__isnull=False).distinct().iterator():
                refresh(page)
