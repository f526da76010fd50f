"""When something is open: examples, and what must hold for any hours at any moment."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cms_blocks.opening_hours import (
    DaysAlike,
    ExceptionalHours,
    Interval,
    OpeningHours,
    State,
    WeeklyHours,
)

COPENHAGEN = ZoneInfo("Europe/Copenhagen")
MONDAY = date(2026, 3, 2)


def interval(opens: str, closes: str) -> Interval:
    return Interval(opens_at=time.fromisoformat(opens), closes_at=time.fromisoformat(closes))


def weekly(first: int, last: int, opens: str, closes: str) -> WeeklyHours:
    return WeeklyHours(first_day=first, last_day=last, interval=interval(opens, closes))


def hours(*rows: WeeklyHours, exceptions: tuple[ExceptionalHours, ...] = ()) -> OpeningHours:
    return OpeningHours(weekly=rows, exceptions=exceptions, timezone=COPENHAGEN)


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=COPENHAGEN)


OFFICE = hours(weekly(0, 2, "10:00", "14:00"), weekly(3, 3, "10:00", "12:00"), weekly(3, 3, "13:00", "17:00"))


@pytest.mark.parametrize(
    ("moment", "is_open", "changes_at"),
    [
        ("2026-03-02 09:59", False, "2026-03-02 10:00"),
        ("2026-03-02 10:00", True, "2026-03-02 14:00"),
        ("2026-03-02 14:00", False, "2026-03-03 10:00"),
        ("2026-03-05 12:30", False, "2026-03-05 13:00"),
        ("2026-03-06 09:00", False, "2026-03-09 10:00"),
    ],
)
def test_an_office_opens_and_closes(moment: str, is_open: bool, changes_at: str) -> None:
    assert OFFICE.state_at(at(moment)) == State(is_open=is_open, changes_at=at(changes_at))


def test_the_moment_may_be_given_in_another_timezone() -> None:
    assert OFFICE.state_at(datetime(2026, 3, 2, 9, 0, tzinfo=UTC)).is_open


def test_without_hours_nothing_ever_opens() -> None:
    assert hours().state_at(at("2026-03-02 12:00")) == State(is_open=False, changes_at=None)


def test_day_and_night_never_closes() -> None:
    always = hours(weekly(0, 6, "00:00", "00:00"))
    assert always.state_at(at("2026-03-02 23:59")) == State(is_open=True, changes_at=None)


def test_a_night_of_two_lines_is_one_stretch() -> None:
    night = hours(weekly(4, 4, "20:00", "00:00"), weekly(5, 5, "00:00", "02:00"))
    for moment in ("2026-03-06 23:59", "2026-03-07 00:00", "2026-03-07 01:59"):
        assert night.state_at(at(moment)) == State(is_open=True, changes_at=at("2026-03-07 02:00"))


def test_an_exception_goes_before_the_rule_and_says_why() -> None:
    christmas = ExceptionalHours(first_date=MONDAY, last_date=MONDAY + timedelta(days=1), reason="Jul")
    short = ExceptionalHours(
        first_date=date(2026, 3, 4), last_date=date(2026, 3, 4), interval=interval("08:00", "09:00")
    )
    office = hours(weekly(0, 6, "10:00", "14:00"), exceptions=(christmas, short))
    assert office.state_at(at("2026-03-02 12:00")) == State(
        is_open=False, changes_at=at("2026-03-04 08:00"), reason="Jul"
    )
    assert office.state_at(at("2026-03-04 10:30")) == State(is_open=False, changes_at=at("2026-03-05 10:00"))


def test_clocks_that_spring_forward_shorten_the_night() -> None:
    night = hours(weekly(6, 6, "00:00", "06:00"))
    state = night.state_at(at("2026-03-29 00:00"))
    assert state.changes_at is not None
    assert state.changes_at.astimezone(UTC) - at("2026-03-29 00:00").astimezone(UTC) == timedelta(hours=5)


def test_clocks_that_fall_back_lengthen_the_night() -> None:
    night = hours(weekly(6, 6, "00:00", "06:00"))
    state = night.state_at(at("2026-10-25 00:00"))
    assert state.changes_at is not None
    assert state.changes_at.astimezone(UTC) - at("2026-10-25 00:00").astimezone(UTC) == timedelta(hours=7)


def test_hours_that_the_clock_skips_do_not_break_the_day() -> None:
    """02:30 does not exist on that day, and a stretch from then to 03:00 is empty."""
    early = hours(weekly(6, 6, "02:30", "03:00"), weekly(6, 6, "09:00", "10:00"))
    state = early.state_at(at("2026-03-29 01:00"))
    assert state == State(is_open=False, changes_at=at("2026-03-29 09:00"))


def test_days_alike_are_one_line() -> None:
    assert OFFICE.week() == [
        DaysAlike(first_day=0, last_day=2, intervals=(interval("10:00", "14:00"),)),
        DaysAlike(
            first_day=3, last_day=3, intervals=(interval("10:00", "12:00"), interval("13:00", "17:00"))
        ),
        DaysAlike(first_day=4, last_day=6, intervals=()),
    ]


@pytest.mark.parametrize(
    ("first", "second", "clashes"),
    [
        (("10:00", "12:00"), ("12:00", "14:00"), False),
        (("10:00", "12:01"), ("12:00", "14:00"), True),
        (("20:00", "00:00"), ("23:00", "00:00"), True),
        (("00:00", "00:00"), ("08:00", "09:00"), True),
        (("00:00", "02:00"), ("20:00", "00:00"), False),
    ],
)
def test_intervals_that_share_time_clash(first, second, clashes) -> None:
    assert interval(*first).overlaps(interval(*second)) is clashes
    assert interval(*second).overlaps(interval(*first)) is clashes
    assert not weekly(0, 1, *first).clashes(weekly(2, 6, *second))


clocks = st.builds(time, st.integers(0, 23), st.sampled_from([0, 15, 30, 45]))
intervals = st.builds(Interval, opens_at=clocks, closes_at=clocks).filter(lambda found: found.is_valid)
days = st.integers(0, 6)
lines = st.builds(
    lambda one, other, found: WeeklyHours(
        first_day=min(one, other), last_day=max(one, other), interval=found
    ),
    days,
    days,
    intervals,
)
dates = st.dates(date(2026, 3, 20), date(2026, 11, 5))
exceptional = st.builds(
    lambda first, length, found: ExceptionalHours(
        first_date=first, last_date=first + timedelta(days=length), interval=found
    ),
    dates,
    st.integers(0, 20),
    st.none() | intervals,
)
any_hours = st.builds(
    OpeningHours,
    weekly=st.lists(lines, max_size=4).map(tuple),
    exceptions=st.lists(exceptional, max_size=3).map(tuple),
    timezone=st.just(COPENHAGEN),
)
moments = st.datetimes(datetime(2026, 3, 20), datetime(2026, 11, 5), timezones=st.just(UTC))


@given(any_hours, moments)
def test_the_state_holds_until_it_changes_and_then_is_the_other(some: OpeningHours, moment: datetime) -> None:
    state = some.state_at(moment)
    if state.changes_at is not None:
        change = state.changes_at.astimezone(UTC)
        assert change > moment
        assert some.state_at(change - timedelta(seconds=1)).is_open is state.is_open
        assert some.state_at(change).is_open is not state.is_open


@given(any_hours, st.datetimes(datetime(2026, 4, 1), datetime(2026, 10, 1)))
def test_it_is_open_when_the_clock_is_within_an_interval_of_the_day(
    some: OpeningHours, clock: datetime
) -> None:
    today = some.on(clock.date())
    expected = any(
        found.opens_at <= clock.time() and (found.closes_at == time(0) or clock.time() < found.closes_at)
        for found in today
    )
    assert some.state_at(clock.replace(tzinfo=COPENHAGEN)).is_open is expected
