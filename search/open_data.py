"""What may be passed on as open data, as a facet that readers never see: all engines narrow by it alike.

A document without the mark is not passed on, so an index that was made before there were marks gives nothing.
"""

from dataclasses import replace

from .documents import Document
from .query import Query

NAME = "open_data"
_YES = ("yes",)


def with_mark(document: Document) -> Document:
    """The document with the mark among its facets, where it may be passed on."""
    return replace(document, facets={**document.facets, NAME: _YES}) if document.is_open else document


def narrowed(query: Query) -> Query:
    """The question as engines are asked it."""
    return replace(query, selected={**query.selected, NAME: _YES}) if query.open_only else query
