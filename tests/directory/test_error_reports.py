"""Readers report what is wrong in an entry; editors deal with it; nothing of it stays for long."""

from datetime import timedelta
from typing import Any

import pytest
from django.contrib.auth.models import Group, Permission, User
from django.test import Client, override_settings
from django.urls import reverse
from django.utils import timezone
from wagtail.models import Locale, ModelLogEntry

from cms_blocks.erasure import erase, export
from cms_blocks.models import PrivatePerson
from cms_blocks.traces import Words
from directory import error_reports
from directory.models import Entry, ErrorReport
from directory.pages.models import DirectoryPage

from .conftest import MakeEntry, translate
from .test_privacy import time_machine

WORDS = "Nummeret hører til en anden nu"
SENDER = "laeser@post.example"


def url_of(entry: Entry, language: str = "da") -> str:
    return f"/{language}/report-error/{entry.translation_key}/"


def send(client: Client, url: str, **words: str) -> Any:
    with time_machine(seconds=-10):
        stamp = client.get(url).context["form"].fields["stamp"].initial
    data = {"stamp": stamp, "homepage": "", "what": "contact", "text": WORDS, "email": SENDER, **words}
    return client.post(url, data, HTTP_ORIGIN="http://testserver")


def may_deal_with_reports(user: User) -> None:
    wanted = ["view_errorreport", "change_errorreport", "delete_errorreport"]
    Group.objects.get(name="Directory editors").permissions.add(
        *Permission.objects.filter(codename__in=wanted)
    )
    User.objects.filter(pk=user.pk).update(email="redaktion@example.org")


@pytest.fixture
def entry(directory_page: DirectoryPage, make_entry: MakeEntry) -> Entry:
    return make_entry("Sorggruppen", phone="+4586123456")


def test_a_report_is_stored_and_editors_are_told_without_its_words(
    entry: Entry, editor: User, mailoutbox: list[Any], django_capture_on_commit_callbacks: Any
) -> None:
    may_deal_with_reports(editor)
    client = Client(enforce_csrf_checks=True)
    page = client.get(f"{DirectoryPage.objects.get().url}{entry.slug}/")
    assert url_of(entry) in page.content.decode()
    form = client.get(url_of(entry))
    assert "no-store" in form.headers["Cache-Control"]
    assert not form.cookies
    with django_capture_on_commit_callbacks(execute=True):
        answer = send(client, url_of(entry))
    assert (answer.status_code, answer.url) == (303, f"{url_of(entry)}thanks/")
    assert "Tak" in client.get(answer.url).content.decode()
    report = ErrorReport.objects.get()
    assert (report.entry, report.what, report.text, report.email) == (entry, "contact", WORDS, SENDER)
    assert (report.status, report.language) == ("open", "da")
    [mail] = mailoutbox
    assert mail.to == ["redaktion@example.org"]
    assert reverse("wagtailsnippets_torv_directory_errorreport:edit", args=[report.pk]) in mail.body
    assert WORDS not in mail.body
    assert SENDER not in mail.body


def test_the_setting_and_the_entry_name_whom_to_tell(
    entry: Entry, editor: User, mailoutbox: list[Any], django_capture_on_commit_callbacks: Any, client: Client
) -> None:
    may_deal_with_reports(editor)
    Entry.objects.update(feedback_email="gruppen@example.org")
    settings = override_settings(TORV_DIRECTORY={"ERROR_REPORT_EMAIL": "vejviser@example.org"})
    with settings, django_capture_on_commit_callbacks(execute=True):
        send(client, url_of(entry))
    assert sorted(mail.to[0] for mail in mailoutbox) == ["gruppen@example.org", "vejviser@example.org"]
    [group] = [mail for mail in mailoutbox if mail.to == ["gruppen@example.org"]]
    assert "/admin/" not in group.body


