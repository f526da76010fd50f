"""Readers say whether a page was useful; editors read it, and nothing about the reader is kept."""

from datetime import timedelta

import pytest
from django.contrib.auth.models import Permission, User
from django.core.cache import cache
from django.db import connection
from django.test import override_settings
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from wagtail.models import PageViewRestriction

from cms_blocks import chores
from cms_blocks.models import PageFeedback, QuietSection, SiteFrame
from tests.cms_blocks import factories
from tests.cms_blocks.test_public_forms import HOST, stamp

pytestmark = pytest.mark.django_db

REPORT = "torv_blocks_feedback_report"
PAGE_REPORT = "torv_blocks_feedback_of_page"


@pytest.fixture
def page(home):
    return factories.below(home, title="Pas", slug="pas")


def address(page):
    return reverse("torv_blocks:feedback", args=[page.pk])


def send(client, page, useful="no", **values):
    data = {"reason": "", "text": "", "stamp": stamp("feedback"), **values}
    return client.post(f"{address(page)}?useful={useful}", data, headers={"Origin": HOST})


def is_asked(client, page):
    return address(page) in client.get(page.url).content.decode()


def answered(page, number=1, **values):
    given = {"page": page, "is_useful": False, **values}
    return PageFeedback.objects.bulk_create([PageFeedback(**given) for _ in range(number)])


def test_a_reader_says_what_was_missing_without_script_or_cookie(page, client):
    html = client.get(page.url).content.decode()
    assert f'{address(page)}?useful=no"' in html

    form = client.get(f"{address(page)}?useful=no")
    assert "no-store" in form["Cache-Control"]
    assert 'name="reason"' in form.content.decode()
    answer = send(client, page, reason="wrong", text="Prisen er fra sidste år.")

    assert (answer.status_code, answer["Location"]) == (303, f"{address(page)}?sent=1")
    assert not form.cookies
    assert not answer.cookies
    thanks = client.get(answer["Location"])
    assert "Tak for dit svar" in thanks.content.decode()
    row = PageFeedback.objects.get()
    assert (row.page_id, row.is_useful, row.reason) == (page.pk, False, "wrong")
    kept = {field.name for field in PageFeedback._meta.get_fields()}
    assert kept == {"id", "page", "is_useful", "reason", "text", "given_on"}


def test_who_found_it_useful_is_not_asked_what_was_missing(page, client):
    html = client.get(f"{address(page)}?useful=yes").content.decode()
    assert 'name="reason"' not in html

    send(client, page, useful="yes", reason="wrong")

    row = PageFeedback.objects.get()
    assert (row.is_useful, row.reason) == (True, "")


def test_an_answer_counts_only_when_the_form_is_sent(page, client):
    client.get(f"{address(page)}?useful=yes")
    client.get(f"{address(page)}?useful=perhaps")
    client.post(address(page), {"stamp": stamp("feedback")}, headers={"Origin": HOST})

    assert not PageFeedback.objects.exists()


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Mit nummer er 010203-1234", "et CPR-nummer"),
        ("Skriv til ida@hjem.example", "en e-mailadresse"),
        ("Ring 68 00 12 34", "et telefonnummer"),
    ],
)
def test_what_looks_private_is_not_kept_and_what_was_typed_is_still_there(page, client, text, found):
    answer = send(client, page, reason="other", text=text)

    html = answer.content.decode()
    assert answer.status_code == 200
    assert found in html
    assert text in html
    assert '<option value="other" selected>' in html
    assert not PageFeedback.objects.exists()


def test_protection_of_public_forms_holds_and_loses_nothing(page, client):
    for values in ({"homepage": "x"}, {"stamp": stamp("theme")}, {"stamp": ""}):
        html = send(client, page, text="Det er svært", **values).content.decode()
        assert "Det er svært" in html
    assert not PageFeedback.objects.exists()


def test_one_sender_cannot_fill_the_report(page, client):
    with override_settings(TORV_BLOCKS={"FORM_LIMIT": 1}):
        codes = [send(client, page).status_code for _ in range(6)]
    assert codes == [303] * 5 + [200]


