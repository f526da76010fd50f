"""Blocks on other pages that show entries and places: what readers may see, in their language."""

import re

import pytest
from django.test import RequestFactory, override_settings
from django.urls import reverse
from django.utils import translation
from wagtail.blocks import StructBlockValidationError
from wagtail.models import ReferenceIndex
from wagtail_localize.segments.extract import StreamFieldSegmentExtractor

from cms_blocks.pages.models import StandardPage
from directory.blocks import DirectoryBody, EntryListBlock, EntryTeaserBlock, MapBlock
from directory.maps import position_of
from directory.models import EntryTargetGroup, TargetGroup
from tests.directory.conftest import index_entries, translate

pytestmark = pytest.mark.django_db
TEASER, LIST, MAP = EntryTeaserBlock(), EntryListBlock(), MapBlock()
TILES = {"TILE_URL": "https://tiles.example.org/{z}/{x}/{y}.png", "TILE_ATTRIBUTION": "© Kort"}


def rendered(block, value, page, **attributes):
    request = RequestFactory().get("/")
    request.__dict__.update(attributes)
    with translation.override(page.locale.language_code):
        return block.render(block.to_python(value), {"page": page, "request": request})


def asked(**fields):
    given = {
        "heading": "Grupper",
        "kinds": [],
        "topics": [],
        "target_groups": [],
        "place": "",
        "order": "name",
        "most": 5,
    }
    return {**given, **fields}


def names(html):
    return re.findall(r'torv-card__title"><a [^>]*>([^<]+)<', html)


def test_a_teaser_speaks_the_reader_s_language_and_leads_to_their_directory(
    directory_page, german_page, make_entry, locales
):
    entry = make_entry("Sorggruppen", cities=("Aarhus",), summary="For voksne.")
    html = rendered(TEASER, {"entry": entry.pk}, directory_page)
    assert '<a href="/da/vejviser/sorggruppen/">Sorggruppen</a>' in html
    assert "Selvhjælpsgruppe · Aarhus" in html
    assert 'lang="da" hreflang="da">Sorggruppen' in rendered(TEASER, {"entry": entry.pk}, german_page)
    row = translate(entry, locales["de"], name="Trauergruppe")
    for key in (entry.pk, row.pk):
        html = rendered(TEASER, {"entry": key}, german_page)
        assert '<a href="/de/verzeichnis/sorggruppen/">Trauergruppe</a>' in html


def test_entries_that_readers_may_not_see_break_nothing_and_are_named_to_the_editor(
    directory_page, make_entry
):
    draft = make_entry("Kladden", live=False)
    for key in (draft.pk, 999):
        assert rendered(TEASER, {"entry": key}, directory_page).strip() == ""
        assert "torv-note" in rendered(TEASER, {"entry": key}, directory_page, is_preview=True)
    with translation.override("en"), pytest.raises(StructBlockValidationError) as caught:
        TEASER.clean(TEASER.to_python({"entry": draft.pk}))
    assert "Readers do not see “Kladden” at present." in caught.value.block_errors["entry"].messages[0]
    assert TEASER.clean_deferred(TEASER.to_python({"entry": draft.pk}))


def test_a_list_finds_by_each_filter_and_links_to_all_of_them(directory_page, make_entry, make_topic):
    loss = make_topic("Tab")
    grief = make_topic("Sorg", broader=loss)
    young = TargetGroup.objects.create(label="Unge", locale=loss.locale)
    entries = [make_entry(f"Gruppe {i}", cities=("Aarhus",), topics=(grief,)) for i in range(3)]
    make_entry("Netværket", kind="network", cities=("Vejle",))
    make_entry("Kladden", topics=(grief,), live=False)
    EntryTargetGroup.objects.create(entry=entries[1], target_group=young)
    index_entries()
    html = rendered(LIST, asked(topics=[loss.pk], most=2), directory_page)
    assert names(html) == ["Gruppe 0", "Gruppe 1"]
    assert '<a href="/da/vejviser/?topic=tab&amp;sort=name">' in html
    assert "3" in html.split("sort=name")[1]
    assert names(rendered(LIST, asked(kinds=["network"]), directory_page)) == ["Netværket"]
    assert names(rendered(LIST, asked(place="vejle"), directory_page)) == ["Netværket"]
    assert names(rendered(LIST, asked(target_groups=[young.pk]), directory_page)) == ["Gruppe 1"]
    nothing = asked(kinds=["network"], topics=[loss.pk])
    assert rendered(LIST, nothing, directory_page).strip() == ""
    assert "torv-note" in rendered(LIST, nothing, directory_page, is_preview=True)


def test_what_is_unpublished_leaves_the_list_at_once(directory_page, make_entry):
    entry, other = make_entry("Gruppe A"), make_entry("Gruppe B")
    index_entries()
    entry.unpublish()
    html = rendered(LIST, asked(kinds=["self-help-group"]), directory_page)
    assert names(html) == [other.name]


def test_more_entries_take_no_more_queries(
    directory_page, make_entry, make_topic, django_assert_max_num_queries
):
    topic = make_topic("Sorg")
    counts = []
    for number in (1, 12):
        for i in range(number):
            make_entry(f"Gruppe {number} {i}", cities=("Aarhus",), topics=(topic,))
        index_entries()
        rendered(LIST, asked(topics=[topic.pk], most=12), directory_page)
        with django_assert_max_num_queries(40) as counted:
            html = rendered(LIST, asked(topics=[topic.pk], most=12), directory_page)
        counts.append(len(counted))
    assert len(names(html)) == 12
    assert counts[0] == counts[1]


