"""`torv_tick` does what is due, each chore once at a time, and a failing one stops no other."""

from __future__ import annotations

import logging
import sys
import threading
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from io import StringIO
from types import ModuleType
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.test import override_settings
from django.utils import timezone
from wagtail.models import Page

from cms_blocks import checks, ticks
from cms_blocks.models import ChoreRun
from tests.cms_blocks import factories

#: 02:30 in Copenhagen, so that the nightly hour is half an hour ahead.
BEFORE_THREE = datetime(2026, 11, 24, 1, 30, tzinfo=UTC)


def tick(**options: Any) -> list[str]:
    """The names of the chores that ran, in order."""
    out = StringIO()
    call_command("torv_tick", stdout=out, stderr=StringIO(), **options)
    return [line.split()[0] for line in out.getvalue().splitlines()]


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Callable[..., None]:
    """`clock(hours=1)` sets the time to so long after half past two at night."""

    def move(**delta: int) -> None:
        monkeypatch.setattr(timezone, "now", lambda: BEFORE_THREE + timedelta(**delta))

    move()
    return move


@pytest.fixture
def chores(monkeypatch: pytest.MonkeyPatch) -> Callable[..., None]:
    """`chores(directory={"nightly": work})` gives apps chores; no other app has any."""
    monkeypatch.setattr(ticks, "module_has_submodule", lambda module, name: False)

    def give(**given: dict[str, Callable[[], object]]) -> None:
        for app, functions in given.items():
            module = ModuleType(f"{app}.chores")
            vars(module).update(functions)
            monkeypatch.setitem(sys.modules, module.__name__, module)
        monkeypatch.setattr(
            ticks, "module_has_submodule", lambda module, name: module.__name__ in given and name == "chores"
        )

    return give


def broken() -> None:
    raise RuntimeError("no bread today")


def nothing() -> None:
    pass


@pytest.mark.django_db
def test_chores_of_every_installed_app_are_found() -> None:
    names = {"cms_blocks.every_minute", "cms_blocks.nightly", "search.every_minute", "search.nightly"}
    assert set(tick()) == {*names, "directory.nightly", "directory.weekly"}


@pytest.mark.django_db
def test_scheduled_pages_go_live_and_expire() -> None:
    home = factories.home()
    past = timezone.now() - timedelta(minutes=1)
    coming = factories.below(home, title="Kommer", slug="kommer", live=False)
    going = factories.below(home, title="Slutter", slug="slutter", expire_at=past)
    coming.go_live_at = past
    coming.save_revision(approved_go_live_at=past)
    tick()
    assert Page.objects.get(pk=coming.pk).live
    assert not Page.objects.get(pk=going.pk).live


@pytest.mark.django_db
def test_every_minute_means_every_tick_and_nightly_once_a_night(chores, clock) -> None:
    chores(directory={"every_minute": nothing, "nightly": nothing})
    both = ["directory.every_minute", "directory.nightly"]
    assert tick() == both  # it has never run, so it is made up
    assert tick() == both[:1]
    clock(minutes=29)
    assert tick() == both[:1]
    clock(minutes=30)
    assert tick() == both
    clock(hours=24)
    assert tick() == both[:1]


@pytest.mark.django_db
def test_weekly_means_the_night_to_monday_and_a_missed_one_is_made_up(chores, clock) -> None:
    chores(directory={"weekly": nothing})
    assert tick(nightly=True) == ["directory.weekly"]  # it has never run
    assert tick(nightly=True) == []
    clock(days=6, minutes=29)  # it was a Tuesday
    assert tick() == []
    clock(days=6, minutes=30)
    assert tick() == ["directory.weekly"]
    clock(days=15)
    assert tick() == ["directory.weekly"]


@pytest.mark.django_db
def test_a_missed_night_is_made_up_at_the_next_tick(chores, clock) -> None:
    chores(directory={"nightly": nothing})
    tick()
    clock(days=3, hours=-5)
    assert tick() == ["directory.nightly"]
    assert tick() == []


@pytest.mark.django_db
def test_the_nightly_hour_is_a_setting_in_local_time(chores, clock) -> None:
    chores(directory={"nightly": nothing})
    tick()
    clock(hours=1)
    with override_settings(TORV_BLOCKS={"NIGHTLY_HOUR": 22}):
        assert tick() == []
        clock(hours=19, minutes=29)
        assert tick() == []
        clock(hours=19, minutes=30)
        assert tick() == ["directory.nightly"]


@pytest.mark.django_db
def test_nightly_work_can_be_asked_for_at_any_time(chores, clock) -> None:
    chores(directory={"nightly": nothing})
    tick()
    assert tick(nightly=True) == ["directory.nightly"]