def test_a_site_a_section_or_a_page_can_be_left_out(home, page, client):
    below = factories.below(page, title="Pas til børn")
    other = factories.below(home, title="Andet")
    row = SiteFrame.objects.create(site=home.get_site())
    QuietSection.objects.create(frame=row, section=page)

    assert not is_asked(client, page)
    assert not is_asked(client, below)
    assert is_asked(client, other)
    assert client.get(f"{address(below)}?useful=no", follow=True).status_code == 404
    with override_settings(TORV_BLOCKS={"FEEDBACK": False}):
        assert not is_asked(client, other)


def test_pages_that_nobody_reads_cannot_be_answered_for(home, page, client):
    assert not is_asked(client, home)
    assert client.get(address(home), follow=True).status_code == 404
    PageViewRestriction.objects.create(page=page, restriction_type=PageViewRestriction.LOGIN)
    assert client.get(f"{address(page)}?useful=no", follow=True).status_code == 404
    send(client, page)
    assert not PageFeedback.objects.exists()


def test_who_may_read_a_page_behind_a_login_may_answer(page, admin_client):
    PageViewRestriction.objects.create(page=page, restriction_type=PageViewRestriction.LOGIN)
    assert send(admin_client, page).status_code == 303


def test_the_block_asks_inside_the_text_and_the_end_is_silent(home, client):
    page = factories.below(home, body=[("feedback", None), ("text", "<h2>Mere</h2>")])

    html = client.get(page.url).content.decode()

    assert html.count("torv-feedback__answers") == 1
    assert html.index("torv-feedback__answers") < html.index("<h2>Mere</h2>")


def test_words_are_deleted_when_they_are_old_and_counts_stay(page):
    old = timezone.localdate() - timedelta(days=181)
    answered(page, text="Gammelt", reason="hard", given_on=old)
    answered(page, text="Nyt")

    chores.nightly()

    assert sorted(PageFeedback.objects.values_list("text", "reason")) == [("", "hard"), ("Nyt", "")]


def test_the_report_counts_by_page_and_period_with_a_fixed_number_of_queries(
    home, page, admin_client, django_assert_num_queries
):
    answered(page, 2, reason="hard", text="Svært")
    answered(page, is_useful=True)
    answered(page, given_on=timezone.localdate() - timedelta(days=100))
    url = reverse(REPORT)
    admin_client.get(url)
    with CaptureQueriesContext(connection) as before:
        html = admin_client.get(url).content.decode()
    number_before = len(before)
    assert "It is hard to understand (2)" in html
    rows = admin_client.get(url, {"export": "csv", "period": "30"}).getvalue().decode().splitlines()
    assert rows[0].startswith("Page,Language,Yes,No,")
    assert rows[1].startswith("Pas,da,1,2,0,2,")

    for number in range(5):
        answered(factories.below(home, title=f"Side {number}"))
    with django_assert_num_queries(number_before):
        admin_client.get(url)


def test_the_report_of_a_page_has_the_words_and_no_formula(page, admin_client):
    answered(page, text="=HYPERLINK(1)", reason="broken")
    answered(page, is_useful=True)
    url = reverse(PAGE_REPORT, args=[page.pk])

    html = admin_client.get(url).content.decode()
    assert "Pas: 1 yes, 1 no" in html
    assert "Something did not work" in html
    assert "'=HYPERLINK(1)" in admin_client.get(url, {"export": "csv"}).getvalue().decode()


def test_the_editor_leads_to_the_report_for_those_who_may_read_it(page, admin_client, client):
    url = reverse(PAGE_REPORT, args=[page.pk])
    edit = reverse("wagtailadmin_pages:edit", args=[page.pk])
    assert url in admin_client.get(edit).content.decode()

    user = User.objects.create_user("ida", password="x", is_staff=True)
    user.user_permissions.add(Permission.objects.get(codename="access_admin"))
    client.force_login(user)
    for report in (url, reverse(REPORT), f"{url}?export=csv"):
        assert client.get(report).status_code == 302
    user.user_permissions.add(Permission.objects.get(codename="view_pagefeedback"))
    cache.clear()
    assert client.get(url).status_code == 200
