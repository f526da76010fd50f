"""The regular work of the search: late rows, drift between index and content, old index changes."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core.management import call_command
from django.db import connection, transaction
from django.utils import timezone

from search import chores, conf, indexing, outbox, tasks
from search.bitmaps import FacetBitmaps
from search.models import IndexChange, OutboxRow, SearchDocument

pytestmark = pytest.mark.django_db


def dead_row(notes, key: str) -> OutboxRow:
    attempts = conf.current().max_attempts
    return OutboxRow.objects.create(
        searchable=notes.name, object_key=key, due_at=timezone.now(), attempts=attempts, error="Broken: yes"
    )


def titles() -> set[str]:
    return set(SearchDocument.objects.values_list("title", flat=True))


def test_what_a_lost_task_has_left_is_indexed_by_the_next_tick(notes, site) -> None:
    notes.put("1", "Gruppe")
    OutboxRow.objects.create(searchable=notes.name, object_key="1", due_at=timezone.now())
    call_command("torv_tick", verbosity=0)
    assert titles() == {"Gruppe"}
    assert not OutboxRow.objects.exists()


def test_what_is_not_due_yet_waits(notes, site) -> None:
    notes.put("1", "Gruppe")
    later = timezone.now() + timedelta(minutes=5)
    OutboxRow.objects.create(searchable=notes.name, object_key="1", due_at=later)
    chores.every_minute()
    assert titles() == set()


def test_at_night_the_index_is_brought_in_line_with_the_content(notes, site) -> None:
    for key in ("1", "2", "3"):
        notes.put(key, f"Gruppe {key}")
    notes.index()
    notes.change("1", title="Ny")
    indexing.remove(notes, ["2"])
    del notes.held["3", "da"]
    chores.nightly()
    assert titles() == {"Ny", "Gruppe 2"}


def test_what_was_dead_is_done_by_the_night_and_what_waits_keeps_waiting(notes, site) -> None:
    notes.put("1", "Gruppe")
    dead_row(notes, "1")
    waits = OutboxRow.objects.create(searchable=notes.name, object_key="1", due_at=timezone.now(), attempts=1)
    chores.nightly()
    assert titles() == {"Gruppe"}
    assert list(OutboxRow.objects.all()) == [waits]


def test_what_still_fails_at_night_stays_listed(notes, site) -> None:
    notes.put("1", "Gruppe")
    notes.broken.add("1")
    row = dead_row(notes, "1")
    with pytest.raises(RuntimeError):
        chores.nightly()
    assert list(OutboxRow.objects.all()) == [row]


def changes(number: int) -> list[int]:
    IndexChange.objects.bulk_create(
        IndexChange(document_id=position, token=f"t{position}") for position in range(number)
    )
    return list(IndexChange.objects.order_by("id").values_list("id", flat=True))


@pytest.mark.parametrize(("there", "kept"), [(0, 0), (1, 1), (3, 3), (4, 3), (10, 3)])
def test_the_newest_index_changes_are_kept(monkeypatch, there: int, kept: int) -> None:
    monkeypatch.setattr(chores, "KEPT_CHANGES", 3)
    ids = changes(there)
    assert chores.prune_changes() == there - kept
    left = list(IndexChange.objects.order_by("id").values_list("id", flat=True))
    assert left == ids[there - kept :]


def test_a_process_that_is_behind_what_was_pruned_still_counts_right(notes, site, monkeypatch) -> None:
    monkeypatch.setattr(chores, "KEPT_CHANGES", 1)
    notes.put("1", "Gruppe", facets={"colour": ("red",)})
    notes.index()
    behind = FacetBitmaps().caught_up()
    for key in ("2", "3"):
        notes.put(key, "Gruppe", facets={"colour": ("red",)})
        notes.index()
    chores.prune_changes()
    assert len(behind.caught_up().values["colour"]["red"]) == 3


def test_dead_rows_are_tried_again_when_asked_for(notes, site, django_capture_on_commit_callbacks) -> None:
    notes.put("1", "Gruppe")
    dead_row(notes, "1")
    outbox.process()
    assert titles() == set()
    with django_capture_on_commit_callbacks(execute=True):
        assert outbox.try_again() == 1
    assert titles() == {"Gruppe"}
    assert outbox.try_again() == 0


def test_work_noted_in_a_transaction_that_never_ends_hides_no_later_work(
    notes, site, django_capture_on_commit_callbacks
) -> None:
    notes.put("1", "Gruppe")
    outbox.add(notes, ["1"])  # as a fixture does: the transaction around a test is never committed
    with django_capture_on_commit_callbacks(execute=True):
        outbox.add(notes, ["1"])
    assert titles() == {"Gruppe"}


@pytest.mark.django_db(transaction=True)
def test_one_task_a_transaction_is_enough(notes, monkeypatch) -> None:
    runs: list[int] = []
    monkeypatch.setattr(type(tasks.process_outbox), "enqueue", lambda task: runs.append(1))
    for key in ("1", "2"):
        with transaction.atomic():
            for _ in range(15):
                with transaction.atomic():
                    outbox.add(notes, [key])
        assert connection.run_on_commit == []
    assert len(runs) == 2
