"""Rules as an iCalendar file (RFC 5545), which calendars of phones and computers subscribe to."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from typing import Any

from icalendar import Calendar, Event, vRecur

from .recurrence import LONGEST_WAIT, Rule

CONTENT_TYPE = "text/calendar; charset=utf-8"


@dataclass(frozen=True, kw_only=True)
class Series:
    """What is in the calendar: a rule and what is said of it. `uid` stays the same for ever."""

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
        event = _single(one) if isinstance(one, Single) else _event(one, since, until)
        if event is not None:
            calendar.add_component(event)
    calendar.add_missing_timezones()
    return bytes(calendar.to_ical())


def _single(meeting: Single) -> Event:
    event = Event()
    _describe(event, meeting)
    event.add("dtstart", meeting.begins)
    if meeting.ends > meeting.begins:
        event.add("dtend", meeting.ends)
    return event


def _event(series: Series, since: date, until: date | None) -> Event | None:
    rule = series.rule
    last = until or since + LONGEST_WAIT
    start = next(rule.regular_days(since, last), None)
    extra = sorted(day for day in rule.extra_dates - rule.except_dates if since <= day <= last)
    first = start or next(iter(extra), None)
    if first is None:
        return None
    event = Event()
    _describe(event, series)
    event.add("dtstart", rule.on(first).begins)
    if rule.closes_at:
        event.add("dtend", rule.on(first).ends)
    if start:
        event.add("rrule", _recurrence(rule, until))
        except_dates = sorted(day for day in rule.except_dates if start <= day <= last)
        _add_dates(event, "exdate", rule, except_dates)
    _add_dates(event, "rdate", rule, [day for day in extra if day != first])
    return event


def _describe(event: Event, series: Series | Single) -> None:
    event.add("uid", series.uid)
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


def _add_dates(event: Event, name: str, rule: Rule, days: list[date]) -> None:
    if moments := [rule.on(day).begins for day in days]:
        event.add(name, moments)