def test_what_is_wrong_with_the_form_is_said_and_nothing_typed_is_lost(entry: Entry, client: Client) -> None:
    for words in ({"what": ""}, {"email": "laeser"}, {"what": "other", "text": ""}, {"homepage": "x"}):
        answer = send(client, url_of(entry), **words)
        assert answer.status_code == 200, words
        assert answer.context["form"].errors
    asked = send(client, url_of(entry), text="Mit nummer er 010190-1234")
    assert "CPR-nummer" in asked.content.decode()
    assert "010190-1234" in asked.content.decode()
    assert not ErrorReport.objects.exists()
    assert send(client, url_of(entry), text="Mit nummer er 010190-1234", sure="on").status_code == 303


def test_only_a_page_that_readers_can_see_has_a_form(
    entry: Entry, client: Client, locales: dict[str, Locale], german_page: DirectoryPage
) -> None:
    german = translate(entry, locales["de"], name="Trauergruppe")
    assert "Trauergruppe" in client.get(url_of(german, "de")).content.decode()
    assert send(client, url_of(german, "de")).status_code == 303
    assert ErrorReport.objects.get().entry == entry
    Entry.objects.update(live=False)
    assert client.get(url_of(entry)).status_code == 404
    assert client.get(f"{url_of(entry)}thanks/").status_code == 404


def test_editors_deal_with_reports_one_by_one_and_together(entry: Entry, desk: Client, editor: User) -> None:
    may_deal_with_reports(editor)
    first, second = (
        ErrorReport.objects.create(entry=entry, what="times", text=WORDS, email=SENDER) for _ in range(2)
    )
    listing = desk.get(reverse("wagtailsnippets_torv_directory_errorreport:list"), {"status": "open"})
    assert "Sorggruppen" in listing.content.decode()
    edit = reverse("wagtailsnippets_torv_directory_errorreport:edit", args=[first.pk])
    assert WORDS in desk.get(edit).content.decode()
    sent = {"entry": entry.pk, "what": "times", "text": WORDS, "email": SENDER, "status": "dealt-with"}
    assert desk.post(edit, sent).status_code == 302
    first.refresh_from_db()
    assert (first.status, first.dealt_with_on) == ("dealt-with", timezone.localdate())
    together = reverse("wagtail_bulk_action", args=("torv_directory", "errorreport", "deal-with"))
    back = reverse("wagtailadmin_home")
    done = desk.post(f"{together}?id={second.pk}&next={back}", follow=True)
    assert "1 report is dealt with." in done.content.decode()
    second.refresh_from_db()
    assert second.status == "dealt-with"
    logged = [f"{log.label} {log.data}" for log in ModelLogEntry.objects.all()]
    assert logged
    assert not [line for line in logged if WORDS in line or SENDER in line]


def test_who_keeps_no_reports_reads_none(entry: Entry, desk: Client) -> None:
    report = ErrorReport.objects.create(entry=entry, what="times", text=WORDS)
    for name, args in (("list", []), ("edit", [report.pk]), ("delete", [report.pk])):
        answer = desk.get(reverse(f"wagtailsnippets_torv_directory_errorreport:{name}", args=args))
        assert answer.status_code in (302, 403)


def test_a_report_is_deleted_some_weeks_after_it_is_dealt_with(entry: Entry) -> None:
    today = timezone.localdate()
    for status, days in (("dealt-with", 31), ("dealt-with", 29), ("open", 400)):
        report = ErrorReport.objects.create(entry=entry, what="times", status=status)
        ErrorReport.objects.filter(pk=report.pk).update(dealt_with_on=today - timedelta(days=days))
    assert error_reports.delete_old() == 1
    assert ErrorReport.objects.count() == 2


def test_a_report_that_names_a_person_is_handed_out_and_erased(entry: Entry) -> None:
    person = PrivatePerson.objects.create(name="Xenia Qvist", email=SENDER)
    report = ErrorReport.objects.create(entry=entry, what="private", text="Xenia Qvist er væk", email=SENDER)
    assert any(
        "Xenia Qvist er væk" in found["texts"] for found in export(person, Words.of(person))["mentioned_in"]
    )
    erase(person, Words.of(person))
    report.refresh_from_db()
    assert report.email == ""
    assert "Xenia" not in report.text
