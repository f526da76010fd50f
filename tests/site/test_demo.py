"""`load_demo`: what it writes can be read by everybody, and a second run harms nobody's work."""

import re
from collections import Counter
from datetime import timedelta
from io import StringIO
from itertools import cycle
from urllib.parse import urlsplit

import pytest
from demo import pages, texts
from demo.models import DemoRecord
from django.apps import apps
from django.contrib.auth import get_user_model
from django.core.files.storage import default_storage
from django.core.management import CommandError, call_command
from django.db.models import Q
from django.test import TestCase, override_settings
from wagtail.images.models import Image
from wagtail.models import Page, Site

from cms_blocks.models import ContactPerson, SiteFrame, Topic
from cms_blocks.page_mixins import TorvPageMixin
from cms_blocks.pages.models import HomePage, ServicePage, StandardPage
from directory.models import Entry
from directory.pages.models import DirectoryPage
from tests import loaded_demo

pytestmark = pytest.mark.django_db
PAGES = texts.pages()
ROUTES = [(page.locale, page.key) for page in PAGES]


def load(*options):
    """Runs the command; what waits for the end of the transaction runs too, as it does at a desk."""
    out = StringIO()
    with TestCase.captureOnCommitCallbacks(execute=True):
        call_command("load_demo", *options, stdout=out)
    return out.getvalue()


@pytest.fixture(scope="module")
def demo(django_db_setup, django_db_blocker, tmp_path_factory, demo_folder):
    """The loaded demo, once for this file: each test's own changes are rolled back after it."""
    media = tmp_path_factory.mktemp("media")
    with (
        django_db_blocker.unblock(),
        override_settings(MEDIA_ROOT=media),
        loaded_demo.loaded(demo_folder) as printed,
    ):
        yield printed


def page_of(locale, key):
    title = next(page.values["title"] for page in PAGES if (page.locale, page.key) == (locale, key))
    return Page.objects.get(title=title, locale__language_code=locale).specific


def row_counts():
    return {model._meta.label: model._default_manager.count() for model in apps.get_models()}


def test_it_prints_address_and_logins_last(demo):
    assert "http://localhost:8000/" in demo
    last = demo.rstrip().splitlines()[-3:]
    assert [line.split()[0] for line in last] == ["admin", "editor", "directory"]


def test_a_second_run_doubles_nothing(demo):
    before = row_counts()
    out = load("--with-logins")
    assert "0 created, 0 updated" in out
    assert row_counts() == before


def test_what_editors_changed_deleted_and_added_is_kept_and_a_reset_brings_the_demo_back(demo):
    counted = [Page, Entry, Topic, ContactPerson, Image, get_user_model(), DemoRecord]
    before = [model._default_manager.count() for model in counted]
    page = page_of("da", "grief")
    page.summary = "Skrevet af en redaktør."
    page.save_revision().publish()
    Topic.objects.filter(slug="stress", source_row=None).update(pref_label="Stress og travlhed")
    Entry.objects.get(slug="aedru-hverdag").delete()
    added = page_of("da", "family").add_child(
        instance=StandardPage(title="Plejefamilier", slug="plejefamilier")
    )
    out = load()
    page.refresh_from_db()
    assert "left alone: page:da:grief (edited)" in out
    assert page.summary == "Skrevet af en redaktør."
    assert "left alone: topic:da:stress (edited)" in out
    assert Topic.objects.filter(pref_label="Stress og travlhed").exists()
    assert "entry:da:aedru-hverdag (deleted)" in out
    assert not Entry.objects.filter(slug="aedru-hverdag").exists()

    load("--with-logins", "--reset")
    page.refresh_from_db()
    added.refresh_from_db()
    assert page.summary.startswith("Sorg er ikke en sygdom")
    assert Entry.objects.get(slug="aedru-hverdag").live
    assert added.title == "Plejefamilier"
    assert [model._default_manager.count() for model in counted] == [before[0] + 1, *before[1:]]
    assert HomePage.objects.get(locale__language_code="da").top_tasks.count() == 8


