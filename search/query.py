"""What a reader asked, validated: nothing behind it reads the request."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import Self
from urllib.parse import urlencode

from wagtail.models import Site


class Sort(StrEnum):
    """Orders of a list, as they are written in its address."""

    RELEVANCE = "relevance"
    DISTANCE = "distance"
    CHECKED = "checked"
    NAME = "name"


#: Radii that readers may choose, in kilometres.
RADII_KM = (2, 5, 10, 25, 50, 100)


@dataclass(frozen=True, kw_only=True)
class Point:
    """A place that a reader named. `text` is how it stands in the address; coordinates are in degrees."""

    text: str
    label: str
    latitude: float
    longitude: float

    @property
    def position(self) -> tuple[float, float]:
        return self.latitude, self.longitude


@dataclass(frozen=True, kw_only=True)
class Query:
    """`selected` maps a facet's name to the chosen slugs; `facets` names those to count; `searchables`
    limits the sorts of thing (empty: every sort). `page` counts from 1. Without `radius_km` `near` leaves
    nothing out. `carried` are parameters of the address that no engine reads, kept in every link. With
    `open_only` only that is found which may be passed on as open data.
    """

    text: str = ""
    locale: str
    site: Site
    searchables: tuple[str, ...] = ()
    selected: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    facets: tuple[str, ...] = ()
    near: Point | None = None
    radius_km: int | None = None
    sort: Sort | None = None
    carried: Mapping[str, str] = field(default_factory=dict)
    page: int = 1
    per_page: int = 10
    open_only: bool = False

    @property
    def order(self) -> Sort:
        """What was asked for, else what fits: relevance to words, else distance, else the name."""
        if self.sort:
            return self.sort
        if self.text:
            return Sort.RELEVANCE
        return Sort.DISTANCE if self.near else Sort.NAME

    def query_string(self) -> str:
        """`?q=…&near=…&topic=…` with facets in name order; page 1 and what was not asked are left out."""
        pairs = [("q", self.text)] if self.text else []
        if self.near:
            pairs.append(("near", self.near.text))
        if self.radius_km:
            pairs.append(("km", str(self.radius_km)))
        pairs += [(name, value) for name in sorted(self.selected) for value in self.selected[name]]
        if self.sort:
            pairs.append(("sort", self.sort))
        pairs += self.carried.items()
        if self.page > 1:
            pairs.append(("page", str(self.page)))
        return "?" + urlencode(pairs)

    @staticmethod
    def parameters(selected: Mapping[str, tuple[str, ...]], text: str = "") -> str:
        """The query string of a question about any site."""
        pairs = [("q", text)] if text else []
        pairs += [(name, value) for name in sorted(selected) for value in selected[name]]
        return "?" + urlencode(pairs)

    def toggled(self, facet: str, value: str) -> Self:
        """The same question with one facet value added, or removed where it was chosen; back on page 1."""
        chosen = self.selected.get(facet, ())
        values = tuple(v for v in chosen if v != value) if value in chosen else (*chosen, value)
        selected = {name: v for name, v in {**self.selected, facet: values}.items() if v}
        return replace(self, selected=selected, page=1)

    def anywhere(self) -> Self:
        """The same question without the place; an order by distance goes with it."""
        sort = None if self.sort == Sort.DISTANCE else self.sort
        return replace(self, near=None, radius_km=None, sort=sort, page=1)

    def unfiltered(self) -> Self:
        """The words alone."""
        return replace(self.anywhere(), selected={})

    def worded(self, text: str) -> Self:
        """The same question in other words; back on page 1."""
        return replace(self, text=text, page=1)

    def afresh(self) -> Self:
        """No question; what links carry stays."""
        return replace(self.unfiltered(), text="", sort=None)

    def on_page(self, page: int) -> Self:
        return replace(self, page=page)
