"""What a row says of editors' filters and of a host's fields, from the row into the entry in memory."""

from collections.abc import Iterator, Mapping

from .. import host_fields
from ..editor_facets import choices_by_key
from ..models import Entry, EntryFacetValue
from .columns import FACET, by_name
from .field_values import as_cleaned, as_stored


def fill_facets(entry: Entry, values: Mapping[str, object], keys: Mapping[str, Mapping[str, int]]) -> bool:
    """The import owns the filters that the file has columns for, and leaves the others as they are."""
    owned = {name.removeprefix(FACET): slugs for name, slugs in values.items() if isinstance(slugs, tuple)}
    wanted = [keys[facet][slug] for facet, slugs in owned.items() for slug in slugs]
    rows: list[EntryFacetValue] = list(entry.entry_facet_values.all())
    ids = {pk for facet in owned for pk in keys[facet].values()}
    before = [row for row in rows if row.value_id in ids]
    if {row.value_id for row in before} == set(wanted):
        return False
    kept = {row.value_id: row for row in before}
    others = [row for row in rows if row.value_id not in ids]
    chosen = [*others, *(kept.get(pk) or EntryFacetValue(value_id=pk) for pk in wanted)]
    for order, row in enumerate(chosen):
        row.sort_order = order
    entry.entry_facet_values.set(chosen)
    return True


def fill_host_fields(entry: Entry, values: Mapping[str, object]) -> Iterator[bool]:
    """Of each of the host's models: whether the row changes anything there."""
    for fields in host_fields.sound():
        own = {
            column.field: value
            for name, value in values.items()
            if (column := by_name()[name]).relation == fields.relation
        }
        yield bool(own) and _fill(entry, fields, own, _empty(fields))


def _empty(fields: host_fields.HostFields) -> dict[str, object]:
    return {column.field_name: column.empty for column in fields.columns}


def _fill(
    entry: Entry, fields: host_fields.HostFields, values: dict[str, object], empty: Mapping[str, object]
) -> bool:
    """An entry without a row gets one where the file says more than nothing."""
    row = fields.row_of(entry)
    if row is None and all(value == empty[name] for name, value in values.items()):
        return False
    made = row or fields.model()
    changed = [
        name for name, value in values.items() if row is None or as_cleaned(getattr(made, name)) != value
    ]
    for name in changed:
        setattr(made, name, as_stored(values[name]))
    if changed:
        getattr(entry, fields.relation).set([made])
    return bool(changed)


def added_facts_of(entry: Entry) -> dict[str, object]:
    """Under the names of their columns."""
    facts: dict[str, object] = {}
    known = choices_by_key()
    for carried in entry.entry_facet_values.all():
        if carried.value_id in known:
            facet, choice = known[carried.value_id]
            name = f"{FACET}{facet.name}"
            before = facts.get(name)
            facts[name] = (*(before if isinstance(before, tuple) else ()), choice.slug)
    for fields in host_fields.sound():
        if row := fields.row_of(entry):
            facts |= {column.name: as_cleaned(getattr(row, column.field_name)) for column in fields.columns}
    return facts
