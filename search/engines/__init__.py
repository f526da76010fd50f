"""The engines that can answer a query."""

from .. import conf
from ..query import Query
from ..results import Results
from .base import Engine


def current() -> Engine:
    """The engine in force: Elasticsearch with the database behind it, or the database alone."""
    from .database import DatabaseEngine

    if not conf.elasticsearch().urls:
        return DatabaseEngine()
    from .elastic.engine import ElasticsearchEngine, FallbackEngine

    return FallbackEngine(ElasticsearchEngine(), DatabaseEngine())


def search(query: Query) -> Results:
    """Ask the engine in force."""
    return current().search(query)