def test_a_list_that_asks_nothing_and_too_many_are_refused(locales):
    with translation.override("en"):
        with pytest.raises(StructBlockValidationError) as caught:
            LIST.clean(LIST.to_python(asked()))
        assert "Choose at least one kind" in caught.value.block_errors["kinds"].messages[0]
        with pytest.raises(StructBlockValidationError) as caught:
            LIST.clean(LIST.to_python(asked(kinds=["network"], most=13, place="nowhere")))
        assert set(caught.value.block_errors) == {"most", "place"}


def test_deleted_topics_are_left_out_of_the_question(directory_page, make_entry):
    make_entry("Gruppe")
    index_entries()
    html = rendered(LIST, asked(kinds=["self-help-group"], topics=[999], target_groups=[999]), directory_page)
    assert names(html) == ["Gruppe"]


def places(*positions):
    return {
        "heading": "Find os",
        "places": [
            {
                "name": f"Hus {i}",
                "street": "Torvet 1",
                "postal_code": "6350",
                "city": "Torvkøbing",
                "note": "Ring på",
                "position": position,
            }
            for i, position in enumerate(positions)
        ],
    }


def test_addresses_are_always_there_and_a_map_only_with_tiles_and_a_position(directory_page):
    html = rendered(MAP, places("55.1, 9.2"), directory_page)
    assert "<address>Torvet 1<br>6350 Torvkøbing</address>" in html
    assert "data-map" not in html
    with override_settings(TORV_DIRECTORY=TILES):
        assert "data-map" not in rendered(MAP, places(""), directory_page)
        html = rendered(MAP, places("55.1, 9.2", "", "nowhere"), directory_page)
    assert "[55.1, 9.2]" in html
    assert "tiles.example.org" in html
    assert 'data-label="Kort: Hus 0"' in html
    assert "<img" not in html


def test_the_policy_lets_the_tiles_be_shown_on_the_page_with_the_map_alone(directory_page, client):
    home = directory_page.get_parent()
    body = [("map", MAP.to_python(places("55.1, 9.2")))]
    page = home.add_child(instance=StandardPage(title="Find os", locale=home.locale, body=body))
    plain = home.add_child(instance=StandardPage(title="Andet", locale=home.locale))
    with override_settings(TORV_DIRECTORY=TILES):
        assert (
            "img-src 'self' data: https://tiles.example.org"
            in client.get(page.url)["Content-Security-Policy"]
        )
        assert "tiles.example.org" not in client.get(plain.url)["Content-Security-Policy"]


@pytest.mark.parametrize(
    ("text", "position"),
    [
        ("55.861, 9.845", (55.861, 9.845)),
        (" 55.861;9.845 ", (55.861, 9.845)),
        ("-1 2", (-1.0, 2.0)),
        ("55,861, 9,845", None),
        ("91, 0", None),
        ("", None),
        ("her", None),
    ],
)
def test_a_position_is_two_numbers_on_earth(text, position):
    assert position_of(text) == position


def test_a_position_that_is_none_is_refused_beside_its_field(locales):
    with translation.override("en"), pytest.raises(StructBlockValidationError) as caught:
        MAP.clean(MAP.to_python(places("her")))
    [row] = caught.value.block_errors["places"].as_json_data()["blockErrors"].values()
    assert row["blockErrors"]["position"]["messages"] == [
        "Write two numbers with a comma between: 55.861, 9.845"
    ]


def test_texts_are_translated_and_facts_are_not_and_references_are_tracked(
    directory_page, make_entry, make_topic
):
    entry, topic = make_entry("Gruppen"), make_topic("Sorg")
    home = directory_page.get_parent()
    body = [
        ("entry_teaser", {"entry": entry}),
        ("entry_list", LIST.to_python(asked(topics=[topic.pk], place="aarhus"))),
        ("map", MAP.to_python(places("55.1, 9.2"))),
    ]
    page = home.add_child(instance=StandardPage(title="Hjælp", locale=home.locale, body=body))
    segments = StreamFieldSegmentExtractor(page._meta.get_field("body"), True).handle_stream_block(page.body)
    assert {segment.string.data for segment in segments} == {"Grupper", "Find os", "Hus 0", "Ring på"}
    ReferenceIndex.create_or_update_for_object(page)
    for target in (entry, topic):
        assert ReferenceIndex.get_references_to(target).filter(object_id=str(page.pk)).exists()
    assert "Hus 0" in page.plain_text
    assert "55.1" not in page.plain_text


@pytest.mark.parametrize("code", ["da", "de", "en"])
def test_blocks_are_previewed_in_the_editor_s_language(directory_page, admin_client, code):
    shown = {}
    for name in ("entry_teaser", "entry_list", "map"):
        block = StandardPage._meta.get_field("body").stream_block.child_blocks[name]
        assert block.get_description()
        answer = admin_client.get(
            reverse("wagtailadmin_block_preview"),
            {"id": block.definition_prefix},
            headers={"Accept-Language": code},
        )
        assert answer.status_code == 200
        shown[name] = answer.content.decode()
    assert {"da": "Sorggruppe", "de": "Trauergruppe", "en": "Grief group"}[code] in shown["entry_teaser"]
    assert set(DirectoryBody.base_blocks) >= {"entry_teaser", "entry_list", "map"}
