"""When something happens again and again: a rule in local time, and the moments it makes.

Pure values: nothing here reads the database. The time of the clock is kept all the year round: a meeting at
19:00 is at 19:00 in summer and in winter. A time that the clock skips in spring is moved on by the hour it
skips (02:30 becomes 03:30); of a time that comes twice in autumn the first is meant.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from itertools import islice
from typing import Literal
from zoneinfo import ZoneInfo

from dateutil import rrule
from dateutil.tz import resolve_imaginary

from .recurrence_words import in_words, moment_in_words

FREQUENCIES: dict[str, Literal[1, 2]] = {"WEEKLY": rrule.WEEKLY, "MONTHLY": rrule.MONTHLY}
WEEKDAYS = {
    "MO": rrule.MO,
    "TU": rrule.TU,
    "WE": rrule.WE,
    "TH": rrule.TH,
    "FR": rrule.FR,
    "SA": rrule.SA,
    "SU": rrule.SU,
}

#: A rule that has not come round in this time never will: the longest way is from 1896-02-29 to 1904-02-29.
LONGEST_WAIT = timedelta(days=366 * 12)


@dataclass(frozen=True, kw_only=True, order=True)
class Occurrence:
    """One meeting, in the time zone of its rule. `ends` equals `begins` where no end is known."""

    begins: datetime
    ends: datetime

    def describe(self) -> str:
        """In words of the active language: Tuesday 24 November 2026, 19:00–21:00."""
        return moment_in_words(self)


@dataclass(frozen=True, kw_only=True)
class Rule:
    """Names as in HSDS 3 and RFC 5545. `freq` is WEEKLY, MONTHLY, or "" for `extra_dates` alone.

    `dtstart` is the day from which intervals are counted and before which nothing happens; without it they
    are counted from the first week or month of the season. `until` and `valid_to` are last days, both count.
    A day in `except_dates` never happens; `extra_dates` happen outside the season too.
    """

    opens_at: time
    timezone: str
    freq: str = ""
    interval: int = 1
    byday: tuple[str, ...] = ()
    bymonthday: int | None = None
    bysetpos: tuple[int, ...] = ()
    dtstart: date | None = None
    until: date | None = None
    closes_at: time | None = None
    valid_from: date | None = None
    valid_to: date | None = None
    except_dates: frozenset[date] = frozenset()
    extra_dates: frozenset[date] = frozenset()

    def between(self, begin: datetime, end: datetime) -> Iterator[Occurrence]:
        """Meetings that end after `begin` and begin before `end`, both aware, in their order."""
        first = begin.astimezone(self.zone).date() - timedelta(days=1)
        last = end.astimezone(self.zone).date()
        for day in self.days(first, last):
            occurrence = self.on(day)
            if occurrence.ends >= begin and occurrence.begins < end:
                yield occurrence

    def next(self, count: int, begin: datetime) -> tuple[Occurrence, ...]:
        """The next meetings from `begin` on, those that still go on with them."""
        return tuple(islice(self.between(begin, begin + LONGEST_WAIT), count))

    def is_over(self, today: date) -> bool:
        """Whether nothing happens on this day and later."""
        return next(self.days(today, today + LONGEST_WAIT), None) is None

    def days(self, first: date, last: date) -> Iterator[date]:
        """The days from `first` to `last` on which it happens."""
        extra = sorted(day for day in self.extra_dates - self.except_dates if first <= day <= last)
        regular = (day for day in self.regular_days(first, last) if day not in self.except_dates)
        yield from _merged(regular, extra)

    def regular_days(self, first: date, last: date) -> Iterator[date]:
        """What the pattern alone makes within the season."""
        if not self.freq:
            return
        begin = max(filter(None, (first, self.first_day)))
        end = min(filter(None, (last, self.last_day)))
        if begin <= end:
            pattern = self._pattern(begin, end)
            yield from (moment.date() for moment in pattern if moment.date() >= begin)

    def on(self, day: date) -> Occurrence:
        begins = self._moment(day, self.opens_at)
        ends = self._moment(day, self.closes_at) if self.closes_at else begins
        return Occurrence(begins=begins, ends=max(begins, ends))

    def describe(self) -> str:
        """In words of the active language: every other Tuesday 19:00–21:00."""
        return in_words(self)

    @property
    def zone(self) -> ZoneInfo:
        return ZoneInfo(self.timezone)

    @property
    def first_day(self) -> date | None:
        return max(filter(None, (self.dtstart, self.valid_from)), default=None)

    @property
    def last_day(self) -> date | None:
        return min(filter(None, (self.until, self.valid_to)), default=None)

    def _moment(self, day: date, clock: time) -> datetime:
        return resolve_imaginary(datetime.combine(day, clock, self.zone))

    def _pattern(self, begin: date, end: date) -> rrule.rrule:
        return rrule.rrule(
            FREQUENCIES[self.freq],
            dtstart=datetime.combine(self._anchor(begin), time()),
            until=datetime.combine(end, time()),
            interval=self.interval,
            byweekday=self.weekdays() or None,
            bymonthday=self.bymonthday,
            wkst=rrule.MO,
        )

    def weekdays(self) -> list[rrule.weekday]:
        """With their positions in the month where it is monthly: TU(+2)."""
        days = [WEEKDAYS[code] for code in self.byday]
        if self.freq != "MONTHLY" or not self.bysetpos:
            return days
        return [day(position) for day in days for position in self.bysetpos]

    def _anchor(self, begin: date) -> date:
        """The start of the last counted week or month not after `begin`; no rule is walked from its start."""
        counted_from = self.dtstart or self.valid_from or begin
        if self.freq == "WEEKLY":
            monday = counted_from - timedelta(days=counted_from.weekday())
            weeks = (begin - monday).days // 7
            return monday + timedelta(weeks=weeks - weeks % self.interval)
        months = (begin.year - counted_from.year) * 12 + begin.month - counted_from.month
        month = counted_from.year * 12 + counted_from.month - 1 + months - months % self.interval
        return date(month // 12, month % 12 + 1, 1)


def _merged(regular: Iterable[date], extra: list[date]) -> Iterator[date]:
    """Both in order, each day once."""
    waiting = list(extra)
    for day in regular:
        while waiting and waiting[0] < day:
            yield waiting.pop(0)
        if waiting and waiting[0] == day:
            waiting.pop(0)
        yield day
    yield from waiting
