"""What a row makes of its entry, in memory: nothing here writes to the database."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.db.models import Model
from django.utils.translation import gettext as _
from phonenumber_field.phonenumber import PhoneNumber
from wagtail.models import Locale

from cms_blocks.slugs import free_slug, slug_of

from ..models import SLUG_LENGTH, Entry, EntryKind, EntryTopic, Location, PositionSource
from ..models.entry import CALENDAR
from .columns import COLUMNS, Part
from .messages import Message, Weight
from .rows import CleanRow


@dataclass
class Draft:
    """An entry as the row wants it. `changed` is false where it is so already; `new_topics` are slugs."""

    entry: Entry
    row: CleanRow
    is_new: bool = False
    changed: bool = False
    new_topics: tuple[str, ...] = ()
    messages: list[Message] = field(default_factory=list)

    @property
    def is_refused(self) -> bool:
        return any(message.is_refusal for message in self.messages)


class Slugs:
    """Addresses of entries that are taken, read once: a query for each row would be most of the work."""

    def __init__(self) -> None:
        self._taken = {CALENDAR, *Entry.objects.sources().values_list("slug", flat=True)}

    def for_name(self, name: str) -> str:
        slug = free_slug(slug_of(name, SLUG_LENGTH) or "entry", self._taken, SLUG_LENGTH)
        self._taken.add(slug)
        return slug


def new_source(row: CleanRow, locale: Locale, slug: str) -> Entry:
    """An entry that holds all its rows in memory, so that nothing asks the database for them."""
    entry = Entry(external_id=row.external_id, locale=locale, slug=slug, live=True)
    for relation in Entry.fact_relations:
        getattr(entry, relation).set([])
    return entry


def fill_source(draft: Draft, topic_ids: dict[str, int]) -> None:
    """Texts, facts, place and topics of the row into the entry."""
    changes = [
        _assign(draft.entry, draft.row.part(Part.TEXT)),
        _assign(draft.entry, draft.row.part(Part.FACT)),
        _fill_place(draft.entry, draft.row.part(Part.PLACE)),
        fill_topics(draft, topic_ids),
    ]
    draft.changed = draft.is_new or any(changes)


def fill_translation(draft: Draft) -> None:
    """Texts alone: a translation has no facts of its own."""
    draft.changed = _assign(draft.entry, draft.row.part(Part.TEXT)) or draft.is_new


def facts_of(entry: Entry) -> dict[str, object]:
    """The facts of a source row under the names of their columns."""
    place = next(iter(entry.locations.all()), None)
    facts = {name: _plain(getattr(entry, name)) for name in _names(Part.FACT)}
    facts |= {name: getattr(place, name) for name in _names(Part.PLACE) if place}
    return facts | {"topics": tuple(carried.topic.slug for carried in entry.entry_topics.all())}


def _names(part: Part) -> list[str]:
    return [column.name for column in COLUMNS if column.part is part]


def _plain(value: object) -> object:
    return value.as_e164 if isinstance(value, PhoneNumber) else value


def _assign(target: Model, values: dict[str, object]) -> bool:
    changed = False
    for name, value in values.items():
        if _plain(getattr(target, name)) != value:
            setattr(target, name, value)
            changed = True
    return changed


def _fill_place(entry: Entry, values: dict[str, object]) -> bool:
    """The import owns the first place of an entry; editors may add others."""
    places: list[Location] = list(entry.locations.all())
    if not values.get("city", True):  # the file has a column for the town, and it is empty
        entry.locations.set(places[1:])
        return bool(places)
    if places:
        changed = _assign(places[0], _without_looked_up(places[0], values))
        if changed:
            entry.locations.set(places)
        return changed
    if set(values) - {"country", "region"}:
        entry.locations.set([Location(sort_order=0, **values)])
        return True
    return False


def _without_looked_up(place: Location, values: dict[str, object]) -> dict[str, object]:
    """Coordinates of the gazetteer stay where the file brings none, and give way to those it brings."""
    if place.position_source != PositionSource.GAZETTEER:
        return values
    if values.get("latitude") is None:
        return {name: value for name, value in values.items() if name not in ("latitude", "longitude")}
    place.position_source = PositionSource.GIVEN
    return values


def fill_topics(draft: Draft, topic_ids: dict[str, int]) -> bool:
    wanted = draft.row.part(Part.TOPICS).get("topics")
    if not isinstance(wanted, tuple):
        return False
    draft.new_topics = tuple(slug for slug in wanted if slug not in topic_ids)
    ids = [topic_ids[slug] for slug in wanted if slug in topic_ids]
    carried: list[EntryTopic] = list(draft.entry.entry_topics.all())
    if [one.topic_id for one in carried] == ids and not draft.new_topics:
        return False
    kept = {one.topic_id: one for one in carried}
    chosen = [kept.get(pk) or EntryTopic(topic_id=pk) for pk in ids]
    for order, one in enumerate(chosen):
        one.sort_order = order
    draft.entry.entry_topics.set(chosen)
    return True


def check(draft: Draft) -> None:
    """The model's own rules, said beside the cell they concern."""
    for field_name, told in _faults(draft.entry):
        text = _no_kind() if field_name == "kind" and not draft.entry.kind else told
        draft.messages.append(draft.row.message(field_name, text, Weight.REFUSAL))


def _no_kind() -> str:
    return _("every row needs a kind; allowed are %(kinds)s.") % {"kinds": ", ".join(EntryKind.values)}


def _faults(entry: Entry) -> Iterable[tuple[str, str]]:
    rules: tuple[tuple[Model, Sequence[str]], ...] = (
        (entry, ("locale", "source_row", "latest_revision", "live_revision", "locked_by")),
        *((place, ("entry",)) for place in (entry.locations.all() if entry.is_source else ())),
    )
    for thing, relations in rules:
        yield from _broken_rules(thing, relations)
    try:
        entry.validate_for_publishing()
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
