"""Writing many entries at once: rows, revisions, history, and the publishing that tells the rest of the site.

Wagtail's `save_revision` and `publish` ask some fifty questions of the database for each entry. What they
write is written here for a batch in a fixed number of queries and a few for each row. `published` is sent for
every entry; `post_save` is not, as with any `bulk_create`.
"""

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import uuid4

from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.db.models import F
from django.utils import timezone
from modelcluster.models import get_all_child_relations
from wagtail.models import ModelLogEntry, ReferenceIndex, Revision, WorkflowState
from wagtail.signals import published

from search import outbox

from .. import host_fields
from ..gazetteer import fill_positions
from ..models import Entry, Location, PlaceName
from .columns import COLUMNS, Part
from .drafting import Draft, fill_topics
from .known import Database

_CONTENT = tuple(column.name for column in COLUMNS if column.part in (Part.TEXT, Part.FACT))
_REVISIONS = ("latest_revision", "live_revision")
_STATE = (*_REVISIONS, "has_unpublished_changes", "last_published_at", "expired")


def publish(drafts: Sequence[Draft], known: Database) -> None:
    """Write these drafts, which have passed `drafting.check`; call it inside a transaction."""
    for draft in drafts:
        _create_topics(draft, known)
    now = timezone.now()
    at_once = [draft for draft in drafts if _is_plain(draft.entry, now)]
    if at_once:
        _publish_all(at_once, now)
    for draft in drafts:
        if not _is_plain(draft.entry, now):
            _publish_alone(draft.entry)


def _create_topics(draft: Draft, known: Database) -> None:
    """They exist from now on; the entry's topics are then those of the row, in its order."""
    if draft.new_topics:
        for slug in draft.new_topics:
            known.topic_id(slug)
        fill_topics(draft, known.topic_ids)


def _is_plain(entry: Entry, now: datetime) -> bool:
    return entry.live and not (entry.go_live_at and entry.go_live_at > now)


def _publish_alone(entry: Entry) -> None:
    """An entry that an editor took offline stays so, one that is scheduled keeps its time."""
    revision = entry.save_revision(clean=False, log_action=True)
    if entry.live:
        entry.publish(revision)


def _publish_all(drafts: Sequence[Draft], now: datetime) -> None:
    entries = [draft.entry for draft in drafts]
    for entry in entries:
        entry.last_published_at = now
        entry.has_unpublished_changes = entry.expired = False
    new = [draft.entry for draft in drafts if draft.is_new]
    _create(new, now)
    changed = [draft.entry for draft in drafts if not draft.is_new]
    for entry in changed:
        _commit_children(entry)
    revisions = _add_revisions(entries, now)
    Entry.objects.bulk_update(new, _REVISIONS)
    Entry.objects.bulk_update(changed, (*_CONTENT, *_STATE))
    _keep_kinds_in_step(changed)
    _end_schedules_and_workflows(changed)
    _add_history(drafts, revisions, now)
    with outbox.gathered():
        _tell(drafts, revisions)


def _create(entries: Sequence[Entry], now: datetime) -> None:
    for entry in entries:
        entry.first_published_at = now
    Entry.objects.bulk_create(entries)
    for relation in get_all_child_relations(Entry):
        _create_children(entries, relation)


def _create_children(entries: Sequence[Entry], relation: Any) -> None:
    """The rows of one child relation of new entries, in a fixed number of queries."""
    rows = [row for entry in entries for row in getattr(entry, relation.get_accessor_name()).all()]
    parent = relation.field.name
    for row in rows:
        setattr(row, parent, getattr(row, parent))  # whose key is known only now
    if relation.related_model is Location:
        for place in rows:
            place.derive()
        fill_positions(rows)
        PlaceName.remember(rows)
    relation.related_model._default_manager.bulk_create(rows)


def _commit_children(entry: Entry) -> None:
    """Only relations the row has changed hold objects in memory."""
    for relation in get_all_child_relations(Entry):
        name = relation.get_accessor_name()
        manager = getattr(entry, name)
        if manager.is_deferring:
            manager.commit()
            getattr(entry, "_prefetched_objects_cache", {}).pop(name, None)


def _add_revisions(entries: Sequence[Entry], now: datetime) -> list[Revision]:
    kind, base = Entry.get_content_type(), Entry.get_base_content_type()
    revisions: list[Revision] = Revision.objects.bulk_create(
        [
            Revision(
                content_type=kind,
                base_content_type=base,
                object_id=str(entry.pk),
                created_at=now,
                object_str=str(entry),
                content=entry.serializable_data(),
            )
            for entry in entries
        ]
    )
    for entry, revision in zip(entries, revisions, strict=True):
        entry.latest_revision = entry.live_revision = revision
    return revisions


def _keep_kinds_in_step(sources: Sequence[Entry]) -> None:
    """A translation carries its source's kind, as it does after an editor's change."""
    behind = Entry.objects.filter(source_row__in=sources).exclude(kind=F("source_row__kind"))
    rows = list(behind.select_related("source_row"))
    for row in rows:
        row.kind = row.facts.kind
    Entry.objects.bulk_update(rows, ("kind",))


def _end_schedules_and_workflows(entries: Sequence[Entry]) -> None:
    """As publishing by hand does: what waited for this entry is overtaken."""
    ids = [str(entry.pk) for entry in entries]
    base: ContentType = Entry.get_base_content_type()
    Revision.objects.filter(
        base_content_type=base, object_id__in=ids, approved_go_live_at__isnull=False
    ).update(approved_go_live_at=None)
    if getattr(settings, "WAGTAIL_WORKFLOW_CANCEL_ON_PUBLISH", True):
        for state in WorkflowState.objects.active().filter(base_content_type=base, object_id__in=ids):
            state.cancel()


def _add_history(drafts: Sequence[Draft], revisions: Sequence[Revision], now: datetime) -> None:
    ModelLogEntry.objects.bulk_create(
        [
            ModelLogEntry(
                content_type=revision.content_type,
                object_id=revision.object_id,
                label=revision.object_str,
                action=action,
                timestamp=now,
                uuid=uuid,
                revision=revision,
                content_changed=action != "wagtail.publish",
            )
            for draft, revision in zip(drafts, revisions, strict=True)
            for uuid in (uuid4(),)
            for action in ("wagtail.create" if draft.is_new else "wagtail.edit", "wagtail.publish")
        ]
    )


def _refers(entry: Entry) -> bool:
    """Whether anything that can be looked up hangs on it."""
    relations = (entry.entry_topics, entry.entry_target_groups, entry.entry_facet_values, entry.relations)
    return any(rows.all() for rows in relations) or any(
        fields.row_of(entry) for fields in host_fields.sound()
    )


def _tell(drafts: Sequence[Draft], revisions: Sequence[Revision]) -> None:
    """The admin's list of references, and whoever listens to publishing."""
    for draft, revision in zip(drafts, revisions, strict=True):
        entry = draft.entry
        if not draft.is_new or not entry.is_source or _refers(entry):
            ReferenceIndex.create_or_update_for_object(entry)
        published.send(sender=Entry, instance=entry, revision=revision)
