"""A migrated, empty SQLite database, kept between runs: to migrate takes longer than most tests."""

import os
import shutil
import sqlite3
from contextlib import closing
from importlib.metadata import distributions
from pathlib import Path

from django.db import connection as database

from scripts.common import ROOT, fingerprint

KEPT = ROOT / "var" / "migrated"
CODE = ("cms_blocks", "directory", "search", "site", "tests")


def kept_file() -> Path:
    """Its name holds all that decides what the tables are: our migrations, and which libraries are there."""
    folders = sorted(
        folder for name in CODE for folder in (ROOT / name).rglob("migrations") if folder.is_dir()
    )
    libraries = sorted(f"{library.name}=={library.version}" for library in distributions())
    settings = ROOT / "site" / "reference" / "settings"
    return KEPT / f"{fingerprint([*folders, settings], salt=' '.join(libraries))[:16]}.sqlite3"


def put_in_place(database: str) -> bool:
    """Copy the kept database to where the tests want theirs; whether there was one."""
    kept = kept_file()
    if not kept.is_file():
        return False
    shutil.copyfile(kept, database)
    return True


def put_back() -> None:
    """Have the tests' database be as it was migrated, whatever was done to it."""
    database.close()  # also where a transaction is open
    database.ensure_connection()
    with closing(sqlite3.connect(kept_file())) as kept:
        kept.backup(database.connection)


def keep(connection: sqlite3.Connection) -> None:
    """Keep what was just migrated, and nothing older. Runs side by side may both do so."""
    kept = kept_file()
    if kept.is_file():
        return
    KEPT.mkdir(parents=True, exist_ok=True)
    for older in KEPT.glob("*.sqlite3"):
        older.unlink(missing_ok=True)
    written = KEPT / f"{os.getpid()}.part"
    with sqlite3.connect(written) as copy:
        connection.backup(copy)
    copy.close()
    written.replace(kept)
