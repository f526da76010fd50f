"""What a row makes of its entry, in memory: nothing here writes to the database."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import TypeVar

from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.db.models import Model
from django.utils.translation import gettext as _
from modelcluster.models import get_all_child_relations
from wagtail.models import Locale, Orderable

from cms_blocks.slugs import free_slug, slug_of

from .. import host_fields
from ..models import (
    SLUG_LENGTH,
    CostOption,
    Entry,
    EntryKind,
    EntryRelation,
    EntryTargetGroup,
    EntryTopic,
    Location,
    LocationType,
    PositionSource,
    Schedule,
)
from ..models.entry import RESERVED
from .added import added_facts_of, fill_facets, fill_host_fields
from .columns import COLUMNS, RELATION_KINDS, Part, by_name
from .field_values import as_cleaned, as_stored
from .linking import names_of
from .messages import Message, Weight
from .rows import CleanRow

R = TypeVar("R", bound=Orderable)


@dataclass
class Draft:
    """An entry as the row wants it. `changed` is false where it is so already; `new_topics` are slugs."""

    entry: Entry
    row: CleanRow
    is_new: bool = False
    changed: bool = False
    new_topics: tuple[str, ...] = ()
    #: It names entries that are not in the database yet.
    awaits_others: bool = False
    messages: list[Message] = field(default_factory=list)

    @property
    def is_refused(self) -> bool:
        return any(message.is_refusal for message in self.messages)


class Slugs:
    """Addresses of entries that are taken, read once: a query for each row would be most of the work."""

    def __init__(self) -> None:
        self._taken = {*RESERVED, *Entry.objects.sources().values_list("slug", flat=True)}

    def for_name(self, name: str) -> str:
        slug = free_slug(slug_of(name, SLUG_LENGTH) or "entry", self._taken, SLUG_LENGTH)
        self._taken.add(slug)
        return slug


def new_source(row: CleanRow, locale: Locale, slug: str) -> Entry:
    """An entry that holds its places, topics and other rows in memory."""
    return without_children(Entry(external_id=row.external_id, locale=locale, slug=slug, live=True))


def without_children(entry: Entry) -> Entry:
    """What hangs on it is known to be nothing, so that nothing asks the database for it."""
    for relation in get_all_child_relations(Entry):
        getattr(entry, relation.get_accessor_name()).set([])
    return entry


@dataclass(frozen=True, kw_only=True)
class Keys:
    """Primary keys by what rows write: slugs of topics and target groups, ids of related entries."""

    topics: Mapping[str, int]
    target_groups: Mapping[str, int]
    facet_values: Mapping[str, Mapping[str, int]]
    entries: Mapping[str, int] = field(default_factory=dict)


def fill_source(draft: Draft, keys: Keys) -> None:
    """Texts, facts and all that hangs on the entry, from the row into it."""
    entry, row = draft.entry, draft.row
    changes = [
        _assign(entry, row.part(Part.TEXT)),
        _assign(entry, row.part(Part.FACT)),
        _fill_place(entry, row.part(Part.PLACE)),
        _fill_schedule(entry, row.part(Part.SCHEDULE)),
        _fill_costs(entry, row.part(Part.COSTS).get("cost_options")),
        _fill_target_groups(draft, keys.target_groups),
        fill_facets(entry, row.part(Part.FACETS), keys.facet_values),
        *fill_host_fields(entry, row.part(Part.HOST)),
        _fill_relations(draft, keys.entries),
        fill_topics(draft, keys.topics),
    ]
    draft.changed = draft.is_new or any(changes) or draft.awaits_others


def fill_translation(draft: Draft) -> None:
    """Texts alone: a translation has no facts of its own."""
    draft.changed = _assign(draft.entry, draft.row.part(Part.TEXT)) or draft.is_new


def facts_of(entry: Entry) -> dict[str, object]:
    """The facts of a source row under the names of their columns."""
    facts = {name: as_cleaned(getattr(entry, name)) for name in _names(Part.FACT)}
    for part, rows in ((Part.PLACE, entry.locations), (Part.SCHEDULE, entry.schedules)):
        first = next(iter(rows.all()), None)
        facts |= {name: as_cleaned(getattr(first, name)) for name in _names(part) if first}
    related = [(one.kind, one.to_entry.external_id) for one in entry.relations.all()]
    return {
        **facts,
        "topics": tuple(carried.topic.slug for carried in entry.entry_topics.all()),
        "target_groups": tuple(one.target_group.slug for one in entry.entry_target_groups.all()),
        "cost_options": _prices(entry),
        **added_facts_of(entry),
        **{
            name: tuple(other for one, other in related if one == kind)
            for name, kind in RELATION_KINDS.items()
        },
    }


def _names(part: Part) -> list[str]:
    return [column.name for column in COLUMNS if column.part is part]


def _given(values: dict[str, object]) -> dict[str, object]:
    """What the row says more than nothing about."""
    return {name: value for name, value in values.items() if value != by_name()[name].empty}


def _assign(target: Model, values: dict[str, object]) -> bool:
    changed = False
    for name, value in values.items():
        if as_cleaned(getattr(target, name)) != value:
            setattr(target, name, as_stored(value))
            changed = True
    return changed


def _fill_place(entry: Entry, values: dict[str, object]) -> bool:
    """The import owns the first place of an entry; editors may add others."""
    places: list[Location] = list(entry.locations.all())
    own, others = _parted(places)
    is_online = values.get("location_type") == LocationType.VIRTUAL
    if not values.get("city", True) and not is_online:  # the file's column for the town is empty
        if own:
            entry.locations.set(others)
        return bool(own)
    if own:
        changed = _assign(own[0], _without_looked_up(own[0], values))
        if changed:
            entry.locations.set(places)
        return changed
    if set(_given(values)) - {"country", "region"}:
        entry.locations.set([_made(Location, values), *others])
        return True
    return False


def _parted(rows: list[R]) -> tuple[list[R], list[R]]:
    """The import's own row, if it is there, and those of editors: these keep their places after it."""
    count = 1 if rows and not rows[0].sort_order else 0
    return rows[:count], rows[count:]