def test_what_got_another_address_is_left_alone_and_gets_its_own_back_by_a_reset(demo):
    entry = Entry.objects.sources().get(slug="aedru-hverdag")
    entry.slug = "aedru"
    entry.save_revision().publish()
    topic = Topic.objects.get(slug="stress", source_row=None)
    topic.slug = "stress-og-travlhed"
    topic.save()
    out = load()
    assert "left alone: entry:da:aedru-hverdag (edited)" in out
    assert "left alone: topic:da:stress (edited)" in out

    load("--reset")
    entry.refresh_from_db()
    topic.refresh_from_db()
    assert (entry.slug, topic.slug) == ("aedru-hverdag", "stress")


def test_a_deleted_page_takes_no_other_along(demo):
    page_of("da", "daily-life").delete()
    out = load()
    assert "page:da:home-support (deleted)" in out
    assert page_of("da", "grief").live


def test_without_debug_it_makes_no_logins_and_a_topic_that_was_there_before_is_used_as_it_is(demo, settings):
    """As if theirs had been there before the demo: the demo has no record of it."""
    get_user_model().objects.all().delete()
    Entry.objects.filter(slug="ro-paa").delete()
    forgotten = Q(key="topic:da:angst") | Q(key__contains=":ro-paa") | Q(key__startswith="user:")
    assert DemoRecord.objects.filter(forgotten).delete()[0] == 1 + 3 + 3
    Topic.objects.filter(slug="angst", source_row=None).update(pref_label="Angst og uro")
    assert settings.DEBUG is False
    assert "No logins made: DEBUG is off." in load()
    assert not get_user_model().objects.exists()
    theirs = Topic.objects.get(slug="angst", source_row=None)
    assert theirs.pref_label == "Angst og uro"
    assert Entry.objects.get(slug="ro-paa", source_row=None).entry_topics.filter(topic=theirs).exists()


def test_a_newer_text_replaces_one_that_nobody_touched(demo):
    DemoRecord.objects.filter(key="page:da:grief").update(text_digest="of an older text")
    assert "0 created, 1 updated" in load()


def test_a_picture_whose_file_was_lost_is_drawn_again(demo):
    image = Image.objects.get(title="Langbordet")
    image.file.storage.delete(image.file.name)
    load()
    assert image.file.storage.exists(image.file.name)


def test_every_entry_answers_in_one_of_the_directories(demo, client):
    directories = [page.get_url() for page in DirectoryPage.objects.order_by("locale__language_code")]
    slugs = list(Entry.objects.sources().values_list("slug", flat=True))
    assert len(slugs) == 80
    addresses = [f"{address}{slug}/" for address, slug in zip(cycle(directories), slugs, strict=False)]
    assert {address: client.get(address).status_code for address in addresses} == dict.fromkeys(
        addresses, 200
    )


def test_every_page_answers_in_its_language_and_all_links_inside_the_site_resolve(demo, client):
    assert {page_of(locale, key).live for locale, key in ROUTES} == {True}
    links, seen = set(), set()
    for page in Page.objects.live().filter(depth__gt=1).select_related("locale"):
        address, language = page.get_url(), page.locale.language_code
        response = client.get(address)
        assert (response.status_code, urlsplit(address).path[:4]) == (200, f"/{language}/")
        assert f'<html lang="{language}"' in response.text
        seen.add(address)
        links |= {link.split("#")[0] for link in re.findall(r'<a\b[^>]*\bhref="(/[^"]*)"', response.text)}
    links = {link.replace("&amp;", "&") for link in links}
    pictures = {link.removeprefix("/media/") for link in links if link.startswith("/media/")}
    assert {name for name in pictures if not default_storage.exists(name)} == set()
    # Each page comes as a PDF of its own, which takes seconds to make.
    links = {link for link in links - seen if "format=pdf" not in link and not link.startswith("/media/")}
    # An entry or a topic is asked for in one language, a form or a question for one thing.
    links = {
        re.sub(r"\d+", "", "/".join(link.split("=")[0].split("/")[-2:])): link for link in links
    }.values()
    assert len(links) > 40
    answers = {link: client.get(link, follow=True) for link in links}
    for answer in answers.values():
        if answer.streaming:
            b"".join(answer.streaming_content)  # which closes the file
    assert {link: answer.status_code for link, answer in answers.items() if answer.status_code != 200} == {}


