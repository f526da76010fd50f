"""The language switch on the pages of entries and topics."""

import re

import pytest

from directory.pages.models import TopicIndexPage
from tests.directory.conftest import published_translation

pytestmark = pytest.mark.django_db


def words_of(html, code):
    """What the switch says of a language, without its tags."""
    switch = html.partition('<nav class="torv-languages"')[2].partition("</nav>")[0]
    (found,) = (part for part in re.split(r"<li>", switch) if f'lang="{code}"' in part)
    return " ".join(re.sub(r"<[^>]+>", "", f"<{found}" if found.startswith(" ") else found).split())


def test_an_entry_without_a_german_text_says_so_and_is_still_there(
    client, directory_page, german_page, make_entry
):
    entry = make_entry("Sorggruppen", slug="sorggruppen")

    html = client.get(f"{directory_page.url}{entry.slug}/").content.decode()

    assert "Deutsch (Text nicht übersetzt)" in words_of(html, "de")
    assert f'href="{german_page.url}{entry.slug}/" lang="de"' in html
    assert 'hreflang="de" href="http' not in html


def test_an_entry_of_a_directory_in_one_language_leads_to_the_page_above(client, directory_page, make_entry):
    entry = make_entry("Sorggruppen", slug="sorggruppen")

    html = client.get(f"{directory_page.url}{entry.slug}/").content.decode()

    assert "Diese Seite gibt es nicht auf Deutsch. Nächstliegende Seite: Startseite" in words_of(html, "de")


def test_a_topic_without_a_german_name_says_so(client, site, locales, make_topic):
    page = site.root_page.add_child(instance=TopicIndexPage(title="Emner", slug="emner"))
    published_translation(page, locales["de"], title="Themen", slug="themen")
    topic = make_topic("Sorg")

    html = client.get(f"{page.url}{topic.slug}/").content.decode()

    assert "Deutsch (Text nicht übersetzt)" in words_of(html, "de")
