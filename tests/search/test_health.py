"""The state of health: what lives, what is ready, and nothing that is nobody's business."""

from __future__ import annotations

import pytest
from django.db import OperationalError, connection
from django.test import Client
from elasticsearch import Elasticsearch

from search import health
from search.engines import mirroring
from tests.search.conftest import elasticsearch_at, in_step, node_address


@pytest.fixture(autouse=True)
def not_looked_up_yet(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(health._Applied, "known", False)


def ready(client: Client) -> tuple[int, str, dict[str, str]]:
    answer = client.get("/health/ready")
    assert answer["Cache-Control"] == "no-store"
    assert not answer.cookies
    return answer.status_code, answer.json()["status"], answer.json()["checks"]


def test_the_process_lives_without_a_database(client: Client) -> None:
    answer = client.get("/health/live")
    assert (answer.status_code, answer.json()) == (200, {"status": "ok", "checks": {}})
    assert answer["Cache-Control"] == "no-store"


@pytest.mark.django_db
def test_ready_looks_at_database_migrations_and_index(client: Client, notes, site) -> None:
    checks = {"database": "ok", "migrations": "ok", "search": "empty", "elasticsearch": "off"}
    assert ready(client) == (200, "ok", checks)
    notes.put("1", "Sorg")
    notes.index()
    assert ready(client) == (200, "ok", {**checks, "search": "ok"})


@pytest.mark.django_db
def test_a_migration_that_is_missing_makes_it_unready(client: Client, monkeypatch) -> None:
    monkeypatch.setattr(
        "search.health.MigrationExecutor.migration_plan", lambda self, targets: [("torv_search", False)]
    )
    status, word, checks = ready(client)
    assert (status, word, checks["migrations"], checks["search"]) == (
        503,
        "unavailable",
        "missing",
        "unknown",
    )


@pytest.mark.django_db
def test_a_lost_table_of_words_makes_it_unready(client: Client) -> None:
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE torv_search_terms RENAME TO torv_search_gone")
    status, _word, checks = ready(client)
    assert (status, checks["search"]) == (503, "failed")


@pytest.mark.django_db
def test_a_database_that_is_away_makes_it_unready_and_is_not_described(client: Client, monkeypatch) -> None:
    def away() -> str:
        raise OperationalError("password for torv@10.0.0.7 refused")

    monkeypatch.setattr(health, "_database", away)
    answer = client.get("/health/ready")
    assert (answer.status_code, answer.json()["checks"]) == (503, {"database": "failed"})
    assert b"10.0.0.7" not in answer.content


@pytest.mark.django_db
def test_without_elasticsearch_it_is_degraded_and_ready(client: Client, notes, site) -> None:
    with elasticsearch_at(node_address(8)) as prefix:
        assert ready(client)[2]["elasticsearch"] == "degraded"  # no index yet
        notes.put("1", "Sorg")
        notes.index()
        in_step()
        assert ready(client)[1] == "ok"
        state = mirroring.state()
        assert state is not None
        assert (state.answers, state.documents, state.waiting, state.error) == (True, 1, 0, "")
        assert state.name.startswith(prefix)
        assert state.size
        notes.put("2", "Savn")
        notes.index()
        behind = mirroring.state()
        assert behind is not None
        assert behind.waiting == 1
        assert behind.waiting_since
        Elasticsearch(node_address(8)).indices.delete(index=state.name)
        assert ready(client)[:2] == (200, "degraded")