def _made(model: type[Orderable], values: dict[str, object]) -> Orderable:
    return model(sort_order=0, **{name: as_stored(value) for name, value in values.items()})


def _without_looked_up(place: Location, values: dict[str, object]) -> dict[str, object]:
    """Coordinates of the gazetteer stay where the file brings none, and give way to those it brings."""
    if place.position_source != PositionSource.GAZETTEER:
        return values
    if values.get("latitude") is None:
        return {name: value for name, value in values.items() if name not in ("latitude", "longitude")}
    place.position_source = PositionSource.GIVEN
    return values


def _fill_schedule(entry: Entry, values: dict[str, object]) -> bool:
    """The import owns the first meeting time of an entry; editors may add others."""
    schedules: list[Schedule] = list(entry.schedules.all())
    own, others = _parted(schedules)
    if not _given(values) and values.get("opens_at", "no column") is None:
        if own:
            entry.schedules.set(others)
        return bool(own)
    if own:
        changed = _assign(own[0], values)
        if changed:
            entry.schedules.set(schedules)
        return changed
    if _given(values):
        entry.schedules.set([_made(Schedule, values), *others])
        return True
    return False


def _prices(entry: Entry) -> tuple[tuple[str, Decimal, str], ...]:
    return tuple((cost.option, cost.amount, cost.currency) for cost in entry.cost_options.all())


def _fill_costs(entry: Entry, wanted: object) -> bool:
    if not isinstance(wanted, tuple) or _prices(entry) == wanted:
        return False
    entry.cost_options.set(
        [
            CostOption(sort_order=order, option=option, amount=amount, currency=currency)
            for order, (option, amount, currency) in enumerate(wanted)
        ]
    )
    return True


def _fill_target_groups(draft: Draft, keys: Mapping[str, int]) -> bool:
    wanted = draft.row.part(Part.TARGET_GROUPS).get("target_groups")
    if not isinstance(wanted, tuple):
        return False
    ids = [keys[slug] for slug in wanted]
    named: list[EntryTargetGroup] = list(draft.entry.entry_target_groups.all())
    if [one.target_group_id for one in named] == ids:
        return False
    kept = {one.target_group_id: one for one in named}
    _set_in_order(
        draft.entry,
        "entry_target_groups",
        [kept.get(pk) or EntryTargetGroup(target_group_id=pk) for pk in ids],
    )
    return True


