"""Rules as an iCalendar file (RFC 5545), which calendars of phones and computers subscribe to."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from typing import Any

from icalendar import Calendar, Event, vRecur

from .recurrence import LONGEST_WAIT, Rule

CONTENT_TYPE = "text/calendar; charset=utf-8"


@dataclass(frozen=True, kw_only=True)
class Series:
    """What is in the calendar: a rule and what is said of it. `uid` stays the same for ever; each extra date
    has one that is made of it."""

    uid: str
    title: str
    rule: Rule
    description: str = ""
    location: str = ""
    url: str = ""
    cancelled: bool = False


@dataclass(frozen=True, kw_only=True)
class Single:
    """One meeting, which may last for days; it is in the calendar whenever it is."""

    uid: str
    title: str
    begins: datetime
    ends: datetime
    description: str = ""
    location: str = ""
    url: str = ""
    cancelled: bool = False


def as_calendar(
    name: str, series: Iterable[Series | Single], since: date, until: date | None = None
) -> bytes:
    """Meetings from the day `since` on, to the day `until`; a series without any is left out."""
    calendar = Calendar()
    calendar.add("prodid", "-//Torv//Torv//EN")
    calendar.add("version", "2.0")
    calendar.add("x-wr-calname", name)
    for one in series:
        for event in [_single(one)] if isinstance(one, Single) else _events(one, since, until):
            calendar.add_component(event)
    calendar.add_missing_timezones()
    return bytes(calendar.to_ical())


def _single(meeting: Single) -> Event:
    event = Event()
    _describe(event, meeting, meeting.uid)
    event.add("dtstart", meeting.begins)
    if meeting.ends > meeting.begins:
        event.add("dtend", meeting.ends)
    return event


def _events(series: Series, since: date, until: date | None) -> Iterator[Event]:
    """The pattern, and each extra date by itself: an RDATE may lie before the first day of the pattern, and
    DTSTART has to be the first of all (RFC 5545, 3.8.2.4). Its uid is the same whatever the day of asking."""
    rule = series.rule
    last = until or since + LONGEST_WAIT
    if start := next(rule.regular_days(since, last), None):
        event = _on_day(series, start, series.uid)
        event.add("rrule", _recurrence(rule, until))
        left_out = sorted(day for day in rule.except_dates if start <= day <= last)
        if moments := [_clock(rule, day, rule.opens_at) for day in left_out]:
            event.add("exdate", moments)
        yield event
    for day in sorted(rule.extra_dates - rule.except_dates):
        if since <= day <= last and day not in rule.regular_days(day, day):
            yield _on_day(series, day, f"{day:%Y%m%d}-{series.uid}")


def _on_day(series: Series, day: date, uid: str) -> Event:
    rule, meeting = series.rule, series.rule.on(day)
    event = Event()
    _describe(event, series, uid)
    event.add("dtstart", _clock(rule, day, rule.opens_at))
    if rule.closes_at and meeting.ends > meeting.begins:
        event.add("dtend", _clock(rule, day, rule.closes_at))
    return event


def _clock(rule: Rule, day: date, clock: time) -> datetime:
    """What the clock is meant to show, also where it skips that time: the days after it go by it too."""
    return datetime.combine(day, clock, rule.zone)


def _describe(event: Event, series: Series | Single, uid: str) -> None:
    event.add("uid", uid)
    event.add("dtstamp", datetime.now(UTC))
    event.add("summary", series.title)
    for name in ("description", "location", "url"):
        if value := getattr(series, name):
            event.add(name, value)
    if series.cancelled:
        event.add("status", "CANCELLED")


def _recurrence(rule: Rule, until: date | None) -> vRecur:
    parts: dict[str, Any] = {"freq": rule.freq, "interval": rule.interval, "wkst": "MO"}
    if rule.bymonthday:
        parts["bymonthday"] = rule.bymonthday
    else:
        parts["byday"] = [_day(str(day)) for day in rule.weekdays()]
    if last := min(filter(None, (rule.last_day, until)), default=None):
        parts["until"] = datetime.combine(last, time(23, 59, 59), rule.zone).astimezone(UTC)
    return vRecur(parts)


def _day(text: str) -> str:
    """dateutil writes TU(+2), iCalendar 2TU."""
    code, _, position = text.partition("(")
    return position.rstrip(")").lstrip("+") + code
