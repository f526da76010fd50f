"""The log of searches: counted by day, and nothing that could tell of a person."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import RequestFactory
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from search import query_log
from search.models import QueryCount
from search.query import Point, Sort

pytestmark = pytest.mark.django_db


def rows() -> list[tuple[str, int, int]]:
    return list(QueryCount.objects.order_by("day").values_list("text", "count", "without_result"))


def test_the_words_are_kept_from_the_third_time_on(ask) -> None:
    for times in (1, 2):
        query_log.record(ask("Sorg og Savn!"), 3)
        assert rows() == [("", times, 0)]
    query_log.record(ask("sorg  og savn"), 0)
    assert rows() == [("sorg og savn", 3, 1)]


def test_days_are_counted_apart_and_together_make_three(ask) -> None:
    for _ in range(2):
        query_log.record(ask("sorg"), 1)
    QueryCount.objects.update(day=timezone.localdate() - timedelta(days=5))
    query_log.record(ask("sorg"), 1)
    assert rows() == [("", 2, 0), ("sorg", 1, 0)]


def test_what_was_asked_before_the_period_does_not_count(ask) -> None:
    for _ in range(2):
        query_log.record(ask("sorg"), 1)
    QueryCount.objects.update(day=timezone.localdate() - timedelta(days=90))
    query_log.record(ask("sorg"), 1)
    assert rows() == [("", 2, 0), ("", 1, 0)]


def test_languages_are_counted_apart(ask) -> None:
    query_log.record(ask("gift"), 1)
    query_log.record(ask("gift", locale="de"), 1)
    assert QueryCount.objects.count() == 2


@pytest.mark.parametrize(
    "text",
    [
        "010190-1234",
        "0101901234",
        "010190 1234",
        "min sag 01 01 90",
        "+45 12 34 56 78",
        "12345678",
        "ring 12-34-56-78",
        "anna@torvkoebing.example",
        "anna (at) torvkoebing",
        "konto 1234 5678901",
        "01\u201101\u201190\u20111234",
        "12:34:56:78",
        "12_34_56_78",
        "12\u201434\u201456\u201478",
        "12\u221234\u221256\u221278",
        "12\u00b734\u00b756\u00b778",
        "12'34'56'78",
        "12\u200b34\u200b56\u200b78",
        "0101\u00ad90\u00ad1234",
        "\uff11\uff12\uff13\uff14\uff15\uff16",
        "anna(a)firma.dk",
        "anna (snabel-a) firma.dk",
        "anna snabel-a firma punktum dk",
        "anna snabela firma",
        "anna ät web.de",
        "anna [ät] web",
        "anna at firma.dk",
        "anna at firma . dk",
        "anna\ufe6bweb.de",
        "anna\uff20web.de",
        "an\u200bna@web.de",
        "ord " * 40,
        "?!",
        "",
        "\x00",
    ],
)
def test_what_may_tell_of_a_person_is_not_counted_at_all(ask, text: str) -> None:
    for _ in range(4):
        query_log.record(ask(text), 0)
    assert not QueryCount.objects.exists()


@pytest.mark.parametrize(
    "text",
    [
        "8700",
        "hjælp 2026",
        "kl. 16.30",
        "§ 107",
        "§ 119",
        "12 trin",
        "1813",
        "hjælp til at stoppe",
        "borger.dk",
        "A.A. i Aarhus",
        "vitamin a.",
        "auf den Punkt",
    ],
)
def test_harmless_words_and_numbers_are_counted(ask, text: str) -> None:
    query_log.record(ask(text), 0)
    assert QueryCount.objects.count() == 1


def test_only_the_first_page_is_counted(ask) -> None:
    query_log.record(ask("sorg", page=2), 30)
    assert not QueryCount.objects.exists()


@pytest.mark.parametrize(
    "changes",
    [
        {"selected": {"colour": ("red",)}},
        {"sort": Sort.NAME},
        {"near": Point(text="8700", label="Horsens", latitude=55.9, longitude=9.8)},
    ],
    ids=["filter", "sort", "place"],
)
def test_a_second_look_at_an_answer_is_not_counted(ask, changes: dict[str, Any]) -> None:
    query_log.record(replace(ask("sorg"), **changes), 3)
    assert not QueryCount.objects.exists()


def test_the_setting_switches_it_off(ask, settings) -> None:
    settings.TORV_SEARCH = {"LOG_DAYS": 0}
    query_log.record(ask("sorg"), 1)
    assert not QueryCount.objects.exists()


def test_it_is_one_statement_that_writes(ask) -> None:
    with CaptureQueriesContext(connection) as captured:
        query_log.record(ask("sorg"), 1)
    assert len([each for each in captured if each["sql"].lstrip().startswith("INSERT")]) == 1


def test_a_search_does_not_break_where_it_cannot_be_written(ask, monkeypatch, caplog) -> None:
    monkeypatch.setattr(query_log, "_COUNT_ONE", "INSERT INTO gone_table VALUES (%(day)s)")
    query_log.record(ask("sorg"), 1)
    assert "could not be counted" in caplog.text
    assert not QueryCount.objects.exists()  # the transaction around it still works


def test_the_nightly_chore_deletes_what_is_too_old(ask) -> None:
    today = timezone.localdate()
    for days in (0, 89, 90, 200):
        QueryCount.objects.create(day=today - timedelta(days=days), locale="da", key="k", count=1)
    assert query_log.prune() == 2
    assert query_log.first_day() == today - timedelta(days=89)


@pytest.mark.parametrize(
    ("name", "wanted"),
    [
        ("Mozilla/5.0 (Windows NT 10.0; rv:140.0) Gecko/20100101 Firefox/140.0", True),
        ("Mozilla/5.0 (compatible; Googlebot/2.1)", False),
        ("Mozilla/5.0 (X11; Linux x86_64) HeadlessChrome/140.0 Safari/537.36", True),
        ("bingbot/2.0", False),
        ("curl/8.5", False),
        ("", False),
    ],
)
def test_robots_are_left_out(name: str, wanted: bool) -> None:
    assert query_log.is_wanted(RequestFactory().get("/", headers={"user-agent": name})) is wanted
