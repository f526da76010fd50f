"""An entry for search engines (schema.org), from what its page shows and nothing else."""

from collections.abc import Sequence
from typing import Any

from cms_blocks.recurrence import Occurrence
from cms_blocks.rule_fields import Frequency, Weekday
from cms_blocks.structured_data import CONTEXT, DAYS, without_empty

from .meetings import coming_schedules
from .models import Entry, EntryKind, LegalForm, Location, LocationType, Schedule

_TYPES = {
    LegalForm.PUBLIC: "GovernmentOrganization",
    LegalForm.COMPANY: "Corporation",
    LegalForm.ASSOCIATION: "NGO",
    LegalForm.FOUNDATION: "NGO",
    LegalForm.SOCIAL_ENTERPRISE: "Organization",
}
_DAYS = dict(zip(Weekday.values, DAYS, strict=True))


def structured_entry(
    entry: Entry, url: str, places: Sequence[Location], meetings: Sequence[Occurrence]
) -> dict[str, Any]:
    """`url` is absolute; `places` and the next `meetings` are those that are shown."""
    facts = entry.facts
    return without_empty(
        {
            "@type": _type(facts),
            "@id": f"{url}#entry",
            "name": entry.name,
            "alternateName": entry.other_names,
            "description": entry.summary,
            "url": url,
            "sameAs": [*filter(None, [facts.website]), *facts.social_links],
            "foundingDate": str(facts.founded_year or ""),
            "knowsLanguage": facts.languages,
            "contactPoint": _contact_point(facts),
            "location": [_place(place) for place in places if place.location_type == LocationType.PHYSICAL],
            "event": _event(entry, url, meetings),
        }
    )


def _type(facts: Entry) -> str:
    if facts.kind == EntryKind.SELF_HELP_GROUP:
        return "NGO"
    return _TYPES.get(LegalForm(facts.legal_form), "Organization") if facts.legal_form else "Organization"


def _contact_point(facts: Entry) -> dict[str, Any]:
    ways = without_empty(
        {"telephone": facts.phone.as_e164 if facts.phone else "", "email": facts.public_email}
    )
    return {"@type": "ContactPoint", **ways, "availableLanguage": facts.languages} if ways else {}


def _place(place: Location) -> dict[str, Any]:
    position = place.public_position
    address = {
        "@type": "PostalAddress",
        "streetAddress": ", ".join(place.public_street),
        "postalCode": place.postal_code,
        "addressLocality": place.city,
        "addressRegion": place.region,
        "addressCountry": place.country,
    }
    # A rough position would be read as an exact one.
    geo = (
        {"@type": "GeoCoordinates", "latitude": position[0], "longitude": position[1]}
        if position and place.public_street
        else {}
    )
    return without_empty({"@type": "Place", "address": without_empty(address), "geo": geo})


def _event(entry: Entry, url: str, meetings: Sequence[Occurrence]) -> dict[str, Any]:
    """The series of meetings; an event needs a first date, so there is none without a next meeting."""
    if not meetings:
        return {}
    repeated = [row for row in coming_schedules(entry.facts) if row.freq != Frequency.DATES]
    return without_empty(
        {
            "@type": "Event",
            "name": entry.name,
            "url": url,
            "startDate": meetings[0].begins,
            "endDate": meetings[0].ends,
            "eventSchedule": [_schedule(row) for row in repeated],
        }
    )


def _schedule(row: Schedule) -> dict[str, Any]:
    unit = "W" if row.freq == Frequency.WEEKLY else "M"
    return without_empty(
        {
            "@type": "Schedule",
            "repeatFrequency": f"P{row.interval}{unit}",
            "byDay": [f"{CONTEXT}/{_DAYS[code]}" for code in row.byday],
            "byMonthDay": row.rule.bymonthday,
            "byMonthWeek": list(row.rule.bysetpos),
            "startTime": f"{row.opens_at:%H:%M}",
            "endTime": f"{row.closes_at:%H:%M}" if row.closes_at else "",
            "startDate": row.dtstart or row.valid_from,
            "endDate": row.rule.last_day,
            "exceptDate": list(row.except_dates),
            "scheduleTimezone": row.timezone,
        }
    )
