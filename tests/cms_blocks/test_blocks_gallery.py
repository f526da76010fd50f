"""Galleries, figures and tabs."""

import re
from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError
from django.utils import translation
from wagtail.blocks import StructBlockValidationError

from cms_blocks.blocks import GalleryBlock, TabsBlock, ValuesTableBlock
from cms_blocks.blocks.samples import Sample
from tests.cms_blocks import factories

GALLERY = GalleryBlock()
VALUES = ValuesTableBlock()


def gallery(*pictures):
    rows = [{"image": key, "alt_text": "Et bord", "caption": "Frokost", "credit": ""} for key in pictures]
    return GALLERY.to_python({"heading": "", "pictures": rows})


@pytest.mark.django_db
def test_a_picture_opens_large_by_a_plain_link(home):
    pictures = [factories.image(f"b{i}", 2400, 1600).pk for i in range(2)]
    html = GALLERY.render(gallery(*pictures), {"page": home})
    [address, _other] = re.findall(r'<a class="torv-gallery__link" href="([^"]+)">', html)
    assert "max-1920x1920" in address
    assert html.count('alt="Et bord"') == 2
    assert "style=" not in html


@pytest.mark.django_db
def test_lost_files_and_deleted_pictures_break_nothing(home):
    lost = factories.image("lost")
    lost.file.storage.delete(lost.file.name)
    html = GALLERY.render(gallery(lost.pk, 999), {"page": home})
    assert html.count("<figure>") == 1
    assert "Et bord" in html
    assert "<a " not in html


@pytest.mark.django_db
def test_more_pictures_take_no_more_queries(home, django_assert_num_queries):
    pictures = [factories.image(f"b{i}").pk for i in range(5)]
    GALLERY.render(gallery(*pictures), {"page": home})  # makes the renditions
    for shown in (pictures[:2], pictures):
        with django_assert_num_queries(2):
            GALLERY.render(gallery(*shown), {"page": home})


@pytest.mark.django_db
def test_each_picture_needs_a_description_and_one_is_no_gallery(english):
    value = gallery(factories.image().pk, factories.image("b").pk)
    value["pictures"][1]["alt_text"] = ""
    with pytest.raises(StructBlockValidationError):
        GALLERY.clean(value)
    with pytest.raises(StructBlockValidationError) as caught:
        GALLERY.clean(gallery(factories.image().pk))
    assert caught.value.block_errors["pictures"].messages == [
        "Pictures: there must be at least 2, and there are 1."
    ]


def values(*numbers, **fields):
    rows = [{"label": "Møder", "value": number, "unit": "møder"} for number in numbers]
    given = {"caption": "2026", "rows": rows, "source_title": "", "source_url": ""}
    return VALUES.to_python({**given, **fields})


def test_numbers_are_written_as_the_reader_s_language_does():
    value = values("1214.5")
    for code, written in (("da", "1.214,5"), ("de", "1.214,5"), ("en", "1,214.5")):
        with translation.override(code):
            assert f'<span class="torv-figures__number">{written}</span> møder' in VALUES.render(value)


def test_a_zero_is_shown_and_a_number_that_is_missing_yet_is_not():
    html = VALUES.render(values(Decimal(0), None))
    assert html.count("torv-figures__number") == 1


def test_a_source_s_address_needs_its_name(english):
    with pytest.raises(StructBlockValidationError) as caught:
        VALUES.clean(values("1", source_url="https://kilde.example/"))
    assert caught.value.block_errors["source_title"].messages == [
        "Name the source: this is the text of the link."
    ]


def test_tabs_are_sections_with_headings_and_their_words_are_escaped():
    tabs = [{"title": "<b>Til dig</b>", "text": "<p>Du</p>"}, {"title": "Til os", "text": "<p>Vi</p>"}]
    html = TabsBlock().render(TabsBlock().to_python({"tabs": tabs}))
    assert html.count("<h2") == 2
    assert "&lt;b&gt;Til dig" in html
    assert "hidden" not in html


def test_there_are_two_to_six_tabs(english):
    block = TabsBlock()
    tabs = [{"title": str(number), "text": "<p>x</p>"} for number in range(7)]
    with pytest.raises(StructBlockValidationError) as caught:
        block.clean(block.to_python({"tabs": tabs}))
    assert caught.value.block_errors["tabs"].messages == ["Tabs: there can be at most 6, and there are 7."]
    with pytest.raises(ValidationError):
        block.clean(block.to_python({"tabs": tabs[:1]}))


def test_a_sample_speaks_the_language_of_the_moment():
    sample = Sample({"rows": [{"title": translation.gettext_lazy("Monday")}]})
    with translation.override("de"):
        assert sample() == {"rows": [{"title": "Montag"}]}
