from collections.abc import Callable
from datetime import UTC, datetime

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.test import override_settings
from django.utils import translation
from wagtail.models import Locale

from cms_blocks.models import Topic
from directory.models import Entry, EntryTopic, Location

from .conftest import MakeEntry, MakeTopic, translate


@pytest.mark.parametrize(
    ("name", "slug"),
    [
        ("Pårørende til ældre på Ærø", "paaroerende-til-aeldre-paa-aeroe"),
        ("Selbsthilfe für Süchtige, Straße 3", "selbsthilfe-fuer-suechtige-strasse-3"),
        ("日本語", "entry"),
    ],
)
def test_an_address_left_empty_is_made_from_the_name(make_entry: MakeEntry, name: str, slug: str) -> None:
    assert make_entry(name).slug == slug


def test_entries_of_the_same_name_get_counted_addresses(make_entry: MakeEntry) -> None:
    assert [make_entry("KISS", locale=code).slug for code in ("da", "de", "da")] == [
        "kiss",
        "kiss-2",
        "kiss-3",
    ]


def test_an_address_does_not_change_with_the_name(make_entry: MakeEntry) -> None:
    entry = make_entry("Sorggruppen")
    entry.name = "Gruppen for efterladte"
    entry.full_clean()
    entry.save()
    entry.refresh_from_db()
    assert entry.slug == "sorggruppen"


def test_a_long_name_makes_an_address_that_fits(make_entry: MakeEntry) -> None:
    slugs = [make_entry("a" * 255).slug for _ in range(2)]
    assert [len(slug) for slug in slugs] == [255, 255]
    assert slugs[1].endswith("a-2")


def test_a_translation_keeps_the_address_and_leaves_the_facts_on_the_source(
    make_entry: MakeEntry, make_topic: MakeTopic, locales: dict[str, Locale]
) -> None:
    source = make_entry(phone="+4586123456", cities=["Aarhus"], topics=[make_topic("Sorg")], external_id="7")
    row = translate(source, locales["de"], name="Trauergruppe")
    row = Entry.objects.get(pk=row.pk)
    assert (row.slug, row.external_id, row.source_row) == ("sorggruppen", "7", source)
    assert (row.phone, row.locations.count(), row.entry_topics.count()) == ("", 0, 0)
    assert row.facts.phone == "+4586123456"


def test_a_translation_starts_its_own_life_as_a_draft(
    make_entry: MakeEntry, locales: dict[str, Locale]
) -> None:
    source = make_entry(kind="contact-point", phone="+4586123456", go_live_at=None)
    source.save_revision().publish()
    source.refresh_from_db()
    row = source.copy_for_translation(locales["de"])
    assert source.live_revision_id is not None
    assert (row.live, row.live_revision_id, row.first_published_at) == (False, None, None)


def test_the_translation_follows_when_an_editor_changes_the_address(
    make_entry: MakeEntry, locales: dict[str, Locale]
) -> None:
    source = make_entry()
    row = translate(source, locales["de"])
    source.slug = "sorg-i-aarhus"
    source.save()
    row = Entry.objects.get(pk=row.pk)
    row.save()
    assert row.slug == "sorg-i-aarhus"


def faults(entry: Entry | Location) -> dict[str, list[str]]:
    with translation.override("en"), pytest.raises(ValidationError) as caught:
        entry.full_clean()
    with translation.override("en"):
        return caught.value.message_dict


def test_an_address_in_use_is_refused_beside_its_field_in_every_language(
    make_entry: MakeEntry, locales: dict[str, Locale]
) -> None:
    make_entry("KISS", locale="da")
    other = Entry(name="Andre", slug="kiss", kind="network", locale=locales["de"])
    assert list(faults(other)) == ["slug"]
    with pytest.raises(IntegrityError), transaction.atomic():
        other.save()


def test_an_external_id_in_use_is_refused_in_the_same_language_only(
    make_entry: MakeEntry, locales: dict[str, Locale]
) -> None:
    make_entry("KISS", external_id="294")
    same = Entry(name="Andre", kind="network", external_id="294", locale=locales["da"])
    assert faults(same) == {"external_id": ["Another entry in this language has this id."]}
    Entry(name="Andre", kind="network", external_id="294", locale=locales["de"]).full_clean()
    Entry(name="Andre", kind="network", locale=locales["da"]).full_clean()


def test_the_end_of_visibility_must_come_after_its_beginning(locales: dict[str, Locale]) -> None:
    moment = datetime(2026, 5, 1, tzinfo=UTC)
    entry = Entry(name="A", kind="network", locale=locales["da"], visible_from=moment, visible_to=moment)
    assert list(faults(entry)) == ["visible_to"]


@pytest.mark.parametrize(("given", "missing"), [("latitude", "longitude"), ("longitude", "latitude")])
def test_half_a_position_is_refused_beside_the_empty_field(
    make_entry: MakeEntry, given: str, missing: str
) -> None:
    place = Location(entry=make_entry(), city="Aarhus", **{given: 10.0})
    assert faults(place) == {missing: ["Give both latitude and longitude, or neither."]}


def test_a_position_outside_the_earth_is_refused(make_entry: MakeEntry) -> None:
    place = Location(entry=make_entry(), city="Aarhus", latitude=91.0, longitude=-181.0)
    assert sorted(faults(place)) == ["latitude", "longitude"]


def test_a_place_keeps_its_country_in_capitals_and_a_slug_of_its_town(make_entry: MakeEntry) -> None:
    entry = make_entry()
    place = Location.objects.create(entry=entry, city="Næstved", country="dk")
    assert (place.country, place.city_slug) == ("DK", "naestved")
    assert "country" in faults(Location(entry=entry, city="Næstved", country="D1"))


def test_the_default_country_is_a_setting() -> None:
    with override_settings(TORV_DIRECTORY={"DEFAULT_COUNTRY": "DE"}):
        assert Location().country == "DE"
    assert Location().country == "DK"


def test_a_chosen_translation_of_a_topic_is_stored_as_its_source_row(
    make_entry: MakeEntry, make_topic: MakeTopic
) -> None:
    topic = make_topic("Sorg", de="Trauer")
    german = Topic.objects.get(source_row=topic)
    entry = make_entry(topics=[german])
    assert EntryTopic.objects.get(entry=entry).topic == topic


REACHES: list[Callable[[Entry], object]] = [
    lambda entry: setattr(entry, "phone", "+4586123456"),
    lambda entry: setattr(entry, "email", "sorg@torvkoebing.example"),
    lambda entry: setattr(entry, "website", "https://sorg.example"),
    lambda entry: setattr(entry, "locations", [Location(city="Aarhus")]),
]


@pytest.mark.parametrize("reach", REACHES)
def test_one_way_to_reach_it_is_enough_to_publish(
    make_entry: MakeEntry, reach: Callable[[Entry], object]
) -> None:
    entry = make_entry(live=False, kind="contact-point")
    reach(entry)
    entry.save_revision().publish()
    entry.refresh_from_db()
    assert entry.live


def test_an_entry_nobody_can_reach_is_not_published_on_any_road(make_entry: MakeEntry) -> None:
    entry = make_entry(live=False, kind="contact-point")
    with pytest.raises(ValidationError) as caught:
        entry.save_revision().publish()
    entry.refresh_from_db()
    assert not entry.live
    assert list(caught.value.message_dict) == ["phone"]
