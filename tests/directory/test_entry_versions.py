"""Wagtail's history, comparison, scheduled publishing, locks and workflow on entries."""

from collections.abc import Callable
from datetime import date, time, timedelta
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.core.management import call_command
from django.test import Client
from django.utils import timezone
from wagtail.models import Locale, ModelLogEntry

from cms_blocks.models import Consent, PrivatePerson
from directory.models import (
    CostOption,
    Entry,
    EntryContact,
    EntryRelation,
    EntryTopic,
    Location,
    Schedule,
    TeamMember,
)
from directory.pages.models import DirectoryPage
from search.models import SearchDocument

from .conftest import MakeEntry, MakeTopic, translate
from .test_admin import address, approval, form
from .test_bulk_actions import act, said
from .test_privacy import agree

__all__ = ["approval"]  # a fixture

Clock = Callable[[timedelta], None]
LIST = "/da/vejviser/"
REACHABLE = {"phone": "86 12 34 56"}


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    """`clock(timedelta(hours=2))` sets the time to so long after now."""
    begin = timezone.now()

    def move(later: timedelta) -> None:
        monkeypatch.setattr(timezone, "now", lambda: begin + later)

    return move


def tick() -> None:
    call_command("torv_tick", verbosity=0)


def written(moment: timedelta) -> str:
    return timezone.localtime(timezone.now() + moment).strftime("%Y-%m-%d %H:%M")


def found(slug: str, url: str = LIST) -> bool:
    """Whether a reader finds the entry in the list and at its own address."""
    listed = f"{url}{slug}/" in Client().get(f"{url}?q=gruppe").content.decode()
    assert listed == (Client().get(f"{url}{slug}/").status_code == 200)
    return listed


@pytest.mark.django_db(transaction=True)
def test_a_scheduled_entry_is_found_at_its_moment_and_not_after_its_end(
    desk: Client, directory_page: DirectoryPage, clock: Clock
) -> None:
    dates = {"go_live_at": written(timedelta(hours=1)), "expire_at": written(timedelta(hours=3))}
    sent = form(name="En gruppe", **REACHABLE, **dates, **{"action-publish": "1"})
    assert desk.post(address("add"), sent).status_code == 302
    assert not Entry.objects.get().live
    tick()
    assert not found("en-gruppe")
    clock(timedelta(hours=2))
    tick()
    assert found("en-gruppe")
    clock(timedelta(hours=4))
    assert not found("en-gruppe")  # at its end, before anything is tidied up
    tick()
    assert (Entry.objects.get().live, Entry.objects.get().expired) == (False, True)
    assert not SearchDocument.objects.filter(kind="entry").exists()


def test_what_cannot_be_published_when_it_is_due_stops_nothing_else_and_is_told(
    desk: Client, editor: User, site: Any, clock: Clock, mailoutbox: list[Any]
) -> None:
    User.objects.update(email="editor@torvkoebing.example")
    soon = {"go_live_at": written(timedelta(hours=1)), "action-publish": "1"}
    for name in ("Mangler", "Klar"):
        desk.post(address("add"), form(name=name, **REACHABLE, **soon))
    lacking = Entry.objects.get(name="Mangler")
    revision = lacking.latest_revision
    revision.content["phone"] = ""
    revision.save()
    clock(timedelta(hours=2))
    tick()
    tick()
    assert dict(Entry.objects.values_list("name", "live")) == {"Mangler": False, "Klar": True}
    [mail] = [mail for mail in mailoutbox if address("edit", lacking.pk) in mail.body]
    assert mail.to == ["editor@torvkoebing.example"]
    assert "say how to reach it" in mail.body
    assert "Mangler" in desk.get(address("history", lacking.pk)).content.decode()


def test_what_contradicts_the_database_when_it_is_due_stops_nothing_else_and_is_told(
    desk: Client, editor: User, site: Any, clock: Clock, mailoutbox: list[Any], make_entry: MakeEntry
) -> None:
    User.objects.update(email="editor@torvkoebing.example")
    make_entry("Taget", slug="taget")
    soon = {"go_live_at": written(timedelta(hours=1)), "action-publish": "1"}
    for name in ("Dobbelt", "Klar"):
        desk.post(address("add"), form(name=name, **REACHABLE, **soon))
    double = Entry.objects.get(name="Dobbelt")
    double.latest_revision.content["slug"] = "taget"
    double.latest_revision.save()
    clock(timedelta(hours=2))
    tick()
    tick()
    assert dict(Entry.objects.values_list("name", "live")) == {"Taget": True, "Dobbelt": False, "Klar": True}
    [mail] = [mail for mail in mailoutbox if address("edit", double.pk) in mail.body]
    assert "such as the same address" in mail.body


def test_a_scheduled_draft_with_a_topic_and_the_one_it_now_leads_to_is_published(
    desk: Client, site: Any, clock: Clock, make_entry: MakeEntry, make_topic: MakeTopic
) -> None:
    missing, grief = make_topic("Savn"), make_topic("Sorg")
    entry = make_entry("Gruppen", topics=(missing, grief), phone="+4586123456", live=False)
    entry.save_revision(approved_go_live_at=timezone.now() + timedelta(hours=1))
    missing.see = grief
    missing.save()
    clock(timedelta(hours=2))
    tick()
    entry = Entry.objects.get(pk=entry.pk)
    assert entry.live
    assert entry.topic_ids == [grief.pk]


