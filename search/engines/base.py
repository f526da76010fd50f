"""What every engine does: a frozen query in, frozen results out."""

from abc import ABC, abstractmethod

from ..query import Query
from ..results import Results


class Engine(ABC):
    """An engine answers a query. It never raises for what a reader typed."""

    name: str

    @abstractmethod
    def search(self, query: Query) -> Results:
        """One page of hits with the facets the query asks for; a page past the end gives the last one."""
