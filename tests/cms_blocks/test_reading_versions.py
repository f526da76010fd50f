"""A page in easy words and in sign language: each language its own, and the way back."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from wagtail_localize.models import TranslationSource

from cms_blocks.pages.models import StandardPage
from tests.cms_blocks import factories
from tests.cms_blocks.frame_site import Town

pytestmark = pytest.mark.django_db

VIDEO = "https://film.example/tegnsprog"


@pytest.fixture
def town():
    return Town()


@pytest.fixture
def easy(town):
    return town.page(town.home, "Om byen, let at læse", "let", show_in_menus=False)


def chosen(page, **values):
    for name, value in values.items():
        setattr(page, name, value)
    page.save_revision().publish()
    return page


def versions(client, page):
    html = client.get(page.url).content.decode()
    found = html.partition('<ul class="torv-versions">')
    return found[2].partition("</ul>")[0]


def test_a_page_leads_to_its_easy_words_and_they_lead_back(town, easy, client):
    chosen(town.about, easy_page=easy, sign_language_url=VIDEO)

    shown = versions(client, town.about)
    assert f'href="{easy.url}"' in shown
    assert "Let at læse" in shown
    assert f'href="{VIDEO}" rel="noreferrer"' in shown
    assert "video på en anden hjemmeside" in shown
    back = versions(client, easy)
    assert f'href="{town.about.url}"' in back
    assert "Den fulde tekst: Om byen" in back


def test_a_draft_or_private_page_is_not_offered(town, easy, client):
    chosen(town.about, easy_page=easy)
    easy.unpublish()
    assert versions(client, town.about) == ""


def test_a_translation_shows_what_is_in_its_language_alone(town, easy, client):
    chosen(town.about, easy_page=easy, sign_language_url=VIDEO)
    chosen(town.about_de, easy_page=easy, sign_language_url=VIDEO)
    assert versions(client, town.about_de) == ""

    easy_de = town.translated(easy, "Die Stadt in Leichter Sprache")
    assert f'href="{easy_de.url}"' in versions(client, town.about_de)
    assert "Der vollständige Text: Über die Stadt" in versions(client, easy_de)
    chosen(town.about_de, sign_language_url="https://film.example/dgs")
    assert "https://film.example/dgs" in versions(client, town.about_de)


def test_a_translator_gets_the_choice_of_the_source_and_may_make_another(town, easy):
    page = town.page(town.home, "Pas", "pas")
    chosen(page, easy_page=easy, sign_language_url=VIDEO)
    source, _made = TranslationSource.update_or_create_from_instance(page)
    source.create_or_update_translation(town.de, fallback=True)

    copy = StandardPage.objects.get(translation_key=page.translation_key, locale=town.de)
    assert (copy.easy_page_id, copy.sign_language_url) == (easy.pk, VIDEO)


def test_it_costs_the_same_however_many_pages_name_one(town, easy, client, django_assert_num_queries):
    chosen(town.about, easy_page=easy)
    client.get(easy.url)
    with CaptureQueriesContext(connection) as before:
        client.get(easy.url)
    number = len(before)
    for title in ("Et", "To", "Tre"):
        chosen(town.page(town.home, title, title.lower(), show_in_menus=False), easy_page=easy)
    client.get(easy.url)

    with django_assert_num_queries(number):
        client.get(easy.url)


def test_the_header_leads_to_both_in_the_languages_that_have_them(town, easy, client):
    sign = factories.below(town.home, title="Tegnsprog", slug="tegn")
    town.settings(easy_page=easy, sign_language_page=sign)

    danish = client.get("/da/").content.decode()
    german = client.get("/de/").content.decode()
    assert f'href="{easy.url}"' in danish
    assert "Let at læse" in danish
    assert f'href="{sign.url}"' in danish
    assert "torv-header__versions" not in german

    easy_de = town.translated(easy, "Leichte Sprache über die Stadt")
    german = client.get("/de/").content.decode()
    assert f'href="{easy_de.url}"' in german
    assert "Leichte Sprache</a>" in german
