"""Writing an entry: its row, a revision, and the publishing that tells the rest of the site."""

from wagtail.log_actions import log

from ..models import EntryTopic
from .drafting import Draft
from .known import Database


def publish(draft: Draft, known: Database) -> None:
    entry = draft.entry
    if draft.new_topics:
        _add_new_topics(draft, known)
    if draft.is_new:
        entry.save()
        log(instance=entry, action="wagtail.create", content_changed=True)
    revision = entry.save_revision(clean=False, log_action=not draft.is_new)
    if entry.live:
        entry.publish(revision)


def _add_new_topics(draft: Draft, known: Database) -> None:
    wanted = draft.row.values["topics"]
    assert isinstance(wanted, tuple)
    ids = [known.topic_id(slug) for slug in wanted]
    draft.entry.entry_topics.set([EntryTopic(topic_id=pk, sort_order=order) for order, pk in enumerate(ids)])
