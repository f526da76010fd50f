"""Index writers take turns, so that no older state of a thing overwrites a newer one."""

from django.db import connection

_LOCK_NUMBER = 7_868_278_86  # any constant of our own


def take_turn() -> None:
    """Wait until no other transaction writes the index; held until this transaction ends.

    What is read after it is what earlier writers committed. SQLite's transactions are immediate and
    take turns anyway.
    """
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_LOCK_NUMBER])
