"""The demo municipality on the live server, for journeys in a real browser."""

import sqlite3
from collections.abc import Iterator

import pytest
from django.core.management import call_command
from django.db import connection

from cms_blocks.pages.models import HomePage


@pytest.fixture(scope="session")
def loaded_demo() -> Iterator[sqlite3.Connection]:
    """The database as the first test of the session loaded it; empty until then, and except on SQLite."""
    kept = sqlite3.connect(":memory:")
    yield kept
    kept.close()


@pytest.fixture
def demo(transactional_db: None, loaded_demo: sqlite3.Connection) -> None:
    """The whole demo with its logins; before `browser_page`, which puts the site's address right."""
    connection.ensure_connection()
    is_kept = bool(loaded_demo.execute("SELECT 1 FROM sqlite_master LIMIT 1").fetchone())
    if is_kept:
        loaded_demo.backup(connection.connection)
    else:
        call_command("load_demo", verbosity=0, with_logins=True)
        if connection.vendor == "sqlite":
            connection.connection.backup(loaded_demo)
    assert HomePage.objects.count() == 3
