"""Planning and writing rows, some hundred at a time."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from django.utils.translation import gettext as _
from wagtail.models import Locale

from ..models import Entry
from . import publishing
from .drafting import Draft, Slugs, check, fill_source, fill_translation, new_source
from .known import Database
from .matching import Entries
from .messages import Message, Weight
from .report import Outcome
from .rows import CleanRow


@dataclass(frozen=True)
class Decision:
    """What becomes of a row, and all there is to say about it."""

    row: CleanRow
    outcome: Outcome
    messages: tuple[Message, ...]
    draft: Draft | None = None


@dataclass
class _Seen:
    """What earlier rows of the file were, by external_id; a few dozen bytes a row."""

    lines: dict[tuple[str, str], int] = field(default_factory=dict)
    sources: dict[str, int] = field(default_factory=dict)
    refused: dict[str, int] = field(default_factory=dict)


class Planner:
    """Decides about rows in the order of the file; one planner sees a file once, from its first row."""

    def __init__(self, known: Database) -> None:
        self._known = known
        self._locales = {locale.language_code: locale for locale in Locale.objects.all()}
        self._slugs = Slugs()
        self._seen = _Seen()

    def decide(self, rows: Sequence[CleanRow]) -> list[Decision]:
        entries = Entries({row.external_id for row in rows if row.external_id})
        return [self._decide(row, entries) for row in rows]

    def _decide(self, row: CleanRow, entries: Entries) -> Decision:
        refusal = self._refusal(row, entries)
        if refusal or row.is_refused:
            return self._refused(row, [*row.messages, *refusal])
        draft = self._draft(row, entries)
        if draft is None:  # a translation of an entry that an earlier row will create
            return self._accepted(row, Outcome.CREATED, row.messages)
        messages = (*row.messages, *draft.messages)
        if draft.is_refused:
            return self._refused(row, messages)
        entries.add(row.external_id, draft.entry)
        if not draft.changed:
            return self._accepted(row, Outcome.UNCHANGED, messages)
        outcome = Outcome.CREATED if draft.is_new else Outcome.UPDATED
        return self._accepted(row, outcome, messages, draft)

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

    def _accepted(
        self, row: CleanRow, outcome: Outcome, messages: Iterable[Message], draft: Draft | None = None
    ) -> Decision:
        self._seen.sources.setdefault(row.external_id, row.line)
        return Decision(row, outcome, tuple(messages), draft)

    def _draft(self, row: CleanRow, entries: Entries) -> Draft | None:
        """The entry with the row in it, or None where it cannot be made before its source is written."""
        found = entries.find(row.external_id, row.locale)
        source = entries.source(row.external_id)
        if found is None and source is None and row.external_id in self._seen.sources:
            return None
        draft = self._opened(row, found) if found else self._new(row, source)
        if draft.entry.is_source:
            fill_source(draft, self._known.topic_ids)
        else:
            fill_translation(draft)
        if draft.changed:
            self._consider(draft)
        return draft

    def _opened(self, row: CleanRow, found: Entry) -> Draft:
        """A published entry is compared as readers see it, another one as its editor left it."""
        entry = found if found.live else found.get_latest_revision_as_object()
        return Draft(entry, row)

    def _new(self, row: CleanRow, source: Entry | None) -> Draft:
        locale = self._locales[row.locale]
        if source is None:
            name = str(row.values["name"])
            return Draft(new_source(row, locale, self._slugs.for_name(name)), row, is_new=True)
        translation = source.copy_for_translation(locale)
        translation.external_id = row.external_id
        translation.live = True
        return Draft(translation, row, is_new=True)

    def _consider(self, draft: Draft) -> None:
        entry = draft.entry
        if entry.locked:
            self._left_alone(draft)
            return
        check(draft)
        if not draft.is_new and entry.live and entry.has_unpublished_changes:
            text = _("an unpublished change by an editor was passed over; it is in the entry's history.")
            draft.messages.append(draft.row.message("name", text, Weight.WARNING))

    def _left_alone(self, draft: Draft) -> None:
        draft.changed = False
        text = _("the entry is locked by an editor and stays as it is.")
        draft.messages.append(draft.row.message("name", text, Weight.WARNING))


def write(decisions: Iterable[Decision], known: Database) -> Iterator[Decision]:
    """Publish what is new or changed, and hand every decision on."""
    for decision in decisions:
        if decision.draft is not None:
            publishing.publish(decision.draft, known)
        yield decision
