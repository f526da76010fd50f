"""Relations between the rows of a file: a row may name one that comes later."""

from collections.abc import Sequence

from .cells import tidy_line
from .choices import parts
from .columns import RELATION_KINDS, Part
from .known import Named
from .mapping import Binding
from .readers import Reader


def named(reader: Reader, bindings: Sequence[Binding]) -> Named:
    """The ids of the file's rows, read ahead where it has a column that names entries."""
    if not any(binding.column.part is Part.RELATIONS for binding in bindings):
        return Named()
    sources = {binding.column.name: binding.source for binding in bindings}
    ids: set[str] = set()
    wholes: dict[str, tuple[str, ...]] = {}
    for row in reader.rows():
        external_id = tidy_line(row.cells.get(sources["external_id"], ""))
        ids.add(external_id)
        whole = tidy_line(row.cells.get(sources.get("parent_organisation", ""), ""))
        if whole:
            wholes[external_id] = tuple(parts(whole))
    return Named(external_ids=frozenset(ids - {""}), wholes=wholes)


def names_of(values: dict[str, object]) -> list[tuple[str, str]]:
    """Kind of relation and id of the other entry, for each relation of a row."""
    return [
        (RELATION_KINDS[column], external_id)
        for column, ids in values.items()
        if isinstance(ids, tuple)
        for external_id in ids
    ]
