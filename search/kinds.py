"""What sort of thing a document is, as a facet that all content shares: services, groups, reports.

Content names its kinds with `register_kind`; their slugs are the same in every language, in the addresses of
readers and in the open interface. The index gives each document its `kind` as a facet.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from django.utils import translation
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from .documents import Document
from .facets import Facet, FacetValue

NAME = "kind"


@dataclass(frozen=True, kw_only=True)
class Kind:
    """`label` heads a list of such things ("Services"); kinds are shown in `order`, the smallest first."""

    slug: str
    label: str | Promise
    order: int


_kinds: dict[str, Kind] = {}


def register_kind(slug: str, label: str | Promise, *, order: int) -> None:
    _kinds[slug] = Kind(slug=slug, label=label, order=order)


def registered() -> tuple[str, ...]:
    """The slugs of all kinds, in the order shown."""
    return tuple(sorted(_kinds, key=lambda slug: (_kinds[slug].order, slug)))


def unknown(slugs: Sequence[str]) -> tuple[str, ...]:
    """Those that nobody registered; an empty one stands for every kind."""
    return tuple(slug for slug in dict.fromkeys(slugs) if slug and slug not in _kinds)


class KindFacet(Facet):
    """Kinds that nobody registered are not shown."""

    name = NAME
    label = _("What it is")

    def labels(self, values: Sequence[str], locale: str) -> Mapping[str, str]:
        with translation.override(locale):
            return {value: str(_kinds[value].label) for value in values if value in _kinds}

    def sort_key(self, value: FacetValue) -> tuple[object, ...]:
        return (_kinds[value.value].order, value.value)


def with_kind(document: Document) -> Document:
    """The document with its kind among its facets."""
    return replace(document, facets={NAME: (document.kind,), **document.facets})
