"""Which database holds the words."""

from django.db import connection

from .postgres import PostgresTextIndex
from .sqlite import SQLiteTextIndex
from .text_index import TextIndex


def text_index() -> TextIndex:
    """The text index of the database in use."""
    return PostgresTextIndex() if connection.vendor == "postgresql" else SQLiteTextIndex()
