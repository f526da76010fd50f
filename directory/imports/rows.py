"""From a row of cells to the values of fields."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from .. import conf
from ..models import LocationType
from .cells import UNUSABLE, Cell, Known, Unusable, say_if_mended
from .columns import RELATION_KINDS, Column, Part, by_name, known_names
from .mapping import Binding
from .messages import FileRefused, Message, Weight
from .readers import Row

Values = Mapping[str, object]

#: The parts of a place that make no place of themselves: they are often the same for a whole file.
WIDE = frozenset({"country", "region"})


@dataclass(frozen=True, kw_only=True)
class CleanRow:
    """`values` holds the fields the row speaks of; what is not in it stays as it is in the directory.

    `cells` are those of the file, for messages.
    `nowhere` tells that the coordinates are 0 and 0, which stands for unknown.
    """

    line: int
    external_id: str
    locale: str
    values: Values
    sources: Mapping[str, str]
    cells: Mapping[str, str]
    messages: tuple[Message, ...]
    nowhere: bool = False

    @property
    def is_refused(self) -> bool:
        return any(message.is_refusal for message in self.messages)

    def part(self, part: Part) -> dict[str, object]:
        return {name: value for name, value in self.values.items() if by_name()[name].part is part}

    def message(self, field: str, text: str, weight: Weight) -> Message:
        """A message on the cell of this field; `field` itself stands for a column the file lacks."""
        source = self.sources.get(field, field)
        value = self.cells.get(source, self.values.get(field))
        shown = "" if value is None else str(value)
        return Message(line=self.line, column=source, value=shown, text=text, weight=weight)


class RowCleaner:
    """Cleans rows of one file; `FileRefused` on making it says that a constant of the map is wrong."""

    def __init__(self, bindings: Sequence[Binding], constants: Mapping[str, str], known: Known) -> None:
        self._bindings = bindings
        self._known = known
        self._sources = {binding.column.name: binding.source for binding in bindings}
        self._country = conf.current().default_country
        self._constants = self._cleaned_constants(constants)

    def clean(self, row: Row) -> CleanRow:
        values: dict[str, object] = dict(self._constants)
        messages: list[Message] = []
        for binding in self._bindings:
            text = row.cells.get(binding.source)
            if text is None or (not text.strip() and binding.column.name in self._constants):
                continue
            cell = self._cell(row.line, binding.source, text, values)
            value = _value(binding.column, cell)
            messages += cell.messages
            if not isinstance(value, Unusable):
                values[binding.column.name] = value
        return self._checked(row, values, messages)

    def _cleaned_constants(self, constants: Mapping[str, str]) -> dict[str, object]:
        values: dict[str, object] = {}
        for name in (name for name in known_names() if name in constants):
            cell = self._cell(0, name, constants[name], values)
            value = _value(by_name()[name], cell)
            if isinstance(value, Unusable):
                faults = " ".join(message.text for message in cell.messages)
                raise FileRefused(
                    _("[constants] %(field)s = “%(value)s”: %(fault)s")
                    % {"field": name, "value": constants[name], "fault": faults}
                )
            values[name] = value
        return values

    def _cell(self, line: int, source: str, text: str, values: Values) -> Cell:
        return Cell(
            line=line,
            column=source,
            text=text,
            country=str(values.get("country") or self._country),
            locale=str(values.get("locale") or self._known.default_locale),
            known=self._known,
        )

    def _checked(self, row: Row, values: dict[str, object], messages: list[Message]) -> CleanRow:
        nowhere = values.get("latitude") == 0 and values.get("longitude") == 0
        spoken = {message.column for message in messages if message.is_refusal}
        checks = [
            *self._required(row, values, spoken),
            *self._place(row, values),
            *self._schedule(row, values),
            *self._relations(row, values),
        ]
        return CleanRow(
            line=row.line,
            external_id=str(values.get("external_id") or ""),
            locale=str(values.get("locale") or self._known.default_locale),
            values=values,
            sources=self._sources,
            cells=row.cells,
            messages=(*messages, *checks),
            nowhere=nowhere,
        )

    def _required(self, row: Row, values: Values, spoken: set[str]) -> Iterable[Message]:
        texts = {
            "external_id": _("every row needs the id it has in the source system."),
            "name": _("every row needs a name."),
        }
        for name, text in texts.items():
            if not values.get(name) and self._sources.get(name, name) not in spoken:
                yield self._message(row, name, text, Weight.REFUSAL)

        locale = str(values.get("locale") or self._known.default_locale)
        if locale not in self._known.locales:
            text = _("the row names no language, and the site has no “%(locale)s”.") % {"locale": locale}
            yield self._message(row, "locale", text, Weight.REFUSAL)

    def _place(self, row: Row, values: dict[str, object]) -> Iterable[Message]:
        """Mends the place in `values`: coordinates come in pairs, and a place needs a town."""
        yield from self._coordinates(row, values)
        place = _given(values, Part.PLACE)
        if "city" in place or values.get("location_type") == LocationType.VIRTUAL:
            return
        narrow = [name for name in place if name not in WIDE]
        if narrow and "city" in values:
            yield self._message(row, "city", _("an address needs its town."), Weight.REFUSAL)
        elif "region" in place and "region" in self._sources:
            yield self._message(row, "region", _("left out: a place needs its town."), Weight.WARNING)

    def _schedule(self, row: Row, values: Values) -> Iterable[Message]:
        if _given(values, Part.SCHEDULE) and values.get("opens_at", "no column") is None:
            text = _("a meeting time needs the hour it begins at.")
            yield self._message(row, "opens_at", text, Weight.REFUSAL)

    def _relations(self, row: Row, values: dict[str, object]) -> Iterable[Message]:
        """Takes relations out of `values` that lead back to the entry itself."""
        own = str(values.get("external_id") or "")
        for name in RELATION_KINDS:
            ids = values.get(name)
            if not isinstance(ids, tuple):
                continue
            is_part = name == "parent_organisation"
            back = [one for one in ids if one == own or (is_part and self._known.leads_back(own, one))]
            if back:
                values[name] = tuple(one for one in ids if one not in back)
                text = _("left out: %(ids)s leads back to the entry itself.") % {"ids": ", ".join(back)}
                yield self._message(row, name, text, Weight.WARNING)

    def _coordinates(self, row: Row, values: dict[str, object]) -> Iterable[Message]:
        """0 is the source's word for unknown: the equator at Greenwich lies in no municipality."""
        latitude, longitude = values.get("latitude"), values.get("longitude")
        if not {"latitude", "longitude"} & set(values):
            return
        if latitude == 0 or longitude == 0 or (latitude is None) != (longitude is None):
            values.pop("latitude", None)
            values.pop("longitude", None)
        if latitude == longitude or (latitude and longitude):
            return
        lame = "latitude" if not latitude else "longitude"
        yield self._message(
            row,
            lame,
            _("only one of the two coordinates (0 stands for unknown): both coordinates were left out."),
            Weight.WARNING,
        )

    def _message(self, row: Row, field: str, text: str, weight: Weight) -> Message:
        source = self._sources.get(field, field)
        return Message(
            line=row.line, column=source, value=row.cells.get(source, ""), text=text, weight=weight
        )


def _given(values: Values, part: Part) -> list[str]:
    """Fields of the part that the row says more than nothing about."""
    columns = ((by_name()[name], value) for name, value in values.items())
    return [column.name for column, value in columns if column.part is part and value != column.empty]


def _value(column: Column, cell: Cell) -> object | Unusable:
    tidied = column.tidy(cell.text)
    value = column.value_of(tidied, cell)
    if value is not UNUSABLE:
        say_if_mended(cell, tidied)
    return value
