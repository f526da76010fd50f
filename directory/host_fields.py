"""What a host adds to entries: a child model of its own, with its panels, facets, columns and words.

An app of the host's has a module `directory_fields`, which calls `register` at import;
docs/how-to/add-fields.md shows a whole one.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any

from django.apps import apps
from django.db.models import Model, UniqueConstraint
from django.utils.functional import Promise
from django.utils.module_loading import autodiscover_modules
from modelcluster.fields import ParentalKey

from cms_blocks.shadowing import foreign_search

from .models import Entry

if TYPE_CHECKING:
    from search.facets import Facet

    from .imports.cells import Cell

#: Name of the module that apps register their fields in.
MODULE = "directory_fields"


def _nothing(row: Any) -> Iterable[str]:
    return ()


@dataclass(frozen=True, kw_only=True)
class HostFacet:
    """`values` gives a row's locale-neutral slugs, which `facet` names to readers."""

    facet: "Facet"
    values: Callable[[Any], Iterable[str]]


@dataclass(frozen=True, kw_only=True)
class HostColumn:
    """A column of imports. `clean` is one of `directory.imports.choices`, `numbers` or `cleaners`;
    an empty cell gives `empty`. `field` is the model's field, where it is not called as the column is."""

    name: str
    clean: "Callable[[str, Cell], object]"
    field: str = ""
    empty: object = ""
    several_lines: bool = False

    @property
    def field_name(self) -> str:
        return self.field or self.name


@dataclass(frozen=True, kw_only=True)
class HostFields:
    """`model` has a `ParentalKey` to `Entry`, unique by a constraint: an entry has one row of it, or none.

    `panels` stand in the forms of these `kinds` of entries (empty: of all). The search finds an entry by
    `words`, as by a name of it, and by `text`, and shows what is found in the text. The template `template`
    shows the row as `row` on the entry's page, with `entry`, `page_lang` and the rest of that page's context.
    """

    model: type[Model]
    heading: str | Promise
    panels: Sequence[Any] = ()
    kinds: Sequence[str] = ()
    facets: Sequence[HostFacet] = ()
    columns: Sequence[HostColumn] = ()
    words: Callable[[Any], Iterable[str]] = _nothing
    text: Callable[[Any], Iterable[str]] = _nothing
    template: str = ""

    @property
    def keys(self) -> list[ParentalKey]:
        """The model's parental keys to entries; exactly one where the registration is right."""
        return [
            field
            for field in self.model._meta.get_fields()
            if isinstance(field, ParentalKey)
            and field.remote_field.model is Entry
            and _is_unique(self.model, field)
        ]

    @property
    def is_sound(self) -> bool:
        return len(self.keys) == 1

    @property
    def relation(self) -> str:
        """The name of an entry's rows."""
        return str(self.keys[0].remote_field.get_accessor_name())

    def row_of(self, entry: Entry) -> Any:
        """The entry's row, also of a draft; None where it has none."""
        return next(iter(getattr(entry, self.relation).all()), None)

    def rows_of(self, entry_ids: Sequence[int]) -> Iterator[tuple[int, Any]]:
        """The key of an entry and its row, for many entries in one query."""
        key = self.keys[0]
        for row in self.model._default_manager.filter(**{f"{key.name}__in": entry_ids}):
            yield getattr(row, key.attname), row


def _is_unique(model: type[Model], field: ParentalKey) -> bool:
    constraints = (each for each in model._meta.constraints if isinstance(each, UniqueConstraint))
    own = any(tuple(each.fields) == (field.name,) and each.condition is None for each in constraints)
    return own or bool(field.unique)


_registered: list[HostFields] = []


def register(fields: HostFields) -> HostFields:
    """What is wrong with it, the system checks say."""
    _registered.append(fields)
    if fields.is_sound and fields.relation not in Entry.fact_relations:
        # Facts like any other: they belong to the source row, and a translation receives no copy.
        Entry.fact_relations = (*Entry.fact_relations, fields.relation)
    return fields


@cache
def _discover() -> None:
    # Without Torv's search the modules cannot be loaded; the system checks say so.
    if apps.is_installed("search") and not foreign_search():
        autodiscover_modules(MODULE)


def registered() -> tuple[HostFields, ...]:
    """All registrations, also wrong ones."""
    _discover()
    return tuple(_registered)


def sound() -> tuple[HostFields, ...]:
    return tuple(fields for fields in registered() if fields.is_sound)


def facets() -> tuple["Facet", ...]:
    return tuple(each.facet for fields in sound() for each in fields.facets)


def of_model(instance: Model) -> HostFields | None:
    return next((fields for fields in sound() if isinstance(instance, fields.model)), None)
