"""The report "Search index": what is there, what waits, what has failed, and who may see it."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.contrib.auth.models import Group, Permission, User
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from search import conf
from search.models import ElasticsearchIndex, OutboxRow, SearchDocument

pytestmark = pytest.mark.django_db


@pytest.fixture
def reader(client: Client, site) -> Client:
    """Somebody who may enter the admin and see the report, and reads English."""
    user = User.objects.create_user("drift", "drift@torvkoebing.example", "lang-og-hemmelig")
    group = Group.objects.create(name="Drift")
    group.permissions.set(Permission.objects.filter(codename__in=["access_admin", "view_outboxrow"]))
    user.groups.add(group)
    client.force_login(user)
    client.defaults["HTTP_ACCEPT_LANGUAGE"] = "en"
    return client


def page(client: Client) -> str:
    answer = client.get(reverse("torv_search_report"))
    assert answer.status_code == 200
    return " ".join(answer.content.decode().split())


def put_off(notes, key: str, attempts: int = 0, **age: int) -> OutboxRow:
    row = OutboxRow.objects.create(
        searchable=notes.name,
        object_key=key,
        due_at=timezone.now() + timedelta(hours=1),
        attempts=attempts,
        error="ValueError: <b>broken</b>" if attempts else "",
    )
    OutboxRow.objects.filter(pk=row.pk).update(created_at=timezone.now() - timedelta(**age))
    return row


def dead(notes, key: str) -> OutboxRow:
    return put_off(notes, key, attempts=conf.current().max_attempts, days=2)


def test_an_empty_index_is_said(reader, notes) -> None:
    shown = page(reader)
    for sentence in ("The index is empty.", "Nothing waits.", "Nothing has failed."):
        assert sentence in shown
    assert "Try again" not in shown


def test_documents_are_counted_by_kind_and_language(reader, notes) -> None:
    for key in ("1", "2", "3"):
        notes.put(key, "Gruppe")
    notes.put("1", "Gruppe", locale="de")
    notes.index()
    shown = page(reader)
    assert '<th scope="row">note <code>tests.note</code></th> <td>3</td><td>1</td>' in shown
    assert '<th scope="col">Dansk</th><th scope="col">Deutsch</th>' in shown
    assert f"database ({connection.vendor})" in shown


def test_a_locale_that_the_site_has_not_any_more_is_shown_by_its_code(reader, notes) -> None:
    notes.put("1", "Gruppe")
    notes.index()
    SearchDocument.objects.update(locale="fo")
    assert '<th scope="col">fo</th>' in page(reader)


def test_what_waits_is_counted_with_the_age_of_the_oldest(reader, notes) -> None:
    put_off(notes, "1", hours=3)
    put_off(notes, "2", attempts=1, hours=1)
    assert "2 items wait, the oldest for 3 hours." in page(reader)


def test_the_failed_are_listed_with_their_error_escaped(reader, notes) -> None:
    dead(notes, "41")
    shown = page(reader)
    assert '<th scope="row"><code>tests.note</code> 41</th>' in shown
    assert "ValueError: &lt;b&gt;broken&lt;/b&gt;" in shown
    assert "Nothing waits." in shown


def test_the_failed_are_tried_again_at_the_press_of_the_button(
    reader, notes, django_capture_on_commit_callbacks
) -> None:
    notes.put("1", "Gruppe")
    dead(notes, "1")
    waits = put_off(notes, "2", attempts=2)
    with django_capture_on_commit_callbacks(execute=True):
        answer = reader.post(reverse("torv_search_report"))
    assert answer.url == reverse("torv_search_report")
    assert "1 item is tried again." in page(reader)
    assert SearchDocument.objects.get().title == "Gruppe"
    assert OutboxRow.objects.get().pk == waits.pk


def test_what_fails_again_waits_with_its_error(reader, notes, django_capture_on_commit_callbacks) -> None:
    notes.put("1", "Gruppe")
    notes.broken.add("1")
    dead(notes, "1")
    with django_capture_on_commit_callbacks(execute=True):
        reader.post(reverse("torv_search_report"))
    row = OutboxRow.objects.get()
    assert (row.attempts, row.error) == (1, "RuntimeError: 1 is broken")


def test_nothing_to_try_again_is_said(reader, notes) -> None:
    assert reader.post(reverse("torv_search_report")).status_code == 302
    assert "is tried again" not in page(reader)


def test_many_failed_are_listed_in_part_and_the_queries_do_not_grow(reader, notes) -> None:
    dead(notes, "first")
    page(reader)  # fills caches
    with CaptureQueriesContext(connection) as few:
        page(reader)
    for key in range(120):
        notes.put(str(key), "Gruppe", locale=("da", "de", "en")[key % 3])
        dead(notes, str(key))
    notes.index()
    with CaptureQueriesContext(connection) as many:
        shown = page(reader)
    assert len(many) == len(few)
    assert "121 items could not be written" in shown
    assert "Only the first 100 are listed." in shown
    assert shown.count('<th scope="row"><code>') == 100


def test_the_report_is_in_the_menu_of_those_who_may_see_it(reader) -> None:
    assert reverse("torv_search_report") in reader.get(reverse("wagtailadmin_home")).content.decode()


def test_others_see_neither_the_report_nor_the_menu_item_nor_can_press_the_button(reader, notes) -> None:
    Group.objects.get(name="Drift").permissions.remove(Permission.objects.get(codename="view_outboxrow"))
    row = dead(notes, "1")
    address = reverse("torv_search_report")
    for answer in (reader.get(address), reader.post(address)):
        assert (answer.status_code, answer.url) == (302, reverse("wagtailadmin_home"))
    assert address not in reader.get(reverse("wagtailadmin_home")).content.decode()
    row.refresh_from_db()
    assert row.attempts == conf.current().max_attempts


def test_a_stranger_is_led_to_the_login(client: Client, site) -> None:
    address = reverse("torv_search_report")
    assert client.get(address).url.startswith(reverse("wagtailadmin_login"))


def test_groups_can_be_given_the_report(admin_client: Client, site) -> None:
    form = admin_client.get(reverse("wagtailusers_groups:add")).content.decode()
    permission = Permission.objects.get(codename="view_outboxrow")
    assert f'value="{permission.pk}"' in form


def test_elasticsearch_that_is_away_is_said_and_breaks_nothing(reader, notes, settings) -> None:
    settings.TORV_SEARCH = {"ELASTICSEARCH": {"URLS": ["http://127.0.0.1:9"], "PREFIX": "away"}}
    ElasticsearchIndex.objects.create(
        name="away-1",
        prefix="away",
        mapping_version="old",
        current=True,
        built_at=timezone.now() - timedelta(hours=2),
        error="ConnectionError: <refused>",
        failed_at=timezone.now(),
    )
    notes.put("1", "Gruppe")
    notes.index()
    shown = page(reader)
    for words in (
        "Elasticsearch does not answer. The database answers in its place.",
        "<code>away-1</code>",
        "The index was made by another version of Torv.",
        "ConnectionError: &lt;refused&gt;",
        "1 (the oldest for 0",
    ):
        assert words in shown
