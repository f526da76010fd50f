"""The tables of the search: the index, the copies of it, what editors steer, and what readers ask."""

from .compounds import CompoundWord, LearntWord
from .elasticsearch import ElasticsearchIndex
from .index import DocumentFacet, IndexChange, OutboxRow, SearchDocument
from .log import QueryCount
from .steering import Promotion, SteeringState, Synonym
from .vocabulary import IndexWord

__all__ = [
    "CompoundWord",
    "DocumentFacet",
    "ElasticsearchIndex",
    "IndexChange",
    "IndexWord",
    "LearntWord",
    "OutboxRow",
    "Promotion",
    "QueryCount",
    "SearchDocument",
    "SteeringState",
    "Synonym",
]
