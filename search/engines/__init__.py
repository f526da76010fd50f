"""The engines that can answer a query."""

from ..query import Query
from ..results import Results
from .base import Engine


def current() -> Engine:
    """The engine in force; today the database the site runs on."""
    from .database import DatabaseEngine

    return DatabaseEngine()


def search(query: Query) -> Results:
    """Ask the engine in force."""
    return current().search(query)
