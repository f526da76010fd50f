"""What an engine found, ready for a template: no query runs behind any of it."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from django.utils.safestring import SafeString

from .clauses import ParsedQuery
from .facets import FacetResult, FacetValue
from .geography import Position, positions_of
from .query import Query

if TYPE_CHECKING:
    from .explaining import Why


@dataclass(frozen=True, kw_only=True)
class StoredHit:
    """A row of the index, as stored. `stored` is what the content's document put there.

    Searches share it, so nobody changes it.
    """

    searchable: str
    object_key: str
    object_id: int
    locale: str
    lang: str
    kind: str
    title: str
    keywords: Sequence[str] = ()
    summary: str
    body: str
    stored: Mapping[str, object]
    latitude: float | None = None
    longitude: float | None = None
    other_positions: Sequence[Sequence[float]] = ()
    checked_on: date | None = None

    @property
    def positions(self) -> tuple[Position, ...]:
        return positions_of(self.latitude, self.longitude, self.other_positions)


@dataclass(frozen=True, kw_only=True)
class Hit:
    """A result as shown: `title` and `snippet` are escaped, with found words in `<mark>`.

    `score` is what orders results of words, else 0. `distance_km` is to its nearest place, where the reader
    named one.
    """

    row: StoredHit
    title: SafeString
    snippet: SafeString
    url: str
    score: float = 0.0
    distance_km: float | None = None
    #: Gives `why`; made only where an editor asks.
    explained: "Callable[[], Why]"

    @property
    def why(self) -> "Why":
        """Which words of which fields made this a result, and what its score was made of."""
        return self.explained()

    @property
    def lang(self) -> str:
        return self.row.lang

    @property
    def is_foreign(self) -> bool:
        """Whether the text is in another language than the reader's page."""
        return self.row.lang != self.row.locale


@dataclass(frozen=True, kw_only=True)
class Results:
    """One page of hits. `engine` names who answered, `parsed` is how the words were understood.

    `loosened` says that too few things have all the words, so that those with some of them are there too.
    `corrected` are the words of the index that were looked for in place of unknown ones, and `suggestion`
    is the query with them. `degraded` says that the engine in force failed and the database answered.
    """

    query: Query
    hits: tuple[Hit, ...]
    total: int
    facets: tuple[FacetResult, ...]
    engine: str
    parsed: ParsedQuery
    suggestion: str | None = None
    loosened: bool = False
    corrected: tuple[str, ...] = ()
    degraded: bool = False

    @property
    def pages(self) -> int:
        return max(1, -(-self.total // self.query.per_page))

    @property
    def chips(self) -> tuple[tuple[FacetResult, FacetValue], ...]:
        """Every chosen facet value, to be shown with a link that removes it."""
        return tuple((facet, value) for facet in self.facets for value in facet.selected)

    @property
    def suggestion_url(self) -> str | None:
        """The suggested words with the same filters."""
        return self.query.worded(self.suggestion).query_string() if self.suggestion else None

    @property
    def previous_url(self) -> str | None:
        page = self.query.page
        return self.query.on_page(page - 1).query_string() if page > 1 else None

    @property
    def next_url(self) -> str | None:
        page = self.query.page
        return self.query.on_page(page + 1).query_string() if page < self.pages else None


@dataclass(frozen=True, kw_only=True)
class Group:
    """The first hits that share a facet value; `results.total` says how many there are."""

    value: FacetValue
    results: Results
