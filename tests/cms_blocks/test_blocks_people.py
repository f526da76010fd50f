"""Quotes and contact persons."""

import pytest
from wagtail.blocks import StructBlockValidationError

from cms_blocks.blocks import ContactPersonsBlock, QuoteBlock
from cms_blocks.pages.models import StandardPage
from cms_blocks.plain_text import stream_text
from tests.cms_blocks import factories

pytestmark = pytest.mark.django_db

QUOTE = {"text": "Vi blev <hørt>.", "attribution": "En borger, 54 år", "source_title": "", "source_url": ""}


def quote(**fields):
    block = QuoteBlock()
    return block, block.to_python({**QUOTE, **fields})


def test_a_quote_says_who_and_is_escaped():
    block, value = quote()
    html = block.render(block.clean(value))
    assert "<blockquote><p>Vi blev &lt;hørt&gt;.</p></blockquote>" in html
    assert "En borger, 54 år</figcaption>" in html
    assert "<cite>" not in html


def test_a_quote_links_to_its_source():
    block, value = quote(source_title="Lokalavisen", source_url="https://avis.example/?a=1&b=2")
    assert '<a href="https://avis.example/?a=1&amp;b=2">Lokalavisen</a>' in block.render(block.clean(value))


def test_a_source_without_a_name_is_refused_beside_the_name(english):
    block, value = quote(source_url="https://avis.example/")
    with pytest.raises(StructBlockValidationError) as caught:
        block.clean(value)
    assert caught.value.block_errors["source_title"].messages == [
        "Name the source: this is the text of the link."
    ]
    assert block.clean_deferred(value)["source_title"] == ""


def test_who_said_it_is_not_searched():
    page = StandardPage(body=[("quote", {**QUOTE, "text": "Vi blev hørt."})])
    assert stream_text(page.body) == "Vi blev hørt."


def rendered(page, *persons, heading=""):
    block = ContactPersonsBlock()
    value = block.to_python({"heading": heading, "persons": [person.pk for person in persons]})
    return block.render(value, {"page": page})


def test_persons_are_shown_in_the_reader_s_language_with_their_own_facts(home):
    german = factories.home("de", "Marktplatz")
    mette = factories.person(role="Leder", phone="+4587654321")
    factories.translated(mette, "de", role="Leiterin")
    assert "Leder" in rendered(home, mette)
    html = rendered(german, mette, heading="<Anrufen>")
    assert "Leiterin" in html
    assert 'href="tel:+45-87-65-43-21"' in html
    assert '<section aria-label="&lt;Anrufen&gt;">' in html
    assert "id=" not in html


def test_a_deleted_person_leaves_nothing_behind(home):
    mette, jens = factories.person(), factories.person("Jens Toft")
    mette_key = mette.pk
    mette.delete()
    block = ContactPersonsBlock()
    html = block.render(block.to_python({"heading": "", "persons": [mette_key, jens.pk]}), {"page": home})
    assert html.count("torv-contact-card__name") == 1


def test_more_persons_take_no_more_queries(home, django_assert_num_queries):
    persons = [factories.person(f"Person {i}", photo=factories.image(f"p{i}", 200, 200)) for i in range(4)]
    rendered(home, *persons)  # makes the renditions
    with django_assert_num_queries(7):
        rendered(home, persons[0])
    with django_assert_num_queries(7):
        rendered(home, *persons)


def test_a_person_of_a_page_and_one_of_a_block_have_ids_of_their_own(home, client):
    mette = factories.person()
    body = [("contact_persons", {"heading": "", "persons": [mette]})]
    page = factories.attach(factories.below(home, body=body), persons=[mette])
    html = client.get(page.url).content.decode()
    assert html.count('id="torv-contacts-title"') == 1
    assert html.count("torv-contact-card__name") == 2