def test_what_was_published_is_found(demo, client):
    directory = DirectoryPage.objects.get(locale__language_code="da")
    response = client.get(directory.get_url(), {"q": "sorg"})
    assert "Sorggruppen ved Åen" in response.text
    assert "Madfællesskabet Langbord" not in response.text


def test_every_text_is_one_that_an_editor_could_save(demo):
    for page in Page.objects.filter(depth__gt=1).specific():
        page.full_clean()
        if isinstance(page, TorvPageMixin):
            page.body.stream_block.clean(page.body)


def test_every_picture_is_described_or_decoration(demo):
    shown = [page for page in Page.objects.live().specific() if isinstance(page, TorvPageMixin)]
    pictures = [block.value for page in shown for block in page.body if block.block_type == "image"]
    assert len(pictures) >= 10
    assert all(bool(picture["alt_text"]) != picture["decorative"] for picture in pictures)


def test_blocks_of_many_kinds_are_used(demo):
    shown = [page for page in Page.objects.live().specific() if isinstance(page, TorvPageMixin)]
    used = {block.block_type for page in shown for block in page.body}
    own = {block.block_type for block in page_of("da", "open-dialogue").body}
    told = {"text", "accordion", "callout", "image", "principles", "quote"}
    assert own == told | {"story_teaser", "external_video", "downloads"}
    assert own | {"fact_box", "timeline", "definition_list", "table", "link_cards"} <= used


def test_eight_services_tell_all_that_a_citizen_needs(demo, client):
    services = ServicePage.objects.live()
    languages = Counter(services.values_list("locale__language_code", flat=True))
    assert languages == {"da": 8, "de": 4, "en": 3}
    for service in services:
        assert service.steps.exists()
        assert service.deadlines.exists()
        assert service.contact_rows.exists()
        assert service.related_service_rows.exists()
        assert service.life_event_rows.exists()
    suspended = services.get(status="suspended")
    assert suspended.status_reason in client.get(suspended.get_url()).text


def test_open_dialogue_names_two_people_to_call(demo, client):
    html = client.get(page_of("da", "open-dialogue").get_url()).text
    for words in ("Signe Lindekrog eller Jonas Åbrink", "tel:+45-68-09-20-11", "tel:+45-68-09-20-12"):
        assert words in html
    assert "Hele netværket er med" in html


def test_a_standard_page_of_an_older_demo_becomes_the_service(demo, client):
    service = page_of("da", "aids")
    older = service.get_parent().add_child(instance=StandardPage(title="Ældre", slug="aeldre-tekst"))
    older.save_revision().publish()
    older.topic_rows.create(topic=Topic.objects.get(slug="aeldre", source_row=None))
    exchanged = pages._of_type(older, ServicePage)
    exchanged.summary, exchanged.booking_url = "Hjælp til ældre.", "https://tid.torvkoebing.example/"
    exchanged.save_revision().publish()
    again = Page.objects.get(pk=older.pk)
    assert again.specific_class is ServicePage
    assert (again.url_path, again.depth) == (older.url_path, older.depth)
    assert again.revisions.count() == 2
    assert client.get(again.get_url()).status_code == 200
    assert not StandardPage.objects.filter(pk=older.pk).exists()


def test_every_entry_is_one_that_an_editor_could_save(demo):
    for entry in Entry.objects.all():
        entry.full_clean()
        for relation in Entry.fact_relations:
            for row in getattr(entry, relation).all():
                row.full_clean()


def test_every_self_help_group_says_when_it_meets(demo):
    groups = Entry.objects.sources().filter(kind="self-help-group")
    without = groups.filter(schedules=None).values_list("slug", flat=True)
    assert list(without) == ["offener-dialog-grenzhafen"]  # it comes when it is called


