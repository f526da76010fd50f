"""What sort of thing a document is, as a facet that all content shares: services, groups, reports.

Content names its kinds with `register_kind`. A document has its `kind` as a facet, or the finer one it gives.
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
