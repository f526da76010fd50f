"""Planning and writing rows, some hundred at a time."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace

from django.utils.translation import gettext as _
from wagtail.models import Locale

from ..models import Entry
from .columns import Part
from .drafting import (
    Draft,
    Keys,
    Slugs,
    check,
    fill_source,
    fill_translation,
    new_source,
    without_children,
)
from .known import Database
from .linking import names_of
from .matching import Entries
from .messages import Message, Weight
from .prints import FactPrints
from .publishing import publish
from .report import Outcome
from .rows import CleanRow

BATCH = 250  # rows that are looked up together


@dataclass(frozen=True)
class Decision:
    """What becomes of a row, and all there is to say about it. `waits` for the entry's source row."""

    row: CleanRow
    outcome: Outcome
    messages: tuple[Message, ...]
    draft: Draft | None = None
    waits: bool = False


@dataclass
class _Seen:
    """What earlier rows of the file were; some hundred bytes a row."""

    lines: dict[tuple[str, str], int] = field(default_factory=dict)
    sources: set[str] = field(default_factory=set)
    refused: dict[str, int] = field(default_factory=dict)
    facts: FactPrints = field(default_factory=FactPrints)
    awaited: list["_Awaited"] = field(default_factory=list)


@dataclass(frozen=True)
class _Awaited:
    """A cell that names an entry which no row has made yet; `is_warned`: there is more to say of its row."""

    external_id: str
    message: Message
    is_warned: bool


@dataclass(frozen=True)
class LostRelation:
    """A relation to an entry of the file whose row was refused later."""

    message: Message
    #: Whether nothing else was said of that row.
    is_first_warning: bool


