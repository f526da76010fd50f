"""`rebuild_search_index` brings the index in line with the content, and `--check` only looks."""

from __future__ import annotations

import threading
from collections.abc import Callable
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db import connection, transaction
from django.test import override_settings

from search import engines, indexing, outbox
from search.engines.vendors import text_index
from search.models import IndexChange, SearchDocument

pytestmark = pytest.mark.django_db


def rebuild(**options) -> str:
    out = StringIO()
    call_command("rebuild_search_index", stdout=out, verbosity=0, **options)
    return out.getvalue().strip().splitlines()[-1]


def test_an_empty_index_is_filled_and_a_second_run_changes_nothing(notes, site) -> None:
    for key in range(1200):
        notes.put(str(key), f"Gruppe {key}")
    assert rebuild() == "created 1200, updated 0, unchanged 0, removed 0, failed 0"
    assert rebuild() == "created 0, updated 0, unchanged 1200, removed 0, failed 0"


def test_changed_lost_and_orphaned_documents_are_mended(notes, ask) -> None:
    for key in ("1", "2", "3"):
        notes.put(key, f"Gruppe {key}")
    notes.index()
    notes.change("1", title="Sorggruppe")
    indexing.remove(notes, ["2"])
    del notes.held["3", "da"]
    assert rebuild() == "created 1, updated 1, unchanged 0, removed 1, failed 0"
    assert {hit.row.title for hit in engines.search(ask()).hits} == {"Sorggruppe", "Gruppe 2"}


def test_documents_of_an_app_that_was_removed_go(notes, site) -> None:
    notes.put("1", "Gruppe")
    notes.index()
    SearchDocument.objects.update(searchable="gone.thing")
    assert rebuild() == "created 1, updated 0, unchanged 0, removed 1, failed 0"


def test_words_that_were_lost_are_written_anew(notes, ask) -> None:
    notes.put("1", "Gruppe")
    notes.put("2", "Anden")
    notes.index()
    lost = SearchDocument.objects.get(object_key="1")
    text_index().delete([lost.pk])
    with pytest.raises(CommandError):
        rebuild(check=True)
    assert engines.search(ask("gruppe")).total == 0
    assert rebuild() == "created 0, updated 1, unchanged 1, removed 0, failed 0"
    assert engines.search(ask("gruppe")).total == 1
    assert rebuild(check=True) == "created 0, updated 0, unchanged 2, removed 0, failed 0"


def test_words_of_no_document_are_dropped(notes, site) -> None:
    notes.put("1", "Gruppe")
    notes.index()
    SearchDocument.objects.all().delete()
    rebuild()
    assert text_index().ids() == set(SearchDocument.objects.values_list("id", flat=True))


def test_a_thing_that_cannot_be_built_is_counted_and_the_others_go_on(notes, site) -> None:
    for key in ("1", "2", "3"):
        notes.put(key, f"Gruppe {key}")
    notes.broken.add("2")
    with pytest.raises(CommandError):
        rebuild()
    assert set(SearchDocument.objects.values_list("object_key", flat=True)) == {"1", "3"}


def test_check_reports_and_writes_nothing(notes, site) -> None:
    notes.put("1", "Gruppe")
    notes.put("2", "Anden")
    notes.index()
    assert rebuild(check=True) == "created 0, updated 0, unchanged 2, removed 0, failed 0"
    notes.change("1", title="Ny")
    del notes.held["2", "da"]
    before = IndexChange.objects.count()
    with pytest.raises(CommandError):
        rebuild(check=True)
    assert SearchDocument.objects.filter(title="Gruppe").exists()
    assert IndexChange.objects.count() == before


class Neighbour(threading.Thread):
    """Another process at work during a rebuild: repeats its step until it is told to stop."""

    def __init__(self, step: Callable[[int], None]) -> None:
        super().__init__(daemon=True)
        self.step = step
        self.steps = 0
        self.fault: BaseException | None = None
        self.stopping = threading.Event()

    def run(self) -> None:
        try:
            while not self.stopping.is_set():
                self.step(self.steps)
                self.steps += 1
        except BaseException as fault:
            self.fault = fault
        finally:
            connection.close()

    def stop(self) -> None:
        self.stopping.set()
        self.join(timeout=60)
        assert self.fault is None, self.fault
        assert self.steps > 0, "it never came to work"


@pytest.mark.django_db(transaction=True)
def test_readers_see_no_gap_and_edits_meanwhile_are_not_lost(notes, ask, monkeypatch) -> None:
    """A writer edits and a reader searches while every document is written anew."""
    total = 600
    for key in range(total):
        notes.put(f"{key:03}", f"Gruppe {key}")
    notes.index()
    edited: set[str] = set()

    def edit(step: int) -> None:
        key = f"{step * 7 % total:03}"
        with transaction.atomic():
            notes.change(key, title=f"Gruppe {key} rettet {step}")
            outbox.add(notes, [key])
        edited.add(key)

    seen: set[int] = set()
    writer = Neighbour(edit)
    reader = Neighbour(lambda step: seen.add(engines.search(ask("gruppe")).total))
    monkeypatch.setattr(indexing, "ANALYSIS_VERSION", 99)
    writer.start()
    reader.start()
    with override_settings(TORV_SEARCH={"REBUILD_BATCH_SIZE": 20}):
        rebuild()
    writer.stop()
    reader.stop()
    assert seen == {total}
    assert edited
    outbox.process()
    assert rebuild(check=True) == f"created 0, updated 0, unchanged {total}, removed 0, failed 0"
    titles = dict(SearchDocument.objects.values_list("object_key", "title"))
    assert titles == {key: document.title for (key, _), document in notes.held.items()}