@pytest.mark.django_db(transaction=True)
def test_a_german_translation_goes_live_through_the_workflow(
    desk: Client,
    approval: None,
    admin_client: Client,
    german_page: DirectoryPage,
    make_entry: MakeEntry,
    locales: dict[str, Locale],
) -> None:
    source = make_entry("Sorggruppe", phone="+4586123456")
    row = translate(source, locales["de"], live=False)
    sent = {"name": "Trauergruppe", "summary": "", "description": "null", "action-submit": "1"}
    assert desk.post(address("edit", row.pk), sent).status_code == 302
    row = Entry.objects.get(pk=row.pk)
    german = "/de/verzeichnis/"
    assert "Trauergruppe" not in Client().get(german).content.decode()
    state = row.current_workflow_task_state
    admin_client.post(address("workflow_action", row.pk, "approve", state.pk), {"comment": ""})
    assert Entry.objects.get(pk=row.pk).live
    assert "Trauergruppe" in Client().get(german).content.decode()
    assert found("sorggruppe", german)
    source.unpublish()
    assert not found("sorggruppe", german)


@pytest.mark.django_db(transaction=True)
def test_what_is_approved_before_its_moment_waits_for_it(
    desk: Client, approval: None, admin_client: Client, directory_page: DirectoryPage, clock: Clock
) -> None:
    later = {"go_live_at": written(timedelta(hours=1)), "action-submit": "1"}
    desk.post(address("add"), form(name="En gruppe", **REACHABLE, **later))
    entry = Entry.objects.get()
    state = entry.current_workflow_task_state
    admin_client.post(address("workflow_action", entry.pk, "approve", state.pk), {"comment": ""})
    assert not found("en-gruppe")
    clock(timedelta(hours=2))
    tick()
    assert found("en-gruppe")


@pytest.mark.parametrize("action", ["publish", "mark-as-checked", "archive"])
def test_a_locked_entry_refuses_edits_and_bulk_actions_of_others(
    desk: Client, make_entry: MakeEntry, locales: dict[str, Locale], action: str
) -> None:
    other = User.objects.create_user("other", password="a-long-password-for-tests")
    entry = make_entry("Låst", phone="+4586123456", locked=True, locked_by=other)
    row = translate(entry, locales["de"], name="Gesperrt")
    desk.post(address("edit", entry.pk), form(name="Andet navn", **{"action-publish": "1"}))
    # Facts belong to the source row: a translation is no way around its lock.
    response = act(desk, action, entry if action == "publish" else row)
    assert any("locked" in text for text in said(response))
    after = Entry.objects.get(pk=entry.pk)
    assert (after.name, after.status, after.assured_on, after.live) == ("Låst", "active", None, True)
    assert after.revisions.count() == 0


def test_versions_are_compared_in_words(
    desk: Client, editor: User, make_entry: MakeEntry, make_topic: MakeTopic
) -> None:
    """Every sort of child row, lists of codes and days, and numbers."""
    entry = make_entry(kind="contact-point", phone="+4586123456", cities=["Aarhus"])
    first = entry.save_revision(user=editor)
    draft = entry.get_latest_revision_as_object()
    draft.phone = "+4586123457"
    draft.languages, draft.offer_forms = ["da", "de"], ["group"]
    draft.locations = [*draft.locations.all(), Location(city="Randers", facilities=["step-free"])]
    draft.schedules = [
        Schedule(byday=["MO", "TH"], opens_at=time(9), except_dates=[date(2026, 12, 24)], note="Kom i tide")
    ]
    draft.entry_topics = [EntryTopic(topic=make_topic("Angst"))]
    draft.team_members = [TeamMember(name="Bo Bosen", is_staff=True)]
    draft.cost_options = [CostOption(option="Kaffe", amount=20)]
    draft.relations = [EntryRelation(kind="member_of", to_entry=make_entry("Paraplyen"))]
    second = draft.save_revision(user=editor)
    response = desk.get(address("revisions_compare", entry.pk, first.pk, second.pk))
    page = response.content.decode()
    for words in ("+45 86 12 34 57", "Danish", "German", "Randers", "Monday, Thursday", "Dec. 24, 2026"):
        assert words in page, words
    for words in ("Kom i tide", "Angst", "Bo Bosen", "Kaffe", "Paraplyen", "Member of"):
        assert words in page, words
    assert "[&#x27;" not in page  # no list of codes


def test_a_comparison_and_the_history_say_nothing_of_a_private_person(
    desk: Client, editor: User, make_entry: MakeEntry, admin_client: Client
) -> None:
    entry = make_entry(kind="contact-point", phone="+4586123456")
    first = entry.save_revision(user=editor)
    xenia = PrivatePerson.objects.create(name="Xenia Qvistgaardsen", email="xenia.qv@privat.example")
    agree(xenia, "name", "mail", "membership")
    draft = entry.get_latest_revision_as_object()
    draft.contacts = [EntryContact(person=xenia, role="Tovholder")]
    draft.team_members = [TeamMember(person=xenia, role="Medlem")]
    second = draft.save_revision(user=editor, log_action=True)
    second.publish(user=editor)
    Consent.objects.update(withdrawn_on=timezone.localdate())
    urls = [
        address("revisions_compare", entry.pk, first.pk, second.pk),
        address("history", entry.pk),
        address("revisions_view", entry.pk, second.pk),
        address("revisions_revert", entry.pk, second.pk),
    ]
    pages = [desk.get(url).content.decode() for url in urls]
    assert f"Person {xenia.pk}" in pages[0]
    assert not [page for page in pages if "Xenia" in page or "xenia.qv" in page]
    assert "Xenia" not in str(list(ModelLogEntry.objects.values("label", "data")))
