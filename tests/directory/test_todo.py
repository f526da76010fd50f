"""What waits for those who keep the directory: in the admin and by mail."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.db import connection
from django.test import Client, override_settings
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from wagtail.models import GroupApprovalTask, Locale, Workflow, WorkflowTask

from directory import todo
from directory.models import Entry, ErrorReport

from .conftest import MakeEntry, translate
from .test_bulk_actions import act
from .test_error_reports import may_deal_with_reports

LIST = "wagtailsnippets_torv_directory_entry:list"


def counts(user: User) -> list[int]:
    return [one.count for one in todo.todos(User.objects.get(pk=user.pk))]


@pytest.fixture
def waiting(make_entry: MakeEntry, editor: User, locales: dict[str, Locale]) -> Entry:
    """Two entries not checked for long, one checked yesterday, a draft from an import, a report."""
    today = timezone.localdate()
    may_deal_with_reports(editor)
    never = make_entry("Aldrig", kind="contact-point", phone="+4586123456")
    translate(never, locales["de"], name="Nie")
    make_entry("Længe siden", assured_on=today - timedelta(days=400), assured_by="Frivilligcentret")
    make_entry("I går", assured_on=today - timedelta(days=1))
    make_entry("Kladde", external_id="k-1", live=False)
    make_entry("Væk", status="defunct")
    ErrorReport.objects.create(entry=never, what="times")
    ErrorReport.objects.create(entry=never, what="times", status="dealt-with")
    return never


def test_the_first_page_and_the_page_behind_it_count_what_waits(
    waiting: Entry, desk: Client, editor: User
) -> None:
    home = desk.get(reverse("wagtailadmin_home")).content.decode()
    for text in ("2 entries have not been checked for 365 days", "1 imported entry", "1 reported error is"):
        assert text in home
    assert "waits for approval" not in home
    page = desk.get(reverse("torv_directory_todo"))
    assert "0 entries wait for approval." in page.content.decode()
    assert counts(editor) == [2, 0, 1, 1]
    listed = {one.text: desk.get(one.url).content.decode() for one in page.context["todos"] if one.count}
    due = next(html for text, html in listed.items() if "365" in text)
    assert "Aldrig" in due
    assert "Længe siden" in due
    assert not [name for name in ("I går", "Væk", "Nie") if name in due]
    with override_settings(TORV_DIRECTORY={"CHECK_AFTER_DAYS": 500}):
        assert counts(editor)[0] == 1


def test_marked_as_checked_with_who_did_it_is_done(waiting: Entry, desk: Client, editor: User) -> None:
    asked = desk.get(
        reverse("wagtail_bulk_action", args=("torv_directory", "entry", "mark-as-checked")),
        {"id": [waiting.pk]},
    )
    assert 'value="Frivilligcentret"' in asked.content.decode()
    act(desk, "mark-as-checked", waiting, assured_by="Selvhjælpsrådet")
    waiting.refresh_from_db()
    assert (waiting.assured_on, waiting.assured_by) == (date.today(), "Selvhjælpsrådet")
    assert counts(editor)[0] == 1


def test_what_waits_for_approval_is_counted(waiting: Entry, editor: User) -> None:
    workflow = Workflow.objects.create(name="Two pairs of eyes")
    task = GroupApprovalTask.objects.create(name="The second pair")
    task.groups.set(editor.groups.all())
    WorkflowTask.objects.create(workflow=workflow, task=task)
    waiting.save_revision()
    state = workflow.start(waiting, editor)
    assert counts(editor)[1] == 1
    assert list(Entry.objects.in_moderation()) == [waiting]
    state.cancel(user=editor)
    assert counts(editor)[1] == 0


def test_more_rows_ask_no_more_of_the_database(waiting: Entry, editor: User, make_entry: MakeEntry) -> None:
    user = User.objects.get(pk=editor.pk)
    todo.todos(user)
    with CaptureQueriesContext(connection) as before:
        todo.todos(user)
    for number in range(4):
        ErrorReport.objects.create(entry=make_entry(f"Ny {number}"), what="gone")
    with CaptureQueriesContext(connection) as after:
        todo.todos(user)
    assert len(before) == len(after)


def test_who_may_not_publish_entries_has_no_such_page(waiting: Entry, client: Client, editor: User) -> None:
    editor.groups.get().permissions.remove(*editor.groups.get().permissions.filter(codename="publish_entry"))
    client.force_login(User.objects.get(pk=editor.pk), backend="django.contrib.auth.backends.ModelBackend")
    assert client.get(reverse("torv_directory_todo")).status_code in (302, 403)
    assert "365" not in client.get(reverse("wagtailadmin_home")).content.decode()


def test_once_a_week_each_is_reminded_of_what_waits(waiting: Entry, mailoutbox: list[Any]) -> None:
    with override_settings(TORV_DIRECTORY={"WEEKLY_REMINDER": False}):
        todo.remind()
    assert mailoutbox == []
    todo.remind()
    [mail] = mailoutbox
    assert mail.to == ["redaktion@example.org"]
    assert "2 entries have not been checked for 365 days." in mail.body
    assert "to_do=check-due" in mail.body
    assert "0 entries" not in mail.body
    Entry.objects.all().delete()
    todo.remind()
    assert len(mailoutbox) == 1