class Planner:
    """Decides about rows in the order of the file; one planner sees a file once, from its first row.

    `checked` says that the model's rules have been asked about these rows already and refused none. Not so
    about translations that waited for their source row; those are asked about in any case.
    """

    def __init__(self, known: Database, *, checked: bool = False) -> None:
        self._checked = checked
        self._known = known
        self._locales = {locale.language_code: locale for locale in Locale.objects.all()}
        self._slugs = Slugs()
        self._seen = _Seen()
        self._keys = self._keys_for(())

    def decide(self, rows: Sequence[CleanRow]) -> list[Decision]:
        entries = Entries({row.external_id for row in rows if row.external_id})
        self._keys = self._keys_for(rows)
        return [self._decide(row, entries) for row in rows]

    def decide_waiting(self, rows: Sequence[CleanRow]) -> list[Decision]:
        """Once more about rows that waited for the source row of their entry, which is written by now."""
        entries = Entries({row.external_id for row in rows})
        self._keys = self._keys_for(rows)
        return [self._drafted(row, entries) for row in rows]

    def _keys_for(self, rows: Sequence[CleanRow]) -> Keys:
        related = {other for row in rows for _kind, other in names_of(row.part(Part.RELATIONS))}
        sources = Entry.objects.sources().filter(external_id__in=related).values_list("external_id", "pk")
        return Keys(
            topics=self._known.topic_ids,
            target_groups=self._known.target_group_ids,
            facet_values=self._known.facet_value_ids,
            entries=dict(sources) if related else {},
        )

    def _decide(self, row: CleanRow, entries: Entries) -> Decision:
        refusal = self._refusal(row, entries)
        if refusal or row.is_refused:
            return self._refused(row, [*row.messages, *refusal])
        return self._drafted(row, entries)

    def _drafted(self, row: CleanRow, entries: Entries) -> Decision:
        source = entries.source(row.external_id)
        facts = self._facts_elsewhere(row, source)
        if self._must_wait(row, source):
            return Decision(row, Outcome.CREATED, (*row.messages, *facts), waits=True)
        draft = self._draft(row, entries.find(row.external_id, row.locale), source)
        messages = (*row.messages, *facts, *draft.messages)
        if draft.is_refused:
            return self._refused(row, messages)
        entries.add(row.external_id, draft.entry)
        self._seen.sources.add(row.external_id)
        if not draft.changed:
            return Decision(row, Outcome.UNCHANGED, messages)
        self._remember_awaited(draft, is_warned=bool(messages))
        return Decision(row, Outcome.CREATED if draft.is_new else Outcome.UPDATED, messages, draft)

    def _remember_awaited(self, draft: Draft, *, is_warned: bool) -> None:
        if not draft.awaits_others:
            return
        for column, ids in draft.row.part(Part.RELATIONS).items():
            for other in ids if isinstance(ids, tuple) else ():
                if other not in self._keys.entries:
                    text = _("the row with the id “%(id)s” is refused; left out.") % {"id": other}
                    message = draft.row.message(column, text, Weight.WARNING)
                    self._seen.awaited.append(_Awaited(other, message, is_warned))

    def refused_ids(self) -> frozenset[str]:
        """Of the file, so far: their rows make no entry."""
        return frozenset(self._seen.refused.keys() - self._seen.sources)

    def lost_relations(self) -> Iterator[LostRelation]:
        """At the end of the file: relations to entries whose rows were refused."""
        refused, lines = self.refused_ids(), set()
        for awaited in self._seen.awaited:
            if awaited.external_id in refused:
                line = awaited.message.line
                yield LostRelation(awaited.message, not awaited.is_warned and line not in lines)
                lines.add(line)

    def _must_wait(self, row: CleanRow, source: Entry | None) -> bool:
        """A translation needs its source row in the database; an earlier row of the file will make it."""
        return source.pk is None if source else row.external_id in self._seen.sources

    def _refusal(self, row: CleanRow, entries: Entries) -> list[Message]:
        """What makes a row impossible beside its neighbours."""
        if not row.external_id:
            return []
        before = self._seen.lines.setdefault((row.external_id, row.locale), row.line)
        if before != row.line:
            text = _("line %(line)d has the same id in the same language.") % {"line": before}
            return [row.message("external_id", text, Weight.REFUSAL)]
        refused = self._seen.refused.get(row.external_id)
        has_source = entries.source(row.external_id) or row.external_id in self._seen.sources
        if refused and not has_source:
            text = _("line %(line)d, the same entry in another language, was refused; this row needs it.")
            return [row.message("external_id", text % {"line": refused}, Weight.REFUSAL)]
        return []

    def _refused(self, row: CleanRow, messages: Iterable[Message]) -> Decision:
        if row.external_id:
            self._seen.refused.setdefault(row.external_id, row.line)
        return Decision(row, Outcome.REFUSED, tuple(messages))

    def _facts_elsewhere(self, row: CleanRow, source: Entry | None) -> list[Message]:
        if source is None or source.locale.language_code == row.locale:
            is_translation = source is None and row.external_id in self._seen.sources
        else:
            is_translation = True
        if not is_translation:
            self._seen.facts.remember(row)
            return []
        text = _("left out: facts are those of the row in the language the entry was first written in.")
        names = self._seen.facts.differing(row, source)
        return [row.message(name, text, Weight.WARNING) for name in names]

    def _draft(self, row: CleanRow, found: Entry | None, source: Entry | None) -> Draft:
        draft = self._opened(row, found) if found else self._new(row, source)
        if draft.entry.is_source:
            fill_source(draft, self._keys)
        else:
            fill_translation(draft)
        if draft.changed:
            self._consider(draft)
        return draft

    def _opened(self, row: CleanRow, found: Entry) -> Draft:
        """A published entry is compared as readers see it, another one as its editor left it."""
        return Draft(found if found.live else found.get_latest_revision_as_object(), row)

    def _new(self, row: CleanRow, source: Entry | None) -> Draft:
        locale = self._locales[row.locale]
        if source is None:
            slug = self._slugs.for_name(str(row.values["name"]))
            return Draft(new_source(row, locale, slug), row, is_new=True)
        translation = source.copy_for_translation(locale)
        translation.live = True
        return Draft(without_children(translation), row, is_new=True)

    def _consider(self, draft: Draft) -> None:
        entry = draft.entry
        if entry.locked:
            draft.changed = False
            self._warn(draft, _("the entry is locked by an editor and stays as it is."))
            return
        if not self._checked or not entry.is_source:
            check(draft)
        if not draft.is_new and entry.live and entry.has_unpublished_changes:
            self._warn(draft, _("an editor's unpublished change was passed over; it stays in the history."))

    def _warn(self, draft: Draft, text: str) -> None:
        draft.messages.append(draft.row.message("name", text, Weight.WARNING))


def write(planner: Planner, rows: Sequence[CleanRow], known: Database) -> list[Decision]:
    """Decide about these rows and publish what is new or changed."""
    decisions = planner.decide(rows)
    publish([decision.draft for decision in decisions if decision.draft], known)
    waiting = [decision.row for decision in decisions if decision.waits]
    decided = [decision for decision in decisions if not decision.waits]
    return decided + _write_waiting(planner, waiting, known)


class Links:
    """Rows that named entries which were not written yet: of each no more than what it names."""

    def __init__(self) -> None:
        self._rows: list[CleanRow] = []

    def add(self, decision: Decision) -> None:
        if decision.draft and decision.draft.awaits_others:
            values = decision.row.part(Part.RELATIONS)
            self._rows.append(replace(decision.row, values=values, cells={}, messages=()))

    def write(self, planner: Planner, known: Database) -> None:
        """By now all entries of the file are there."""
        for start in range(0, len(self._rows), BATCH):
            _write_waiting(planner, self._rows[start : start + BATCH], known)


def _write_waiting(planner: Planner, rows: Sequence[CleanRow], known: Database) -> list[Decision]:
    if not rows:
        return []
    decisions = planner.decide_waiting(rows)
    publish([decision.draft for decision in decisions if decision.draft], known)
    return decisions