def _fill_relations(draft: Draft, keys: Mapping[str, int]) -> bool:
    """The import owns the kinds of relations that the file has columns for."""
    values = draft.row.part(Part.RELATIONS)
    owned = {RELATION_KINDS[column] for column in values}
    wanted = names_of(values)
    draft.awaits_others = any(external_id not in keys for _kind, external_id in wanted)
    pairs = [(kind, keys[external_id]) for kind, external_id in wanted if external_id in keys]
    rows: list[EntryRelation] = list(draft.entry.relations.all())
    kept = {(one.kind, one.to_entry_id): one for one in rows if one.kind in owned}
    if set(kept) == set(pairs):
        return False
    others = [one for one in rows if one.kind not in owned]
    chosen = [kept.get(pair) or EntryRelation(kind=pair[0], to_entry_id=pair[1]) for pair in pairs]
    _set_in_order(draft.entry, "relations", [*others, *chosen])
    return True


def _set_in_order(entry: Entry, relation: str, rows: Sequence[Orderable]) -> None:
    for order, one in enumerate(rows):
        one.sort_order = order
    getattr(entry, relation).set(rows)


def fill_topics(draft: Draft, topic_ids: Mapping[str, int]) -> bool:
    wanted = draft.row.part(Part.TOPICS).get("topics")
    if not isinstance(wanted, tuple):
        return False
    draft.new_topics = tuple(slug for slug in wanted if slug not in topic_ids)
    ids = [topic_ids[slug] for slug in wanted if slug in topic_ids]
    carried: list[EntryTopic] = list(draft.entry.entry_topics.all())
    if [one.topic_id for one in carried] == ids and not draft.new_topics:
        return False
    kept = {one.topic_id: one for one in carried}
    _set_in_order(draft.entry, "entry_topics", [kept.get(pk) or EntryTopic(topic_id=pk) for pk in ids])
    return True


def check(draft: Draft) -> None:
    """The model's own rules, said beside the cell they concern."""
    for field_name, told in _faults(draft.entry):
        text = _no_kind() if field_name == "kind" and not draft.entry.kind else told
        draft.messages.append(draft.row.message(field_name, text, Weight.REFUSAL))


def _no_kind() -> str:
    return _("every row needs a kind; allowed are %(kinds)s.") % {"kinds": ", ".join(EntryKind.values)}


def _faults(entry: Entry) -> Iterable[tuple[str, str]]:
    """Nothing here asks the database: addresses and ids are known to be free by now."""
    yield from _field_faults(entry, ("locale", "source_row", "latest_revision", "live_revision", "locked_by"))
    if entry.is_source:
        yield from ((name, str(told)) for name, told in entry.fact_faults().items())
        rows: tuple[Model, ...] = (*entry.locations.all(), *entry.schedules.all())
        for row in rows:
            yield from _broken_rules(row, ("entry",))
        yield from _host_faults(entry)
    try:
        entry.validate_for_publishing()
    except ValidationError as error:
        yield from _told(error)


def _host_faults(entry: Entry) -> Iterable[tuple[str, str]]:
    """Named by their columns, which may be called otherwise than the fields."""
    for fields in host_fields.sound():
        names = {column.field_name: column.name for column in fields.columns}
        if row := fields.row_of(entry):
            for name, told in _broken_rules(row, (fields.keys[0].name,)):
                yield names.get(name, name), told


def _field_faults(entry: Entry, relations: Sequence[str]) -> Iterable[tuple[str, str]]:
    try:
        entry.clean_fields(exclude=relations)
    except ValidationError as error:
        yield from _told(error)


def _broken_rules(thing: Model, relations: Sequence[str]) -> Iterable[tuple[str, str]]:
    try:
        thing.full_clean(exclude=relations, validate_unique=False, validate_constraints=False)
    except ValidationError as error:
        yield from _told(error)


def _told(error: ValidationError) -> Iterable[tuple[str, str]]:
    for name, texts in error.message_dict.items():
        for text in texts:
            yield ("name" if name == NON_FIELD_ERRORS else name), text
