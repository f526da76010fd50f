"""The columns an import knows: for each its field, where that field lives, and how its cells are cleaned."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import Enum
from functools import cache

from . import cleaners
from .cells import Cell, Unusable, tidy_line, tidy_lines

Cleaner = Callable[[str, Cell], object]


class Part(Enum):
    """Where a field lives: in every language's own row, or as a fact on the source row."""

    IDENTITY = "identity"
    TEXT = "text"
    FACT = "fact"
    PLACE = "place"
    TOPICS = "topics"


@dataclass(frozen=True)
class Column:
    """`clean` gets tidied text that is not empty, and gives the field's value or `UNUSABLE`."""

    name: str
    part: Part
    clean: Cleaner
    empty: object = ""
    several_lines: bool = False

    def tidy(self, text: str) -> str:
        return tidy_lines(text) if self.several_lines else tidy_line(text)

    def value_of(self, text: str, cell: Cell) -> object | Unusable:
        return self.clean(text, cell) if text else self.empty


#: In the order in which a row is cleaned: the locale and the country are needed by those after them.
COLUMNS: tuple[Column, ...] = (
    Column("external_id", Part.IDENTITY, cleaners.entry_text("external_id")),
    Column("locale", Part.IDENTITY, cleaners.locale),
    Column("country", Part.PLACE, cleaners.country),
    Column("name", Part.TEXT, cleaners.entry_text("name")),
    Column("summary", Part.TEXT, cleaners.entry_text("summary")),
    Column("description", Part.TEXT, cleaners.rich_text, several_lines=True),
    Column("kind", Part.FACT, cleaners.kind),
    Column("topics", Part.TOPICS, cleaners.topics, empty=()),
    Column("phone", Part.FACT, cleaners.phone),
    Column("email", Part.FACT, cleaners.email),
    Column("website", Part.FACT, cleaners.website),
    Column("address_1", Part.PLACE, cleaners.place_text("address_1")),
    Column("address_2", Part.PLACE, cleaners.place_text("address_2")),
    Column("postal_code", Part.PLACE, cleaners.postal_code),
    Column("city", Part.PLACE, cleaners.place_text("city")),
    Column("region", Part.PLACE, cleaners.place_text("region")),
    Column("latitude", Part.PLACE, cleaners.coordinate(90), empty=None),
    Column("longitude", Part.PLACE, cleaners.coordinate(180), empty=None),
    Column("visible_from", Part.FACT, cleaners.moment(end_of_day=False), empty=None),
    Column("visible_to", Part.FACT, cleaners.moment(end_of_day=True), empty=None),
    Column("assured_on", Part.FACT, cleaners.day, empty=None),
)


@cache
def by_name() -> Mapping[str, Column]:
    return {column.name: column for column in COLUMNS}
