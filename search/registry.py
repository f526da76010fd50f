"""Content registers what can be searched; `search` itself knows no content type.

An app with searchable content has one module `search_documents` that calls `register` at import.
"""

from abc import ABC, abstractmethod
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from typing import TYPE_CHECKING

from django.db.models import Model
from django.utils.functional import Promise
from django.utils.module_loading import autodiscover_modules
from wagtail.models import Page, Site

from .documents import Document

if TYPE_CHECKING:
    from .facets import Facet
    from .results import StoredHit

#: Gives the address of a hit for the request's site, as a path or, on another host, a full URL.
HitAddress = Callable[["StoredHit"], str]


class Searchable(ABC):
    """One sort of searchable thing. Subclass it, name its models, and register an instance."""

    #: Stable name, part of the index: "torv_directory.entry".
    name: str
    #: What readers call one of them, lazily translated: beside suggestions of it.
    label: str | Promise = ""
    #: Rows whose saving, publishing or deleting changes the thing itself; subclasses of these too.
    models: tuple[type[Model], ...]
    #: Rows whose change may change documents of other things (a topic's name, a place).
    related_models: tuple[type[Model], ...] = ()
    #: Whether its things are found only as long as public pages show them: `keys_on` says which do, and each
    #: document has the facet `documents.SHOWN_ON`. A save may hide such a thing, so it is looked at at once.
    is_shown_by_pages: bool = False

    @abstractmethod
    def key(self, instance: Model) -> str:
        """The `object_key` of a row of one of `models`."""

    @abstractmethod
    def keys(self) -> Iterable[str]:
        """Every `object_key` there is, each once, in a stable order; a rebuild walks through them."""

    @abstractmethod
    def documents(self, keys: Sequence[str]) -> Iterator[Document]:
        """The public documents of these things in every site locale; nothing for what is not public.

        Called with some hundred keys at a time: the number of queries must not grow with them.
        """

    @abstractmethod
    def address(self, site: Site, locale: str) -> HitAddress | None:
        """How hits are addressed on this site in this locale; None hides this sort of thing there."""

    def related_keys(self, instance: Model) -> Iterable[str]:
        """The things whose documents change with this row of `related_models`."""
        return ()

    def keys_on(self, pages: Collection[Page]) -> Iterable[str]:
        """The things that these pages refer to, live or not, in a number of queries that does not grow."""
        return ()


#: Gives the facets that editors have made, as they are now.
FacetSource = Callable[[], Iterable["Facet"]]

_searchables: dict[str, Searchable] = {}
_facets: dict[str, "Facet"] = {}
_sources: list[FacetSource] = []


def register(searchable: Searchable) -> Searchable:
    if searchable.name in _searchables and type(_searchables[searchable.name]) is not type(searchable):
        message = f"Two searchables are named {searchable.name!r}."
        raise ValueError(message)
    _searchables[searchable.name] = searchable
    return searchable


def register_facet(facet: "Facet") -> "Facet":
    _facets[facet.name] = facet
    return facet


def searchables() -> tuple[Searchable, ...]:
    return tuple(_searchables.values())


def get(name: str) -> Searchable:
    """The searchable of that name; KeyError where the app that registered it is gone."""
    return _searchables[name]


def register_facet_source(source: FacetSource) -> FacetSource:
    """More facets, asked for whenever facets are: it should remember them until somebody changes one."""
    if source not in _sources:
        _sources.append(source)
    return source


def registered_facets() -> tuple["Facet", ...]:
    """The facets of the code, in the order of registration; never a query."""
    return tuple(_facets.values())


def facets(names: Sequence[str] | None = None) -> tuple["Facet", ...]:
    """All facets, those of the code first, or those named; a name that nobody has any more is left out."""
    if names is None:
        return (*_facets.values(), *_made().values())
    known = _facets if all(name in _facets for name in names) else _made() | _facets
    return tuple(known[name] for name in names if name in known)


def _made() -> dict[str, "Facet"]:
    return {facet.name: facet for source in _sources for facet in source()}


def autodiscover() -> None:
    autodiscover_modules("search_documents")
