"""The unfiltered directory page and the saving of one entry: both must cost the same at any size."""

import json
import uuid
from pathlib import Path

from django.conf import settings
from django.db import connection
from django.test import Client

from directory.models import Entry
from directory.pages.models import DirectoryPage
from search.models import SearchDocument

from .timing import first_time, timed


def run(size: int) -> list[str]:
    """Print both figures and keep them for the comparison of sizes; nothing is missed at one size alone."""
    first = first_time(_directory_page)
    page, _html = timed(_directory_page, repeats=9)
    save, _entry = timed(_save_one, repeats=9)
    print(
        f"  directory page {page:.1f} ms (first of the process {first:.0f} ms);  "
        f"saving one entry {save:.1f} ms",
        flush=True,
    )
    kept = _file()
    known = json.loads(kept.read_text()) if kept.exists() else {}
    kept.write_text(json.dumps({**known, str(size): {"page": page, "save": save}}))
    return []


def compare() -> list[str]:
    """What costs over 1.5 times as much at the largest size as at the smallest."""
    if not _file().exists():
        return ["saving was measured at no size"]
    known = json.loads(_file().read_text())
    smallest, largest = (known[str(size)] for size in (min(map(int, known)), max(map(int, known))))
    ratios = {name: largest[name] / smallest[name] for name in ("page", "save")}
    print(f"largest / smallest: directory page {ratios['page']:.2f} x, saving {ratios['save']:.2f} x")
    return [f"{name} grows {ratio:.2f} times" for name, ratio in ratios.items() if ratio > 1.5]


def clear() -> None:
    """Forget the figures of an earlier run."""
    _file().unlink(missing_ok=True)


def _file() -> Path:
    folder = Path(settings.VAR) / "bench"
    folder.mkdir(parents=True, exist_ok=True)
    return folder / f"saving-{connection.vendor}.json"


def _directory_page() -> str:
    page = DirectoryPage.objects.get()
    response = Client().get(page.get_url(), headers={"host": "localhost"})
    html = response.content.decode()
    if response.status_code != 200 or html.count('class="torv-hit"') < 20:
        message = f"The directory page answered {response.status_code} without a page of entries."
        raise RuntimeError(message)
    return html


def _save_one() -> Entry:
    """What an editor's button does: a revision, publishing, the index."""
    entry = Entry.objects.earliest("pk")
    entry.summary = f"{entry.summary[:100]} {uuid.uuid4()}"
    entry.save_revision().publish()
    if not SearchDocument.objects.filter(object_key=entry.translation_key, summary=entry.summary).exists():
        message = "The saved entry did not reach the index."
        raise RuntimeError(message)
    return entry
