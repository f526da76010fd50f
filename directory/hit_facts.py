"""What a list shows of an entry beside its text: kept in the search index, so that no hit costs a query.

Rules of meetings are kept, not dates: the next meeting is reckoned when the list is shown.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, fields
from datetime import date, datetime, time
from typing import Any

from cms_blocks.recurrence import Occurrence, Rule
from search.results import Hit

from .models import Entry, Location, Schedule
from .models.languages import CODES, language_name
from .shortlist import Shortlist

#: Rules that a list shows of one entry.
_SHOWN_RULES = 2
_TIMES = ("opens_at", "closes_at")
_DATES = ("dtstart", "until", "valid_from", "valid_to")
_TUPLES = ("byday", "bysetpos")
_SETS = ("except_dates", "extra_dates")


def stored(source: Entry, places: Sequence[Location], schedules: Iterable[Schedule]) -> dict[str, object]:
    """JSON values; `blurred` says of each position of the document whether it is a rough one."""
    first = places[0] if places else None
    return {
        "slug": source.slug,
        "external_id": source.external_id,
        "kind": source.kind,
        "city": first.city if first else "",
        "region": first.region if first else "",
        "phone": source.phone.as_international if source.phone else "",
        "languages": list(source.languages),
        "open": source.is_open_for_new,
        "rules": [_as_json(schedule.rule) for schedule in schedules],
        "blurred": [place.approximate for place in places if place.public_position],
    }


def _as_json(rule: Rule) -> dict[str, Any]:
    values = {name: value for name, value in asdict(rule).items() if value}
    return {name: _plain(value) for name, value in values.items()}


def _plain(value: Any) -> Any:
    if isinstance(value, date | time):
        return value.isoformat()
    if isinstance(value, frozenset):
        return sorted(day.isoformat() for day in value)
    return list(value) if isinstance(value, tuple) else value


def _rule(values: Mapping[str, Any]) -> Rule:
    known = {field.name for field in fields(Rule)}
    read: dict[str, Any] = {name: value for name, value in values.items() if name in known}
    for name in read.keys() & _TIMES:
        read[name] = time.fromisoformat(read[name])
    for name in read.keys() & _DATES:
        read[name] = date.fromisoformat(read[name])
    for name in read.keys() & _TUPLES:
        read[name] = tuple(read[name])
    for name in read.keys() & _SETS:
        read[name] = frozenset(map(date.fromisoformat, read[name]))
    return Rule(**read)


@dataclass(frozen=True, kw_only=True)
class EntryHit:
    """A hit as the list shows it. `remember_url` puts it on the reader's shortlist, or takes it off."""

    hit: Hit
    key: str
    rules: tuple[str, ...]
    next_meeting: Occurrence | None
    languages: tuple[str, ...]
    is_open: bool
    is_remembered: bool
    remember_url: str


def entry_hit(hit: Hit, shortlist: Shortlist, now: datetime) -> EntryHit:
    values: Mapping[str, Any] = hit.row.stored
    rules = [_rule(each) for each in values.get("rules", ())]
    coming = [(rule, meeting) for rule in rules for meeting in rule.next(1, now)]
    key = str(values["slug"])
    return EntryHit(
        hit=hit,
        key=key,
        rules=tuple(rule.describe() for rule, _meeting in coming[:_SHOWN_RULES]),
        next_meeting=min((meeting for _rule, meeting in coming), default=None),
        languages=tuple(language_name(code) for code in values.get("languages", ()) if code in CODES),
        is_open=bool(values.get("open")),
        is_remembered=key in shortlist.keys,
        remember_url=shortlist.toggled(key).in_query(),
    )
