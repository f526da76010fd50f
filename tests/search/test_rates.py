"""Counting requests: what the cache keeps of them, and for how long."""

from __future__ import annotations

import time
from datetime import UTC, datetime

import pytest
from django.core.cache import caches
from django.core.management import call_command
from django.test import RequestFactory

from cms_blocks import public_forms
from search import rates

HOUR = 3600


@pytest.fixture(params=["locmem", "db"])
def backend(request: pytest.FixtureRequest, db: None, settings) -> str:
    """The cache that counts, in a process of its own or in the database."""
    backends = {
        "locmem": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache", "LOCATION": "counts"},
        "db": {"BACKEND": "django.core.cache.backends.db.DatabaseCache", "LOCATION": "counts"},
    }
    settings.CACHES = {**settings.CACHES, "counts": backends[request.param]}
    settings.TORV_SEARCH = {"API_CACHE": "counts"}
    settings.TORV_BLOCKS = {"FORM_CACHE": "counts"}
    if request.param == "db":
        call_command("createcachetable")
    caches["counts"].clear()
    return str(request.param)


def at(monkeypatch: pytest.MonkeyPatch, moment: float) -> None:
    monkeypatch.setattr(time, "time", lambda: moment)


def test_a_count_is_kept_for_the_rest_of_its_window(backend: str, monkeypatch: pytest.MonkeyPatch) -> None:
    request = RequestFactory().get("/")
    start = time.time() // HOUR * HOUR
    at(monkeypatch, start + 600)
    assert [rates.seconds_to_wait(request, "search", "2/h") for _ in range(2)] == [0, 0]
    at(monkeypatch, start + 3000)
    assert 600 <= rates.seconds_to_wait(request, "search", "2/h") <= 601
    assert public_forms.within_limit(request, "word", 1)
    assert not public_forms.within_limit(request, "word", 1)
    at(monkeypatch, start + HOUR)
    assert rates.seconds_to_wait(request, "search", "2/h") == 0
    assert public_forms.within_limit(request, "word", 1)


def test_a_database_keeps_a_count_longer_than_its_own_timeout(
    backend: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    request, start = RequestFactory().get("/"), time.time() // HOUR * HOUR
    now = start
    monkeypatch.setattr("django.core.cache.backends.db.tz_now", lambda: datetime.fromtimestamp(now, UTC))
    at(monkeypatch, now)
    assert [rates.seconds_to_wait(request, "search", "2/h") for _ in range(2)] == [0, 0]
    assert public_forms.within_limit(request, "word", 2)
    assert public_forms.within_limit(request, "word", 2)
    now = start + 3000
    at(monkeypatch, now)
    assert rates.seconds_to_wait(request, "search", "2/h")
    assert not public_forms.within_limit(request, "word", 2)
