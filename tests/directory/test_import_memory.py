"""Long imports: memory hardly grows with the rows, every entry is indexed, each phase shows progress."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from wagtail.models import Locale

from directory.imports.importer import Import, Options
from search import outbox, registry
from search.models import OutboxRow, SearchDocument
from tests import migrated

from .import_helpers import ROOT, csv_file

_RUN = """
import sys
from pathlib import Path
import django
django.setup()
from django.conf import settings
settings.DATABASES["default"]["NAME"] = sys.argv[1] + "/import.sqlite3"
from django.core.management import call_command
from bench.import_files import write_file
from bench.measured import peak_megabytes
from directory.models import Entry
from search.models import SearchDocument

call_command("migrate", verbosity=0)
for size in (250, 1050):
    call_command("import_directory", str(write_file(Path(sys.argv[1]) / f"{size}.csv", size)))
    print("peak", peak_megabytes())
print("there", Entry.objects.count(), SearchDocument.objects.values("object_key").distinct().count())
"""


def test_memory_hardly_grows_with_the_rows_of_a_file(tmp_path: Path) -> None:
    """A few hundred bytes a row are kept; held as objects, 800 more rows would take over 16 MB."""
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join([".", "site"]), "TORV_TEST_DATABASE": "sqlite"}
    environment["DJANGO_SETTINGS_MODULE"] = "reference.settings.test"
    migrated.put_in_place(str(tmp_path / "import.sqlite3"))  # what is missing is migrated there
    ran = subprocess.run(
        [sys.executable, "-c", _RUN, str(tmp_path)],
        cwd=ROOT,
        env=environment,
        capture_output=True,
        text=True,
        check=True,
    )
    few, many = (float(line.split()[1]) for line in ran.stdout.splitlines() if line.startswith("peak"))
    assert ran.stdout.splitlines()[-1] == "there 1050 1050"
    assert many < 250
    assert many - few < 16


@pytest.mark.django_db(transaction=True)
def test_each_phase_counts_its_rows_and_indexing_follows_the_writing(tmp_path: Path) -> None:
    Locale.objects.get_or_create(language_code="da")
    rows = [f"{number};Gruppe {number};network;Aarhus;86 12 34 56;da" for number in range(301)]
    told: dict[str, int] = {}

    def progress(phase: str, total: int | None, done: int) -> None:
        told[phase] = told.get(phase, 0) + done

    Import(csv_file(tmp_path, *rows), Options(), progress=progress).run()
    assert told == {"check": 301, "write": 301, "index": 301}
    assert SearchDocument.objects.filter(locale="da").count() == 301
    assert not OutboxRow.objects.exists()


def test_what_is_gathered_is_written_once_and_a_failing_block_writes_nothing(db: None) -> None:
    entries = registry.get("torv_directory.entry")
    with outbox.gathered():
        outbox.add(entries, ["a", "b"])
        with outbox.gathered():
            outbox.add(entries, ["b", "c"])
        assert not OutboxRow.objects.exists()
    assert sorted(OutboxRow.objects.values_list("object_key", flat=True)) == ["a", "b", "c"]
    with pytest.raises(ZeroDivisionError), outbox.gathered():
        outbox.add(entries, [str(1 / 0)])
    outbox.add(entries, ["e"])
    assert sorted(OutboxRow.objects.values_list("object_key", flat=True)) == ["a", "b", "c", "e"]
