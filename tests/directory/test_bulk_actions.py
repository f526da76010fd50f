"""Many entries at once, from the list of the admin."""

from datetime import date
from typing import Any

import pytest
from django.contrib.auth.models import Permission, User
from django.test import Client
from django.urls import reverse
from wagtail.models import Locale, ModelLogEntry

from directory.bulk_actions import _assign
from directory.models import Entry

from .conftest import MakeEntry, MakeTopic, translate


def act(desk: Client, action: str, *entries: Entry, **sent: Any) -> Any:
    address = reverse("wagtail_bulk_action", args=("torv_directory", "entry", action))
    query = "&".join(f"id={entry.pk}" for entry in entries)
    return desk.post(f"{address}?{query}", sent, follow=True)


def said(response: Any) -> list[str]:
    return [str(message) for message in response.context["messages"]]


def actions(entry: Entry) -> list[str]:
    return list(ModelLogEntry.objects.for_instance(entry).values_list("action", flat=True))


def test_ready_drafts_are_published_and_the_others_named_with_the_reason(
    desk: Client, make_entry: MakeEntry, editor: User
) -> None:
    ready = make_entry("Netværket", kind="network", summary="Vi mødes.", phone="+4586123456", live=False)
    bare = make_entry("Tomt", kind="contact-point", live=False)
    page = desk.get(
        reverse("wagtail_bulk_action", args=("torv_directory", "entry", "publish")),
        {"id": [ready.pk, bare.pk]},
    )
    assert "What is not ready stays a draft" in page.content.decode()
    response = act(desk, "publish", ready, bare)
    done, refused = Entry.objects.get(pk=ready.pk), Entry.objects.get(pk=bare.pk)
    assert (done.live, refused.live) == (True, False)
    assert any(text.startswith("Tomt: Before publishing, say how to reach it") for text in said(response))
    assert any("1 entry done." in text for text in said(response))
    assert "wagtail.publish" in actions(done)


def test_checked_today_is_written_on_the_entry_and_an_unfinished_draft_stays_one(
    desk: Client, make_entry: MakeEntry, locales: dict[str, Locale]
) -> None:
    entry = make_entry("Sorg", kind="contact-point", phone="+4586123456")
    translation = translate(entry, locales["de"], name="Trauer")
    begun = make_entry("Angst", kind="contact-point", phone="+4586123457")
    begun.name = "Angst og uro"
    begun.save_revision()
    response = act(desk, "mark-as-checked", entry, translation, begun)
    assert any("2 entries done." in text for text in said(response))
    assert set(Entry.objects.sources().values_list("name", "assured_on")) == {
        ("Sorg", date.today()),
        ("Angst", date.today()),
    }
    begun = Entry.objects.get(pk=begun.pk)
    draft = begun.get_latest_revision_as_object()
    assert begun.has_unpublished_changes
    assert (draft.name, draft.assured_on) == ("Angst og uro", date.today())


def test_topics_are_added_and_taken_away(desk: Client, make_entry: MakeEntry, make_topic: MakeTopic) -> None:
    grief, fear = make_topic("Sorg"), make_topic("Angst")
    entry = make_entry("Gruppen", topics=(grief,), phone="+4586123456")
    response = act(desk, "assign-topics", entry)
    assert "Choose at least one topic." in response.content.decode()
    act(desk, "assign-topics", entry, added=[fear.pk, grief.pk], removed=[grief.pk])
    assert topics(entry) == ["Sorg"]
    act(desk, "assign-topics", entry, added=[fear.pk], removed=[grief.pk])
    assert topics(entry) == ["Angst"]
    refused = act(desk, "assign-topics", entry, removed=[fear.pk])
    assert any("choose at least one topic" in text for text in said(refused))
    assert topics(entry) == ["Angst"]


def test_a_topic_and_the_one_it_leads_to_are_one(
    desk: Client, make_entry: MakeEntry, make_topic: MakeTopic, locales: dict[str, Locale]
) -> None:
    grief, fear = make_topic("Sorg", de="Trauer"), make_topic("Angst")
    missing = make_topic("Savn", see=grief)
    entry = make_entry("Gruppen", topics=(grief,), phone="+4586123456")
    page = desk.get(reverse("wagtail_bulk_action", args=("torv_directory", "entry", "assign-topics")))
    offered = page.context["form"].fields["added"].queryset
    assert list(offered) == [fear, grief]
    refused = act(desk, "assign-topics", entry, added=[missing.pk])
    assert "is not one of the available choices" in refused.content.decode()
    _assign(entry, [missing, fear], [])
    entry.save()
    assert topics(entry) == ["Sorg", "Angst"]
    _assign(entry, [], [missing])
    entry.save()
    assert topics(entry) == ["Angst"]


def test_what_carries_a_topic_that_later_leads_to_another_one_it_carries_can_be_changed(
    desk: Client, make_entry: MakeEntry, make_topic: MakeTopic
) -> None:
    missing, grief = make_topic("Savn"), make_topic("Sorg")
    checked, draft = (
        make_entry(name, kind="contact-point", topics=(missing, grief), phone="+4586123456", live=live)
        for name, live in (("Gruppen", True), ("Kladden", False))
    )
    for entry in (checked, draft):
        entry.save_revision()
    missing.see = grief
    missing.save()
    assert topics(checked) == ["Sorg"]
    act(desk, "publish", draft)
    act(desk, "mark-as-checked", checked)
    assert Entry.objects.get(pk=draft.pk).live
    assert Entry.objects.get(pk=checked.pk).assured_on == date.today()
    assert topics(draft) == topics(checked) == ["Sorg"]


def topics(entry: Entry) -> list[str]:
    return list(Entry.objects.get(pk=entry.pk).entry_topics.values_list("topic__pref_label", flat=True))


def test_archived_entries_vanish_and_can_be_brought_back(
    desk: Client, make_entry: MakeEntry, locales: dict[str, Locale]
) -> None:
    entry = make_entry("Sorg", kind="contact-point", phone="+4586123456")
    translate(entry, locales["de"], name="Trauer")
    act(desk, "archive", entry)
    archived = Entry.objects.get(pk=entry.pk)
    assert (archived.live, archived.status) == (False, "defunct")
    assert not Entry.objects.public().exists()
    assert "wagtail.unpublish" in actions(archived)
    draft = archived.get_latest_revision_as_object()
    draft.status = "active"
    draft.save_revision().publish()
    assert Entry.objects.public().count() == 2


@pytest.mark.parametrize("action", ["publish", "mark-as-checked", "assign-topics", "archive"])
def test_who_may_not_publish_and_what_is_locked_changes_nothing(
    desk: Client, make_entry: MakeEntry, make_topic: MakeTopic, editor: User, action: str
) -> None:
    topic = make_topic("Sorg")
    locked = make_entry("Låst", kind="contact-point", phone="+4586123456", locked=True)
    response = act(desk, action, locked, added=[topic.pk])
    assert any("Låst: It is locked" in text for text in said(response))
    editor.groups.get().permissions.remove(Permission.objects.get(codename="publish_entry"))
    free = make_entry("Fri", kind="contact-point", phone="+4586123457", live=False)
    act(desk, action, free, added=[topic.pk])
    assert not Entry.objects.get(pk=free.pk).live
    assert not ModelLogEntry.objects.filter(content_type=Entry.get_content_type()).exists()
