"""Participants propose themes, editors answer them, and some become working groups."""

from datetime import timedelta

import pytest
from django.core import mail
from django.core.exceptions import ValidationError
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from wagtail.models import PageViewRestriction

from cms_blocks import themes
from cms_blocks.models import Theme
from cms_blocks.pages.models import EventEditionPage, EventEditionPageProgramme
from tests.cms_blocks import events, factories
from tests.cms_blocks.test_public_forms import HOST, stamp

pytestmark = pytest.mark.django_db

LIST = "wagtailsnippets_torv_blocks_theme:list"


@pytest.fixture
def edition(home):
    return events.edition(events.series(home))


def send(client, page, **values):
    data = {"title": "At bo alene", "text": "", "proposer_name": "", "stamp": stamp("theme"), **values}
    return client.post(reverse("torv_blocks:propose_theme", args=[page.pk]), data, headers={"Origin": HOST})


def act(client, action, *rows):
    address = reverse("wagtail_bulk_action", args=("torv_blocks", "theme", action))
    return client.post(address + "?" + "&".join(f"id={row.pk}" for row in rows))


def test_a_theme_goes_from_the_phone_to_a_working_group(
    edition, client, admin_client, django_capture_on_commit_callbacks
):
    page = client.get(f"{edition.url}themes/")
    assert page["Cache-Control"] == "no-store"
    assert not page.cookies
    with django_capture_on_commit_callbacks(execute=True):
        answer = send(client, edition, text="Hvordan gør vi?", proposer_name="Ida Holm")
    assert (answer.status_code, answer["Location"]) == (303, f"{edition.url}themes/thanks/")
    assert not answer.cookies
    assert client.get(answer["Location"]).status_code == 200

    (message,) = mail.outbox
    assert message.to == ["moede@torvkoebing.example"]
    assert "Ida" not in message.body + message.subject
    assert "bo alene" not in message.body + message.subject
    row = Theme.objects.get()
    assert "At bo alene" not in client.get(edition.url).content.decode()
    assert "At bo alene" in admin_client.get(reverse(LIST), {"edition": edition.pk}).content.decode()

    assert act(admin_client, "accept_themes", row).status_code == 302
    html = client.get(edition.url).content.decode()
    assert "At bo alene" in html
    assert "Hvordan gør vi?" in html
    assert "Ida Holm" not in html, "the name was not ticked to be public"

    second = events.theme(edition, "Søvn")
    assert act(admin_client, "make_working_groups", second, row).status_code == 302
    assert [theme.number for theme in Theme.objects.order_by("created_at")] == [1, 2]
    Theme.objects.filter(pk=row.pk).update(host="Bo Lund", room="Lokale 3")
    html = client.get(edition.url).content.decode()
    assert html.index("At bo alene") < html.index("Søvn")
    assert "Bo Lund" in html
    assert "Lokale 3" in html
    act(admin_client, "decline_themes", second)
    assert "Søvn" not in client.get(edition.url).content.decode()


def test_what_was_typed_is_still_there_when_something_is_wrong(edition, client):
    answer = send(client, edition, title="", text="Ring 22334455", proposer_name="Ida")
    html = answer.content.decode()
    assert answer.status_code == 200
    assert "Ring 22334455" in html
    assert 'value="Ida"' in html
    assert 'aria-invalid="true"' in html
    assert 'name="sure"' in html, "private words may stand if the writer says so"
    assert not Theme.objects.exists()
    assert send(client, edition, text="Ring 22334455", sure="on").status_code == 303
    assert send(client, edition, text="x" * 1001).status_code == 200


@pytest.mark.parametrize("fields", [{"status": "cancelled"}, {"collects_until": events.soon(-1, 20)}])
def test_no_theme_is_taken_when_none_are_collected(edition, client, fields):
    EventEditionPage.objects.filter(pk=edition.pk).update(**fields)
    assert "<form" not in client.get(f"{edition.url}themes/").content.decode().split("<main")[1]
    html = send(client, edition, text="Mine ord").content.decode()
    assert "Mine ord" in html
    assert not Theme.objects.exists()


def test_only_published_editions_take_themes(edition, home, client):
    # Without a language in its address, Django sends what is not found to the address with one.
    assert send(client, home).status_code in (302, 404)
    edition.unpublish()
    assert send(client, edition).status_code in (302, 404)
    assert not Theme.objects.exists()
    assert client.get(reverse("torv_blocks:propose_theme", args=[edition.pk])).status_code == 405