@pytest.mark.django_db
def test_a_failing_chore_is_logged_and_named_and_the_others_run(chores, caplog) -> None:
    done = []
    chores(
        cms_blocks={"every_minute": broken},
        directory={"every_minute": lambda: done.append("directory")},
        search={"every_minute": lambda: done.append("search")},
    )
    out, errors = StringIO(), StringIO()
    with caplog.at_level(logging.ERROR), pytest.raises(CommandError) as raised:
        call_command("torv_tick", stdout=out, stderr=errors)
    assert raised.value.returncode == 1
    assert "cms_blocks.every_minute" in str(raised.value)
    assert sorted(done) == ["directory", "search"]
    assert "RuntimeError: no bread today" in errors.getvalue()
    assert "no bread today" in caplog.text
    assert len(out.getvalue().splitlines()) == 2


@pytest.mark.django_db
def test_chores_that_cannot_be_imported_are_a_failure_too(chores, monkeypatch) -> None:
    done = []
    chores(cms_blocks={}, search={"every_minute": lambda: done.append("search")})
    monkeypatch.setitem(sys.modules, "cms_blocks.chores", None)
    with pytest.raises(CommandError, match=r"cms_blocks\.chores"):
        tick()
    assert done == ["search"]


@pytest.mark.django_db
def test_failed_nightly_work_is_tried_again_after_an_hour(chores, clock) -> None:
    chores(directory={"nightly": broken})
    with pytest.raises(CommandError):
        tick()
    chores(directory={"nightly": nothing})
    clock(minutes=1)
    assert tick() == []
    clock(minutes=62)
    assert tick() == ["directory.nightly"]
    run = ChoreRun.objects.get()
    assert (run.failed_at, run.busy_until) == (None, None)


@pytest.mark.django_db
def test_failed_nightly_work_can_be_asked_for_at_once(chores, clock) -> None:
    chores(directory={"nightly": broken})
    with pytest.raises(CommandError):
        tick()
    chores(directory={"nightly": nothing})
    assert tick(nightly=True) == ["directory.nightly"]


@pytest.mark.django_db
def test_a_tick_during_a_tick_leaves_the_running_chore_alone(chores, clock) -> None:
    inner: list[list[str]] = []
    chores(directory={"every_minute": lambda: inner.append(tick(nightly=True)), "nightly": nothing})
    assert tick(nightly=True) == ["directory.every_minute", "directory.nightly"]
    assert inner == [["directory.nightly"]]


@pytest.mark.django_db(transaction=True)
def test_of_two_ticks_at_the_same_moment_one_runs_the_chore(chores) -> None:
    started, let_go = threading.Event(), threading.Event()
    runs: list[int] = []

    def slow() -> None:
        runs.append(threading.get_ident())
        started.set()
        assert let_go.wait(60)

    chores(directory={"nightly": slow})
    results: list[list[str]] = []

    def other() -> None:
        try:
            results.append([outcome.name for outcome in ticks.tick()])
        finally:
            connection.close()

    threads = [threading.Thread(target=other) for _ in range(3)]
    for thread in threads:
        thread.start()
    assert started.wait(60)
    let_go.set()
    for thread in threads:
        thread.join(60)
    assert len(runs) == 1
    assert sorted(results) == [[], [], ["directory.nightly"]]


@pytest.mark.django_db
def test_what_a_killed_tick_has_begun_is_done_by_a_later_one(chores, clock) -> None:
    def killed() -> None:
        raise KeyboardInterrupt

    chores(directory={"nightly": killed})
    with pytest.raises(KeyboardInterrupt):
        tick()
    ChoreRun.objects.update(busy_until=BEFORE_THREE + timedelta(hours=6))  # as a kill without mercy leaves it
    chores(directory={"nightly": nothing})
    clock(hours=5)
    assert tick() == []
    clock(hours=6)
    assert tick() == ["directory.nightly"]


@pytest.mark.django_db
def test_what_outlasts_its_lease_does_not_free_the_tick_that_took_over(chores, clock) -> None:
    def taken_over() -> None:
        ChoreRun.objects.update(busy_until=BEFORE_THREE + timedelta(days=1))

    chores(directory={"nightly": taken_over})
    tick()
    assert ChoreRun.objects.get().busy_until == BEFORE_THREE + timedelta(days=1)


@pytest.mark.django_db
def test_a_quiet_tick_says_nothing(chores) -> None:
    chores(directory={"every_minute": nothing})
    assert tick(verbosity=0) == []
    assert ChoreRun.objects.get().ran_at is not None


@pytest.mark.parametrize("hour", [-1, 24])
def test_an_impossible_nightly_hour_is_named(hour: int) -> None:
    with override_settings(TORV_BLOCKS={"NIGHTLY_HOUR": hour}):
        (message,) = checks.check_nightly_hour(None)
    assert message.id == "torv_blocks.E007"
    assert message.hint


@pytest.mark.parametrize("hour", [0, 3, 23])
def test_every_hour_of_the_day_will_do(hour: int) -> None:
    with override_settings(TORV_BLOCKS={"NIGHTLY_HOUR": hour}):
        assert checks.check_nightly_hour(None) == []


def test_an_hour_of_another_type_is_named_once() -> None:
    with override_settings(TORV_BLOCKS={"NIGHTLY_HOUR": "3"}):
        assert checks.check_nightly_hour(None) == []
        assert [message.id for message in checks.check_settings(None)] == ["torv_blocks.E003"]
