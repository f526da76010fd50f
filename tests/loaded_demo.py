"""The demo municipality in a test database. Loading takes half a minute; on SQLite one worker does so."""

import fcntl
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from io import StringIO
from pathlib import Path

from django.conf import settings
from django.core.management import call_command
from django.db import connection, transaction
from django.test import override_settings

from tests import migrated


def put_in_place(shared: Path) -> str:
    """Have the database and the media folder hold the demo with its logins; gives what the command printed.

    `shared` is a folder of all workers, where the first one leaves what it loaded.
    """
    if connection.vendor != "sqlite":
        return _load()
    shared.mkdir(exist_ok=True)
    kept, media, printed = shared / "demo.sqlite3", shared / "media", shared / "printed.txt"
    connection.ensure_connection()
    with (shared / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not printed.is_file():
            with override_settings(MEDIA_ROOT=media):
                text = _load()
            with closing(sqlite3.connect(kept)) as copy:
                connection.connection.backup(copy)
            printed.write_text(text, encoding="utf-8")
    with closing(sqlite3.connect(kept)) as copy:
        copy.backup(connection.connection)
    shutil.copytree(media, settings.MEDIA_ROOT, dirs_exist_ok=True)
    return printed.read_text(encoding="utf-8")


@contextmanager
def loaded(shared: Path) -> Iterator[str]:
    """As `put_in_place`, until the end: then the database is as empty as it was."""
    if connection.vendor == "sqlite":
        try:
            yield put_in_place(shared)
        finally:
            migrated.put_back()
        return
    with taken_back():
        printed = put_in_place(shared)
        call_command("rebuild_search_index", verbosity=0)  # tasks wait for a commit that never comes
        yield printed


@contextmanager
def taken_back() -> Iterator[None]:
    """What is written within does not stay."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def _load() -> str:
    out = StringIO()
    call_command("load_demo", with_logins=True, stdout=out)
    return out.getvalue()