def test_a_theme_belongs_to_the_meeting_in_all_its_languages(edition, home, client):
    factories.home("de", "Marktplatz", translation_key=home.translation_key)
    edition.get_parent().specific.copy_for_translation(factories.locale("de"))
    german = edition.copy_for_translation(factories.locale("de"))
    german.save_revision().publish()
    assert send(client, german, title="Allein wohnen").status_code == 303
    row = Theme.objects.get()
    assert (row.edition_id, row.language) == (edition.pk, "de")
    Theme.objects.update(status="accepted")
    assert '<li lang="de">' in client.get(edition.url).content.decode()
    assert "Allein wohnen" in client.get(german.url).content.decode()


def test_editors_find_the_themes_of_a_meeting_by_any_language_of_it(edition, home, admin_client):
    factories.home("de", "Marktplatz", translation_key=home.translation_key)
    edition.get_parent().specific.copy_for_translation(factories.locale("de"))
    german = edition.copy_for_translation(factories.locale("de"))
    first = events.theme(german, "Allein wohnen", status="working_group")
    second = events.theme(edition, "At bo alene", status="working_group")
    assert (first.edition_id, first.number, second.number) == (edition.pk, 1, 2)
    for page in (edition, german):
        assert "Allein wohnen" in admin_client.get(reverse(LIST), {"edition": page.pk}).content.decode()


@pytest.mark.parametrize("is_alias", [False, True])
@pytest.mark.parametrize("gone", ["edition", "series"])
def test_themes_stay_with_the_meeting_in_its_other_languages(edition, home, client, gone, is_alias):
    factories.home("de", "Marktplatz", translation_key=home.translation_key)
    series = edition.get_parent().specific
    series.copy_for_translation(factories.locale("de"), alias=True)
    german = edition.copy_for_translation(factories.locale("de"), alias=is_alias)
    row = events.theme(edition, status="working_group")
    (edition if gone == "edition" else series).delete()
    row.refresh_from_db()
    assert (row.edition_id, row.number) == (german.pk, 1)
    EventEditionPage.objects.get().delete()
    assert not Theme.objects.exists()


@pytest.mark.usefixtures("english")
def test_a_theme_belongs_to_a_meeting_and_to_no_other_page(edition, home, admin_client):
    row = events.theme(edition)
    row.edition = home.page_ptr
    with pytest.raises(ValidationError) as caught:
        row.full_clean()
    assert caught.value.message_dict == {"edition": ["Choose a meeting: this page is not one."]}
    html = admin_client.get(reverse("wagtailsnippets_torv_blocks_theme:add")).content.decode()
    assert "torv_pages.eventeditionpage" in html


def test_who_may_read_a_meeting_behind_a_login_may_propose_a_theme(edition, client, admin_client):
    PageViewRestriction.objects.create(page=edition, restriction_type="login")
    assert send(client, edition).status_code in (302, 404)
    assert not Theme.objects.exists()
    assert send(admin_client, edition).status_code == 303
    assert Theme.objects.exists()


def test_names_are_deleted_where_no_date_is_known(edition):
    EventEditionPage.objects.update(starts_at=None, ends_at=None, collects_from=None, collects_until=None)
    for title, days in (("Søvn", 31), ("Sorg", 29)):
        received = timezone.now() - timedelta(days=days)
        events.theme(edition, title, proposer_name="Ida Holm", created_at=received)
    assert themes.delete_old_names() == 1
    assert Theme.objects.get(title="Sorg").proposer_name


def test_names_are_deleted_some_weeks_after_the_meeting(edition):
    for title in ("Søvn", "Sorg"):
        events.theme(edition, title, proposer_name="Ida Holm", name_is_public=True)
    themes.delete_old_names()
    assert Theme.objects.exclude(proposer_name="").count() == 2
    long_ago = timezone.now() - timedelta(days=31)
    EventEditionPage.objects.update(starts_at=long_ago - timedelta(hours=1), ends_at=long_ago)
    assert themes.delete_old_names() == 2
    assert not Theme.objects.exclude(proposer_name="").exists()


def test_queries_do_not_grow_with_themes_and_programme(edition, client, django_assert_max_num_queries):
    def add():
        events.theme(edition, status="accepted")
        events.theme(edition, status="working_group", host="Bo")
        item = EventEditionPageProgramme(locale=edition.locale, title="Velkomst")
        edition.programme = [*edition.programme.all(), item]
        edition.save_revision().publish()
        client.get(edition.url)

    add()
    with CaptureQueriesContext(connection) as queries:
        client.get(edition.url)
        before = len(queries)
    add()
    with django_assert_max_num_queries(before):
        client.get(edition.url)
