"""`rebuild_search_index` brings the index in line with the content, and `--check` only looks."""

from __future__ import annotations

from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from search import engines, indexing
from search.models import IndexChange, SearchDocument

pytestmark = pytest.mark.django_db


def rebuild(**options) -> str:
    out = StringIO()
    call_command("rebuild_search_index", stdout=out, verbosity=0, **options)
    return out.getvalue().strip().splitlines()[-1]


def test_an_empty_index_is_filled_and_a_second_run_changes_nothing(notes, site) -> None:
    for key in range(1200):
        notes.put(str(key), f"Gruppe {key}")
    assert rebuild() == "created 1200, updated 0, unchanged 0, removed 0"
    assert rebuild() == "created 0, updated 0, unchanged 1200, removed 0"


def test_changed_lost_and_orphaned_documents_are_mended(notes, ask) -> None:
    for key in ("1", "2", "3"):
        notes.put(key, f"Gruppe {key}")
    notes.index()
    notes.change("1", title="Sorggruppe")
    indexing.remove(notes, ["2"])
    del notes.held["3", "da"]
    assert rebuild() == "created 1, updated 1, unchanged 0, removed 1"
    assert {hit.row.title for hit in engines.search(ask()).hits} == {"Sorggruppe", "Gruppe 2"}


def test_documents_of_an_app_that_was_removed_go(notes, site) -> None:
    notes.put("1", "Gruppe")
    notes.index()
    SearchDocument.objects.update(searchable="gone.thing")
    assert rebuild() == "created 1, updated 0, unchanged 0, removed 1"


def test_check_reports_and_writes_nothing(notes, site) -> None:
    notes.put("1", "Gruppe")
    notes.put("2", "Anden")
    notes.index()
    assert rebuild(check=True) == "created 0, updated 0, unchanged 2, removed 0"
    notes.change("1", title="Ny")
    del notes.held["2", "da"]
    before = IndexChange.objects.count()
    with pytest.raises(CommandError):
        rebuild(check=True)
    assert SearchDocument.objects.filter(title="Gruppe").exists()
    assert IndexChange.objects.count() == before
