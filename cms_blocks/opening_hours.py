"""When something is open, and when that changes next. Knows no block and no database.

Hours are clock times in one timezone. A night is two intervals: until midnight, and from midnight on.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from itertools import groupby
from zoneinfo import ZoneInfo

MIDNIGHT = time(0)
#: How far ahead the next change is looked for.
HORIZON = timedelta(days=370)

Span = tuple[datetime, datetime]


@dataclass(frozen=True, kw_only=True, order=True)
class Interval:
    """A part of a day. It ends before `closes_at`; midnight there is the end of the day."""

    opens_at: time
    closes_at: time

    @property
    def is_valid(self) -> bool:
        return self.closes_at == MIDNIGHT or self.opens_at < self.closes_at

    def overlaps(self, other: "Interval") -> bool:
        return self.opens_at < other._end and other.opens_at < self._end

    @property
    def _end(self) -> time:
        return time.max if self.closes_at == MIDNIGHT else self.closes_at


@dataclass(frozen=True, kw_only=True)
class WeeklyHours:
    """The same interval on some days of every week; Monday is 0."""

    first_day: int
    last_day: int
    interval: Interval

    def clashes(self, other: "WeeklyHours") -> bool:
        shares_days = self.first_day <= other.last_day and other.first_day <= self.last_day
        return shares_days and self.interval.overlaps(other.interval)


@dataclass(frozen=True, kw_only=True)
class ExceptionalHours:
    """Other hours on some dates, or none: then it is closed."""

    first_date: date
    last_date: date
    interval: Interval | None = None
    reason: str = ""

    def covers(self, day: date) -> bool:
        return self.first_date <= day <= self.last_date

    def clashes(self, other: "ExceptionalHours") -> bool:
        """Several intervals of one day are fine, closed and open is not."""
        if self.first_date > other.last_date or other.first_date > self.last_date:
            return False
        return not self.interval or not other.interval or self.interval.overlaps(other.interval)


@dataclass(frozen=True, kw_only=True)
class State:
    """`changes_at` is in the timezone of the hours, None if nothing changes within the horizon.

    `reason` is why the day is not as usual.
    """

    is_open: bool
    changes_at: datetime | None
    reason: str = ""


@dataclass(frozen=True, kw_only=True)
class DaysAlike:
    """Days of the week that follow each other and have the same hours; none if closed."""

    first_day: int
    last_day: int
    intervals: tuple[Interval, ...]


@dataclass(frozen=True, kw_only=True)
class OpeningHours:
    weekly: tuple[WeeklyHours, ...]
    exceptions: tuple[ExceptionalHours, ...]
    timezone: ZoneInfo

    def on(self, day: date) -> tuple[Interval, ...]:
        """The intervals of a date, exceptions before the rule."""
        if exceptions := self._exceptions_on(day):
            return tuple(sorted(exception.interval for exception in exceptions if exception.interval))
        return self._on_weekday(day.weekday())

    def week(self) -> list[DaysAlike]:
        """The usual week, in as few lines as possible."""
        lines = []
        for intervals, days in groupby(range(7), self._on_weekday):
            alike = list(days)
            lines.append(DaysAlike(first_day=alike[0], last_day=alike[-1], intervals=intervals))
        return lines

    def state_at(self, moment: datetime) -> State:
        """Whether it is open at a moment (with a timezone), and when that changes."""
        today = moment.astimezone(self.timezone).date()
        reason = next((exception.reason for exception in self._exceptions_on(today)), "")
        last_day = today + HORIZON
        horizon = self._instant(last_day, MIDNIGHT)
        moment = moment.astimezone(UTC)
        for start, end in _joined(self._spans(today - timedelta(days=1), last_day)):
            if moment < start:
                return State(is_open=False, changes_at=start.astimezone(self.timezone), reason=reason)
            if moment < end:
                changes_at = end.astimezone(self.timezone) if end < horizon else None
                return State(is_open=True, changes_at=changes_at, reason=reason)
        return State(is_open=False, changes_at=None, reason=reason)

    def _on_weekday(self, weekday: int) -> tuple[Interval, ...]:
        hours = (row for row in self.weekly if row.first_day <= weekday <= row.last_day)
        return tuple(sorted(row.interval for row in hours))

    def _exceptions_on(self, day: date) -> list[ExceptionalHours]:
        return [exception for exception in self.exceptions if exception.covers(day)]

    def _spans(self, day: date, end: date) -> Iterator[Span]:
        while day < end:
            yield from sorted(self._span(day, interval) for interval in self.on(day))
            day += timedelta(days=1)

    def _span(self, day: date, interval: Interval) -> Span:
        last = day + timedelta(days=1) if interval.closes_at == MIDNIGHT else day
        return self._instant(day, interval.opens_at), self._instant(last, interval.closes_at)

    def _instant(self, day: date, clock: time) -> datetime:
        """A clock time that comes twice is the first of the two; one that is skipped comes as much later."""
        return datetime.combine(day, clock, tzinfo=self.timezone).astimezone(UTC)


def _joined(spans: Iterable[Span]) -> Iterator[Span]:
    """Spans that touch as one, without those that a change of the clocks leaves empty."""
    pending: Span | None = None
    for start, end in spans:
        if end <= start:
            continue
        if pending and start <= pending[1]:
            pending = (pending[0], max(pending[1], end))
            continue
        if pending:
            yield pending
        pending = (start, end)
    if pending:
        yield pending
