"""Link cards lead to a page or a web address, and never nowhere."""

import pytest
from django.test import RequestFactory
from django.utils import translation
from wagtail.blocks import StructBlockValidationError
from wagtail.models import PageViewRestriction

from cms_blocks.blocks import LinkCardsBlock
from tests.cms_blocks import factories

pytestmark = pytest.mark.django_db

BLOCK = LinkCardsBlock()
EMPTY = {"page": None, "url": "", "title": "", "text": "", "image": None}


def cards(*rows):
    return BLOCK.to_python({"cards": [{**EMPTY, **row} for row in rows]})


def rendered(page, *rows):
    return BLOCK.render(cards(*rows), {"page": page, "request": RequestFactory().get("/")})


@pytest.mark.parametrize(
    ("row", "name", "message"),
    [
        ({}, "page", "Choose a page, or give a web address below."),
        ({"url": "https://hjaelp.example/"}, "title", "A card with a web address needs a title."),
        ({"url": "nowhere", "title": "Hjælp"}, "url", "Enter a valid URL."),
    ],
)
def test_a_card_that_leads_nowhere_is_refused_beside_the_field(english, row, name, message):
    with pytest.raises(StructBlockValidationError) as caught:
        BLOCK.clean(cards(row))
    errors = caught.value.block_errors["cards"].as_json_data()["blockErrors"][0]["blockErrors"]
    assert errors[name]["messages"] == [message]


def test_a_card_that_leads_to_two_places_is_refused(english, home):
    with pytest.raises(StructBlockValidationError) as caught:
        BLOCK.clean(cards({"page": home.pk, "url": "https://hjaelp.example/"}))
    errors = caught.value.block_errors["cards"].as_json_data()["blockErrors"][0]["blockErrors"]
    assert "Remove one of the two." in errors["url"]["messages"][0]


def test_a_card_that_leads_nowhere_yet_may_be_saved_as_a_draft(home):
    assert len(BLOCK.clean_deferred(cards({}))["cards"]) == 1
    assert rendered(home, {}).strip() == ""


def test_a_page_is_shown_in_the_reader_s_language_with_its_own_title(home):
    german = factories.home("de", "Marktplatz")
    page = factories.below(home, title="Sorg & savn", slug="sorg")
    with translation.override("da"):
        assert '<a href="/da/sorg/">Sorg &amp; savn</a>' in rendered(home, {"page": page.pk})
    with translation.override("de"):
        assert '<a href="/da/sorg/" lang="da">Sorg &amp; savn</a>' in rendered(german, {"page": page.pk})
        factories.below(german, title="Trauer", slug="trauer", translation_key=page.translation_key)
        assert '<a href="/de/trauer/">Trauer</a>' in rendered(german, {"page": page.pk})
        assert '<a href="/de/trauer/">Hilfe</a>' in rendered(german, {"page": page.pk, "title": "Hilfe"})


def test_the_same_page_may_be_on_two_cards_beside_its_own_translation(home):
    page = factories.below(home, title="Sorg", slug="sorg")
    german = factories.home("de", "Marktplatz")
    trauer = factories.below(german, title="Trauer", slug="trauer", translation_key=page.translation_key)
    html = rendered(german, {"page": page.pk}, {"page": trauer.pk}, {"page": page.pk})
    assert html.count('href="/de/trauer/"') == 3


def test_what_is_deleted_unpublished_or_private_is_left_out(home):
    deleted, unpublished, private, good = (factories.below(home, title=f"Side {i}") for i in range(4))
    deleted_key = deleted.pk
    deleted.delete()
    unpublished.unpublish()
    PageViewRestriction.objects.create(page=private, restriction_type=PageViewRestriction.LOGIN)
    keys = (deleted_key, unpublished.pk, private.pk, good.pk)
    html = rendered(home, *({"page": key, "title": "Hjælp"} for key in keys))
    assert html.count("<a href=") == 1
    assert good.url in html


def test_an_unpublished_translation_leaves_the_page_itself(home):
    german = factories.home("de", "Marktplatz")
    page = factories.below(home, title="Sorg", slug="sorg")
    factories.below(german, title="Trauer", live=False, translation_key=page.translation_key)
    assert 'href="/da/sorg/"' in rendered(german, {"page": page.pk})


def test_texts_and_addresses_are_escaped(home):
    html = rendered(
        home, {"url": 'https://x.example/?"><b>', "title": "<b>Titel</b>", "text": "<b>Tekst</b>"}
    )
    assert "<b>" not in html


def test_a_picture_is_cropped_to_one_shape_in_webp(home):
    picture = factories.image("Plads", 1600, 1600)
    html = rendered(home, {"url": "https://x.example/", "title": "Titel", "image": picture.pk})
    assert 'type="image/webp"' in html
    assert 'alt=""' in html
    assert 'width="480"' in html
    assert 'height="270"' in html
    assert "style=" not in html


def test_more_cards_take_no_more_queries(home, django_assert_num_queries):
    rows = [{"page": factories.below(home).pk, "image": factories.image(f"b{i}").pk} for i in range(4)]
    rendered(home, *rows)  # makes the renditions, and Wagtail remembers where its sites are
    with django_assert_num_queries(7):
        rendered(home, rows[0])
    with django_assert_num_queries(7):
        rendered(home, *rows)
