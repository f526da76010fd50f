"""What waits for the index is written in the editor's transaction and never lost."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import transaction
from django.utils import timezone

from search import conf, outbox
from search.models import IndexChange, OutboxRow, SearchDocument

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def later(monkeypatch: pytest.MonkeyPatch):
    """`later(hours=1)` moves the clock."""
    start = timezone.now()

    def move(**delta: int) -> None:
        monkeypatch.setattr(timezone, "now", lambda: start + timedelta(**delta))

    return move


def stored() -> set[tuple[str, str]]:
    return set(SearchDocument.objects.values_list("object_key", "title"))


def test_committed_work_is_indexed_by_the_task(notes) -> None:
    notes.put("1", "Gruppe")
    with transaction.atomic():
        outbox.add(notes, ["1"])
        assert stored() == set()
    assert stored() == {("1", "Gruppe")}
    assert not OutboxRow.objects.exists()


def test_a_rollback_leaves_no_trace(notes) -> None:
    notes.put("1", "Gruppe")
    with transaction.atomic():
        outbox.add(notes, ["1"])
        outbox.vanish(notes, ["1"])
        transaction.set_rollback(True)
    assert stored() == set()
    assert not OutboxRow.objects.exists()
    assert not IndexChange.objects.exists()


def test_a_rolled_back_savepoint_keeps_the_rest(notes) -> None:
    notes.put("1", "Gruppe")
    notes.put("2", "Anden")
    with transaction.atomic():
        with transaction.atomic():
            outbox.add(notes, ["1"])
            transaction.set_rollback(True)
        outbox.add(notes, ["2"])
    assert stored() == {("2", "Anden")}


def test_what_vanishes_is_gone_before_the_transaction_ends(notes) -> None:
    notes.put("1", "Gruppe")
    notes.index()
    notes.held.clear()
    with transaction.atomic():
        outbox.vanish(notes, ["1"])
        assert stored() == set()


def test_many_things_vanish_at_once_and_what_stays_public_returns(notes) -> None:
    for key in range(150):
        notes.put(f"{key}", "Gruppe")
    notes.index()
    del notes.held["7", "da"]
    with transaction.atomic():
        outbox.vanish(notes, [str(key) for key in range(150)])
        assert stored() == set()
    assert len(stored()) == 149


def test_what_cannot_be_built_vanishes_all_the_same(notes) -> None:
    notes.put("1", "Gruppe")
    notes.index()
    notes.broken.add("1")
    outbox.vanish(notes, ["1"])
    assert stored() == set()


def test_a_broken_thing_is_put_off_while_the_others_go_on(notes, later) -> None:
    notes.put("1", "Gruppe")
    notes.put("2", "Anden")
    notes.broken.add("1")
    with transaction.atomic():
        outbox.add(notes, ["1", "2"])
    assert stored() == {("2", "Anden")}
    (row,) = OutboxRow.objects.all()
    assert (row.object_key, row.attempts) == ("1", 1)
    assert "1 is broken" in row.error
    assert row.due_at > timezone.now()

    notes.broken.clear()
    assert outbox.process().changed == 0
    later(minutes=2)
    assert outbox.process().created == 1
    assert not OutboxRow.objects.exists()


def test_a_row_that_keeps_failing_stays_listed_and_is_not_tried_for_ever(notes, later) -> None:
    notes.put("1", "Gruppe")
    notes.broken.add("1")
    outbox.add(notes, ["1"])
    for attempt in range(1, 20):
        later(days=attempt)
        outbox.process()
    assert OutboxRow.objects.get().attempts == conf.current().max_attempts


def test_a_worker_killed_between_write_and_mark_has_done_neither_and_the_next_does_it_once(
    notes, monkeypatch
) -> None:
    notes.put("1", "Gruppe")
    with monkeypatch.context() as patch, transaction.atomic():
        patch.setattr(outbox, "_schedule", lambda: None)
        outbox.add(notes, ["1"])

    class Killed(BaseException):
        pass

    def killed(*args, **kwargs):
        raise Killed

    with monkeypatch.context() as patch:
        patch.setattr(OutboxRow.objects, "filter", _filter_that_cannot_delete(killed))
        with pytest.raises(Killed):
            outbox.process()
    assert stored() == set()
    assert OutboxRow.objects.count() == 1
    assert outbox.process().created == 1
    assert outbox.process().changed == 0
    assert stored() == {("1", "Gruppe")}


def _filter_that_cannot_delete(killed):
    real = OutboxRow.objects.filter

    def filtered(*args, **kwargs):
        rows = real(*args, **kwargs)
        rows.delete = killed
        return rows

    return filtered


def test_indexing_the_same_again_writes_nothing(notes) -> None:
    notes.put("1", "Gruppe")
    assert notes.index().created == 1
    changes = IndexChange.objects.count()
    again = notes.index()
    assert (again.changed, again.unchanged) == (0, 1)
    assert IndexChange.objects.count() == changes
