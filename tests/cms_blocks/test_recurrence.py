"""The rule against python-dateutil, day by day over ten years, and read back from an iCalendar file."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from dateutil import rrule
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st
from icalendar import Calendar

from cms_blocks.calendars import Series, as_calendar
from cms_blocks.recurrence import WEEKDAYS, Rule

FIRST, LAST = date(2024, 1, 1), date(2033, 12, 31)
days = st.dates(FIRST, LAST)
weekdays = st.lists(st.sampled_from(list(WEEKDAYS)), min_size=1, max_size=3, unique=True).map(tuple)
positions = st.lists(st.sampled_from([1, 2, 3, 4, 5, -1]), min_size=1, max_size=2, unique=True).map(tuple)
zones = st.sampled_from(["Europe/Copenhagen", "Europe/Berlin"])
clocks = st.times().map(lambda clock: clock.replace(second=0, microsecond=0, tzinfo=None, fold=0))
#: Seasons that may be over before they begin, too.
ends = st.fixed_dictionaries(
    {}, optional={"until": st.none() | days, "valid_from": st.none() | days, "valid_to": st.none() | days}
)


def rule(**fields: object) -> Rule:
    defaults = {"freq": "WEEKLY", "opens_at": time(19), "timezone": "Europe/Copenhagen"}
    return Rule(**{**defaults, **fields})  # type: ignore[arg-type]


@st.composite
def rules(draw: st.DrawFn) -> Rule:
    pattern = draw(
        st.one_of(
            st.fixed_dictionaries({"freq": st.just("WEEKLY"), "byday": weekdays}),
            st.fixed_dictionaries({"freq": st.just("MONTHLY"), "byday": weekdays, "bysetpos": positions}),
            st.fixed_dictionaries({"freq": st.just("MONTHLY"), "bymonthday": st.integers(1, 31)}),
        )
    )
    return rule(
        **pattern,
        **draw(ends),
        interval=draw(st.integers(1, 4)),
        dtstart=draw(days),
        closes_at=draw(st.none() | clocks),
        timezone=draw(zones),
        opens_at=draw(clocks),
        except_dates=draw(st.frozensets(days, max_size=5)),
        extra_dates=draw(st.frozensets(days, max_size=5)),
    )


def expected_days(one: Rule, last: date) -> set[date]:
    """Straight from the first day on, by python-dateutil alone; its month begins where the rule's does.
    Then what lies outside the season is left out."""
    assert one.dtstart is not None
    start = one.dtstart.replace(day=1) if one.freq == "MONTHLY" else one.dtstart
    found = rrule.rrule(
        rrule.WEEKLY if one.freq == "WEEKLY" else rrule.MONTHLY,
        dtstart=datetime.combine(start, time()),
        until=datetime.combine(last, time()),
        interval=one.interval,
        byweekday=[
            WEEKDAYS[code](position) if position else WEEKDAYS[code]
            for code in one.byday
            for position in one.bysetpos or (None,)
        ]
        or None,
        bymonthday=one.bymonthday,
        wkst=rrule.MO,
    )
    first = max(one.dtstart, one.valid_from or one.dtstart)
    end = min(one.until or last, one.valid_to or last)
    regular = {moment.date() for moment in found if first <= moment.date() <= end}
    return (regular | one.extra_dates) - one.except_dates


@given(rules(), days)
def test_days_are_those_of_dateutil_from_wherever_one_looks(one: Rule, begin: date) -> None:
    found = list(one.days(begin, LAST))
    assert found == sorted(day for day in expected_days(one, LAST) if day >= begin)


@given(rules())
def test_the_clock_stays_through_summer_and_winter(one: Rule) -> None:
    for occurrence in one.next(60, datetime(2024, 1, 1, tzinfo=UTC)):
        local = occurrence.begins.astimezone(one.zone)
        skipped = local.time() != one.opens_at
        assert not skipped or (local.month == 3 and local.hour == 3 and one.opens_at.hour == 2)


@given(rules())
def test_an_icalendar_file_read_back_gives_the_same_moments(one: Rule) -> None:
    since, until = date(2026, 1, 1), date(2027, 12, 31)
    text = as_calendar("Test", [Series(uid="1", title="Gruppe", rule=one)], since, until)
    wanted = {one.on(day).begins.astimezone(UTC) for day in one.days(since, until)}
    assert moments(text) == wanted


@given(rules())
def test_every_event_of_a_file_begins_with_its_first_instance_and_ends_after_it(one: Rule) -> None:
    """RFC 5545: DTSTART is the first, DTEND is later; each event has a uid of its own."""
    since, until = date(2026, 1, 1), date(2027, 12, 31)
    text = as_calendar("Test", [Series(uid="1", title="Gruppe", rule=one)], since, until)
    events = Calendar.from_ical(text).walk("VEVENT")
    assert len({str(event["uid"]) for event in events}) == len(events)
    for event in events:
        start = event.decoded("dtstart")
        assert "rdate" not in event
        meeting = one.on(start.date())
        assert start.astimezone(UTC) == meeting.begins.astimezone(UTC)
        ends = event.decoded("dtend") if "dtend" in event else start
        assert ends.astimezone(UTC) == meeting.ends.astimezone(UTC)


def test_an_extra_date_before_the_season_is_an_event_whose_uid_stays() -> None:
    season = rule(byday=("MO",), valid_from=date(2026, 9, 1), extra_dates=frozenset({date(2026, 8, 20)}))
    for since in (date(2026, 6, 1), date(2026, 8, 20)):
        text = as_calendar("Test", [Series(uid="1", title="Gruppe", rule=season)], since)
        uids = {
            str(one["uid"]): one.decoded("dtstart").date() for one in Calendar.from_ical(text).walk("VEVENT")
        }
        assert uids == {"1": date(2026, 9, 7), "20260820-1": date(2026, 8, 20)}


def test_a_series_that_begins_where_the_clock_skips_its_time_keeps_it_on_the_other_days() -> None:
    night = rule(byday=("SU",), opens_at=time(2, 30), dtstart=date(2026, 3, 29))
    text = as_calendar(
        "Test", [Series(uid="1", title="Vagt", rule=night)], date(2026, 3, 1), date(2026, 4, 5)
    )
    assert moments(text) == {
        one.begins.astimezone(UTC) for one in map(night.on, night.days(date(2026, 3, 1), date(2026, 4, 5)))
    }


def moments(text: bytes) -> set[datetime]:
    found: set[datetime] = set()
    for event in Calendar.from_ical(text).walk("VEVENT"):
        start = event.decoded("dtstart")
        zone = start.tzinfo
        own = rrule.rruleset()
        if "rrule" in event:
            own.rrule(rrule.rrulestr(_local(event, zone), dtstart=start.replace(tzinfo=None)))
        else:
            own.rdate(start.replace(tzinfo=None))
        for name, add in (("rdate", own.rdate), ("exdate", own.exdate)):
            for value in event.get(name).dts if name in event else ():
                add(value.dt.replace(tzinfo=None))
        found |= {moment.replace(tzinfo=zone).astimezone(UTC) for moment in own}
    return found


def _local(event: object, zone: object) -> str:
    """The rule with its end in the local time that `dtstart` has."""
    recurrence = event["rrule"]  # type: ignore[index]
    parts = dict(recurrence)
    if "UNTIL" in parts:
        parts["UNTIL"] = [parts["UNTIL"][0].astimezone(zone).replace(tzinfo=None)]
    return type(recurrence)(parts).to_ical().decode()


@pytest.mark.parametrize(
    ("fields", "found"),
    [
        (
            {"freq": "MONTHLY", "byday": ("FR",), "bysetpos": (-1,)},
            ["2028-01-28", "2028-02-25", "2028-03-31"],
        ),
        ({"freq": "MONTHLY", "byday": ("TU",), "bysetpos": (5,)}, ["2028-02-29", "2028-05-30", "2028-08-29"]),
        ({"freq": "MONTHLY", "bymonthday": 31}, ["2028-01-31", "2028-03-31", "2028-05-31"]),
        ({"freq": "", "extra_dates": frozenset({date(2028, 3, 3)})}, ["2028-03-03"]),
    ],
)
def test_leap_years_fifth_weekdays_and_short_months(fields: dict[str, object], found: list[str]) -> None:
    coming = rule(**fields).next(3, datetime(2028, 1, 1, tzinfo=UTC))
    assert [one.begins.date().isoformat() for one in coming] == found


def test_a_time_that_the_clock_skips_is_moved_on_and_one_that_comes_twice_is_the_first() -> None:
    night = rule(byday=("SU",), opens_at=time(2, 30))
    zone = ZoneInfo("Europe/Copenhagen")
    assert night.on(date(2026, 3, 29)).begins == datetime(2026, 3, 29, 3, 30, tzinfo=zone)
    assert night.on(date(2026, 10, 25)).begins.utcoffset() == timedelta(hours=2)


def test_a_meeting_that_is_going_on_is_still_among_the_next() -> None:
    now = datetime(2026, 11, 24, 19, 30, tzinfo=UTC)
    evening = rule(byday=("TU",), closes_at=time(21))
    assert evening.next(1, now)[0].begins.date() == date(2026, 11, 24)
    assert evening.next(1, now + timedelta(hours=1))[0].begins.date() == date(2026, 12, 1)


def test_a_season_bounds_the_pattern_and_not_the_extra_dates() -> None:
    season = rule(
        byday=("MO",),
        valid_from=date(2026, 9, 1),
        valid_to=date(2026, 9, 14),
        extra_dates=frozenset({date(2026, 12, 24)}),
    )
    assert list(season.days(date(2026, 1, 1), LAST)) == [
        date(2026, 9, 7),
        date(2026, 9, 14),
        date(2026, 12, 24),
    ]


def test_a_rule_that_is_over_has_no_next_meeting_and_no_event() -> None:
    over = rule(byday=("MO",), valid_to=date(2020, 1, 1))
    assert over.next(1, datetime(2026, 1, 1, tzinfo=UTC)) == ()
    assert b"VEVENT" not in as_calendar("x", [Series(uid="1", title="x", rule=over)], date(2026, 1, 1))


@pytest.mark.parametrize(
    ("fields", "da", "de", "en"),
    [
        (
            {"byday": ("TU",), "interval": 2, "closes_at": time(21)},
            "hver anden tirsdag kl. 19-21",
            "alle zwei Wochen am Dienstag, 19–21 Uhr",
            "every other Tuesday 19:00–21:00",
        ),
        (
            {"freq": "MONTHLY", "byday": ("TU",), "bysetpos": (2,), "opens_at": time(19, 30)},
            "den anden tirsdag i måneden kl. 19.30",
            "jeden zweiten Dienstag im Monat, 19:30 Uhr",
            "every second Tuesday of the month 19:30",
        ),
        (
            {"byday": ("MO", "WE")},
            "hver mandag og onsdag kl. 19",
            "jeden Montag und Mittwoch, 19 Uhr",
            "every Monday and Wednesday 19:00",
        ),
        (
            {"freq": "MONTHLY", "bymonthday": 15, "valid_to": date(2027, 5, 31)},
            "den 15. i måneden kl. 19, til 31. maj 2027",
            "am 15. des Monats, 19 Uhr, bis 31. Mai 2027",
            "on day 15 of the month 19:00, until May 31, 2027",
        ),
    ],
)
def test_the_rule_is_said_as_people_say_it(fields: dict[str, object], da: str, de: str, en: str) -> None:
    for language, words in (("da", da), ("de", de), ("en", en)):
        with translation.override(language):
            assert rule(**fields).describe() == words
