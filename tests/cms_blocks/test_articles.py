"""What stories, reports, knowledge, step by steps, news and contact pages have in common."""

import json

import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from django.test.utils import CaptureQueriesContext

from cms_blocks.page_words import page_words
from cms_blocks.search_documents import PageSearchable
from tests.cms_blocks import articles, factories
from tests.cms_blocks.test_translation import publish, submit, translate, update

pytestmark = pytest.mark.django_db
TYPES = pytest.mark.parametrize("name", articles.MAKERS)


def read(client, page):
    answer = client.get(page.url)
    assert answer.status_code == 200
    return answer.content.decode()


def documents(*pages):
    return list(PageSearchable().documents([str(page.translation_key) for page in pages]))


@TYPES
def test_a_citizen_reads_every_word_and_search_engines_are_told_what_it_is(home, client, name):
    page = articles.published(articles.MAKERS[name](home))
    html = read(client, page)
    for text in (page.title, page.summary, *page_words(page)):
        for word in text.split():
            assert word in html, word
    told = [json.loads(part.split("</script>")[0]) for part in html.split('type="application/ld+json">')[1:]]
    assert page.schema_type in [one["@type"] for one in told]
    assert "consent" not in html
    assert "Sag 4" not in html


@TYPES
def test_more_rows_cost_no_more_queries(home, client, name):
    page = articles.published(articles.MAKERS[name](home))
    read(client, page)
    with CaptureQueriesContext(connection) as before:
        read(client, page)
    articles.add_rows(page)
    page = articles.published(page)
    read(client, page)
    with CaptureQueriesContext(connection) as after:
        read(client, page)
    assert len(after) == len(before)


@TYPES
def test_the_search_knows_the_words_and_no_private_name(home, name):
    page = articles.published(articles.MAKERS[name](home))
    document = next(one for one in documents(page) if one.locale == "da")
    assert document.kind == page.search_kind
    assert document.stored["kind_label"]
    for text in page_words(page):
        assert text in document.body
    everything = " ".join((document.title, document.summary, document.body, *document.keywords))
    for private in ("Sivholt", "Havrekær", "Sturmwind", "Birkenau", "Sag 4"):
        assert private not in everything


@TYPES
def test_without_a_summary_nothing_is_published_whoever_publishes(home, name):
    page = articles.MAKERS[name](home, summary="")
    with pytest.raises(ValidationError) as caught:
        page.save_revision().publish()
    assert "summary" in caught.value.message_dict


@TYPES
def test_a_page_is_translated_published_changed_and_updated(
    home, client, name, django_capture_on_commit_callbacks
):
    factories.home("de", "Marktplatz", translation_key=home.translation_key)
    page = articles.published(articles.MAKERS[name](home))
    translation = submit(page, "de")
    translate_all(translation)
    publish(translation, django_capture_on_commit_callbacks)
    german = page.get_translation(factories.locale("de"))
    html = read(client, german)
    for segment in translation.source.stringsegment_set.select_related("string"):
        assert f"DE {segment.string.data}" in html or not shown(segment), segment.string.data

    page.summary = "Noget nyt."
    articles.add_rows(page)
    page = articles.published(page)
    update(page)
    translation.refresh_from_db()
    translate_all(translation)
    publish(translation, django_capture_on_commit_callbacks)
    german.refresh_from_db()
    assert german.summary == "DE Noget nyt."
    for relation in articles.ROWS[type(page)]:
        assert getattr(german, relation).count() == getattr(page, relation).count() == 2, relation


def translate_all(translation):
    texts = [segment.string.data for segment in translation.source.stringsegment_set.select_related("string")]
    translate(translation, {text: f"DE {text}" for text in texts})


def shown(segment):
    """Not what stands elsewhere: in the address, or on the page after a form was sent."""
    return segment.context.path not in ("slug", "thank_you")
