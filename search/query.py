"""What a reader asked, validated: nothing behind it reads the request."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Self
from urllib.parse import urlencode

from wagtail.models import Site


@dataclass(frozen=True, kw_only=True)
class Query:
    """`selected` maps a facet's name to the chosen slugs; `facets` names those to count; `searchables`
    limits the sorts of thing (empty: every sort). `page` counts from 1."""

    text: str = ""
    locale: str
    site: Site
    searchables: tuple[str, ...] = ()
    selected: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    facets: tuple[str, ...] = ()
    page: int = 1
    per_page: int = 10

    def query_string(self) -> str:
        """`?q=…&topic=…` with facets in name order; page 1 and empty text are left out."""
        return self.parameters(self.selected, self.text, self.page)

    @staticmethod
    def parameters(selected: Mapping[str, tuple[str, ...]], text: str = "", page: int = 1) -> str:
        """The query string of a question about any site."""
        pairs = [("q", text)] if text else []
        pairs += [(name, value) for name in sorted(selected) for value in selected[name]]
        if page > 1:
            pairs.append(("page", str(page)))
        return "?" + urlencode(pairs)

    def toggled(self, facet: str, value: str) -> Self:
        """The same question with one facet value added, or removed where it was chosen; back on page 1."""
        chosen = self.selected.get(facet, ())
        values = tuple(v for v in chosen if v != value) if value in chosen else (*chosen, value)
        selected = {name: v for name, v in {**self.selected, facet: values}.items() if v}
        return replace(self, selected=selected, page=1)

    def on_page(self, page: int) -> Self:
        return replace(self, page=page)
