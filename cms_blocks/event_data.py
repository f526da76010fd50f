"""A meeting as schema.org's Event."""

from typing import Any

from django.http import HttpRequest

from . import event_dates
from .recurrence import Rule
from .structured_data import without_empty

_STATUS = {"cancelled": "https://schema.org/EventCancelled"}
_SCHEDULED = "https://schema.org/EventScheduled"
_MODES = {"in_person": "Offline", "online": "Online", "hybrid": "Mixed"}
_DAYS = {
    "MO": "Monday",
    "TU": "Tuesday",
    "WE": "Wednesday",
    "TH": "Thursday",
    "FR": "Friday",
    "SA": "Saturday",
    "SU": "Sunday",
}
_PERIODS = {"WEEKLY": "W", "MONTHLY": "M"}


def event_data(page: Any, request: HttpRequest) -> dict[str, Any] | None:
    """Nothing while no date is known: an Event must have one."""
    upcoming = event_dates.upcoming(page, 1)
    date = upcoming[0] if upcoming else page.occurrence
    if date is None:
        return None
    return without_empty(
        {
            "@type": "Event",
            "@id": page.get_full_url(request),
            "url": page.get_full_url(request),
            "name": page.title,
            "description": page.lead,
            "inLanguage": page.content_lang,
            "startDate": date.begins.isoformat(),
            "endDate": date.ends.isoformat() if date.ends > date.begins else "",
            "eventStatus": _STATUS.get(page.status, _SCHEDULED),
            "eventAttendanceMode": f"https://schema.org/{_MODES[page.attendance_option]}EventAttendanceMode",
            "location": _locations(page),
            "organizer": _organiser(page),
            "maximumAttendeeCapacity": page.capacity,
            "eventSchedule": [
                _schedule(row.rule) for row in event_dates.schedules(page) if row.freq != "DATES"
            ],
        }
    )


def _locations(page: Any) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = []
    if page.has_place:
        address = without_empty(
            {"streetAddress": page.address_1, "postalCode": page.postal_code, "addressLocality": page.city}
        )
        place = {"@type": "Place", "name": page.place_name or page.location}
        found.append(place | ({"address": {"@type": "PostalAddress", **address}} if address else {}))
    if page.is_online:
        found.append(
            without_empty({"@type": "VirtualLocation", "url": page.online_url or page.registration_url})
        )
    return found


def _organiser(page: Any) -> dict[str, Any] | None:
    if not page.organiser_name:
        return None
    return without_empty({"@type": "Organization", "name": page.organiser_name, "url": page.organiser_url})


def _schedule(rule: Rule) -> dict[str, Any]:
    return without_empty(
        {
            "@type": "Schedule",
            "repeatFrequency": f"P{rule.interval}{_PERIODS[rule.freq]}",
            **_days(rule),
            "byMonthDay": rule.bymonthday,
            "startDate": rule.first_day.isoformat() if rule.first_day else "",
            "endDate": rule.last_day.isoformat() if rule.last_day else "",
            "startTime": f"{rule.opens_at:%H:%M}",
            "endTime": f"{rule.closes_at:%H:%M}" if rule.closes_at else "",
            "scheduleTimezone": rule.timezone,
            "exceptDate": [day.isoformat() for day in sorted(rule.except_dates)],
        }
    )


def _days(rule: Rule) -> dict[str, Any]:
    """Weekdays, and which of the month; the last has a word in iCalendar's way of writing alone (-1TU)."""
    if any(position < 0 for position in rule.bysetpos):
        return {"byDay": [f"{position}{day}" for day in rule.byday for position in rule.bysetpos]}
    return {
        "byDay": [f"https://schema.org/{_DAYS[day]}" for day in rule.byday],
        "byMonthWeek": list(rule.bysetpos),
    }