def test_the_german_association_is_read_in_three_languages(demo, client):
    entry = Entry.objects.get(name="Offener Dialog Grenzhafen")
    assert entry.is_source
    assert entry.locations.get().country == "DE"
    assert (entry.members_count, entry.response_time) == (17, timedelta(days=2))
    related = {(relation.kind, relation.to_entry.slug) for relation in entry.relations.all()}
    assert {("member_of", "wohlfahrtsring"), ("supported_by", "gesundheitsamt-grenzhafen")} <= related
    for locale, words in (("de", "48 Stunden"), ("da", "48 timer"), ("en", "48 hours")):
        directory = DirectoryPage.objects.get(locale__language_code=locale)
        html = client.get(f"{directory.get_url()}{entry.slug}/").text
        assert words in html
        assert "+49 40 66969170" in html.replace("&nbsp;", " ")


def test_languages_are_translations_of_each_other(demo):
    for model in (HomePage, DirectoryPage):
        rows = model.objects.all()
        assert {row.locale.language_code for row in rows} == {"da", "de", "en"}
        assert len({row.translation_key for row in rows}) == 1
    assert DirectoryPage.objects.get(locale__language_code="de").title == "Verzeichnis"
    assert page_of("de", "open-dialogue").translation_key == page_of("da", "open-dialogue").translation_key


def test_an_entry_written_in_german_has_its_facts_there(demo):
    german = Entry.objects.get(name="Deutschsprachiger Gesprächskreis")
    danish = Entry.objects.get(name="Tysksproget samtalekreds")
    assert german.is_source
    assert danish.facts == german
    assert not danish.phone
    assert danish.live


def test_topics_keep_their_words_in_each_language(demo):
    anxiety = Topic.objects.get(slug="angst", source_row=None)
    german = anxiety.translation_rows.get(locale__language_code="de")
    assert anxiety.broader.slug == "psykisk-saarbarhed"
    assert "panikanfald" in anxiety.synonyms
    assert "Panikattacken" in german.synonyms


def test_the_default_site_shows_the_danish_home(demo):
    site = Site.objects.get(is_default_site=True)
    frame = SiteFrame.for_site(site)
    assert site.root_page.specific == page_of("da", "home")
    assert (site.hostname, site.port) == ("localhost", 8000)
    assert frame.privacy_page_id == page_of("da", "privacy").pk
    assert frame.office_hours.count() == 3
    assert not Page.objects.filter(slug="home").exists()


@pytest.mark.parametrize("address", ["localhost:8000", "http://localhost:port"])
def test_an_address_without_scheme_or_with_a_wrong_port_is_refused(demo, address):
    with pytest.raises(CommandError, match="Write it as http://localhost:8000"):
        load("--address", address)


def test_another_address_moves_the_site_and_stays(demo):
    load("--address", "http://127.0.0.1:9000")
    load()
    site = Site.objects.get(is_default_site=True)
    assert (site.hostname, site.port) == ("127.0.0.1", 9000)


@pytest.mark.parametrize("locale", texts.LOCALES)
def test_every_home_page_says_that_the_town_is_invented(demo, client, locale):
    words = {
        "da": "Torvkøbing findes ikke",
        "de": "Torvkøbing gibt es nicht",
        "en": "Torvkøbing does not exist",
    }
    assert words[locale] in client.get(page_of(locale, "home").get_url()).text


def test_logins_work_and_open_what_they_say(demo, client):
    users = {user.username: user for user in get_user_model().objects.all()}
    assert users["admin"].is_superuser
    assert users["editor"].has_perm("torv_directory.publish_entry")
    assert users["editor"].has_perm("torv_blocks.change_contactperson")
    assert page_of("da", "grief").permissions_for_user(users["editor"]).can_publish()
    assert users["directory"].has_perm("torv_directory.change_entry")
    assert not page_of("da", "grief").permissions_for_user(users["directory"]).can_edit()
    for login in texts.read("logins.toml")["user"]:
        assert client.login(username=login["username"], password=login["password"])
        assert client.get("/admin/").status_code == 200


def test_a_login_with_another_password_is_kept_and_not_printed(demo):
    user = get_user_model().objects.get(username="editor")
    user.set_password("something of our own")
    user.save()
    out = load("--with-logins")
    user.refresh_from_db()
    assert user.check_password("something of our own")
    assert "torv-demo-editor" not in out
