"""What content hands to the index: one frozen document for a thing in one site locale."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

#: Facet with the primary keys of the pages that show a thing, for things found only as long as a page does.
SHOWN_ON = "shown_on"


@dataclass(frozen=True, kw_only=True)
class Document:
    """A thing as readers of `locale` see it.

    `lang` is the language its text is written in: the same as `locale`, or the source language
    where no live translation exists. `object_id` is the row the text came from; `object_key` names
    the thing itself and is the same in every locale. `summary` and `body` are plain text.
    `facets` maps a facet's name to its locale-neutral slugs. `stored` is what a hit needs to be
    shown without another query (JSON values only). `sites` are primary keys of Wagtail sites, empty
    for all of them. `latitude` and `longitude`, in degrees, are of
    the first place; `other_positions` are of the others. On `checked_on` somebody last saw that it is right.
    `boost` multiplies the score (1.0 is neutral). What is not `is_open` is found on the site, and not passed
    on as open data.
    """

    object_key: str
    object_id: int
    locale: str
    lang: str
    kind: str
    title: str
    keywords: tuple[str, ...] = ()
    summary: str = ""
    body: str = ""
    facets: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    stored: Mapping[str, object] = field(default_factory=dict)
    sites: tuple[int, ...] = ()
    visible_from: datetime | None = None
    visible_to: datetime | None = None
    latitude: float | None = None
    longitude: float | None = None
    other_positions: tuple[tuple[float, float], ...] = ()
    checked_on: date | None = None
    boost: float = 1.0
    is_open: bool = True
