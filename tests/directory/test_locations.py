"""Where entries are found: sorts of places, blurred positions, and the gazetteer."""

from io import StringIO
from pathlib import Path

import pytest
from django.core.exceptions import ValidationError
from django.core.management import CommandError, call_command
from django.test import Client
from wagtail.models import Locale

from directory.models import Entry, Location, Place
from directory.pages.models import DirectoryPage

from .conftest import MakeEntry, MakeTopic
from .test_admin import PLACE, address, form
from .test_search_documents import documents

HEAD = "postcode,town,lat,lon\n"


def load(tmp_path: Path, text: str | bytes) -> str:
    file = tmp_path / "places.csv"
    file.write_bytes(text if isinstance(text, bytes) else text.encode())
    out = StringIO()
    call_command("load_places", str(file), stdout=out)
    return out.getvalue()


def test_places_are_loaded_once(db: None, tmp_path: Path) -> None:
    text = "Postcode;Town;Lat;Lon;Country\n8700;Horsens;55,861;9,845;DK\n24937;Flensburg;54.78;9.43;de\n"
    assert "rows 2, created 2, known 0" in load(tmp_path, text)
    assert "rows 2, created 0, known 2" in load(tmp_path, text.replace("55,861", "55.9"))
    assert Place.objects.get(postcode="8700").latitude == 55.9
    assert Place.objects.get(town="Flensburg").country == "DE"


@pytest.mark.parametrize(
    "text",
    [
        "",
        "town,lat,lon\nHorsens,55,9\n",
        HEAD + "8700,Horsens,north,9.8\n",
        HEAD + "8700,Horsens,95,9.8\n",
        HEAD + "8700,Horsens,55\n",
        HEAD + ",Horsens,55,9\n",
        HEAD + "8700,Horsens,55,86,9,84\n",
        HEAD + "8700,Horsens," + "5" * 200_000,
        HEAD.encode() + b"8700,\xe6\xf8\xe5,55,9\n",
    ],
)
def test_a_damaged_file_is_refused_whole(db: None, tmp_path: Path, text: str | bytes) -> None:
    with pytest.raises(CommandError):
        load(tmp_path, text)
    assert not Place.objects.exists()


def test_the_line_of_a_wrong_place_is_counted_in_the_file(db: None, tmp_path: Path) -> None:
    with pytest.raises(CommandError, match="4: “north”"):
        load(tmp_path, HEAD + "8700,Horsens,55.86,9.84\n\n8000,Aarhus,north,10.2\n")


@pytest.fixture
def horsens(db: None) -> Place:
    Place.objects.create(
        postcode="8000", town="Aarhus", town_slug="aarhus", country="DK", latitude=56.16, longitude=10.2
    )
    return Place.objects.create(
        postcode="8700", town="Horsens", town_slug="horsens", country="DK", latitude=55.861, longitude=9.845
    )


def test_a_place_without_a_position_gets_that_of_its_postcode_and_follows_the_address(
    make_entry: MakeEntry, horsens: Place
) -> None:
    place = Location.objects.create(entry=make_entry(), city="Horsens", postal_code="8700")
    assert (place.latitude, place.position_source) == (55.861, "gazetteer")
    place.postal_code, place.city = "8000", "Aarhus"
    place.save()
    assert place.latitude == 56.16
    place.postal_code, place.city = "9999", "Nowhere"
    place.save()
    assert (place.latitude, place.position_source) == (None, "")


def test_a_town_without_a_postcode_gets_a_position_where_its_name_is_the_only_one(
    make_entry: MakeEntry, horsens: Place
) -> None:
    place = Location.objects.create(entry=make_entry(), city="Horsens")
    assert (place.latitude, place.position_source) == (55.861, "gazetteer")
    near, far = {"latitude": 55.9, "longitude": 9.8}, {"latitude": 57.0, "longitude": 9.9}
    Place.objects.create(postcode="8701", town="Horsens", town_slug="horsens", country="DK", **near)
    place.save()
    assert place.latitude == 55.861
    Place.objects.create(postcode="9999", town="Horsens", town_slug="horsens", country="DK", **far)
    place.save()
    assert (place.latitude, place.position_source) == (None, "")


def test_a_position_by_hand_stays(make_entry: MakeEntry, horsens: Place) -> None:
    place = Location.objects.create(
        entry=make_entry(), city="Horsens", postal_code="8700", latitude=1.0, longitude=2.0
    )
    assert (place.latitude, place.longitude, place.position_source) == (1.0, 2.0, "")


@pytest.mark.parametrize(
    "given",
    [
        {"latitude": "55.861, 9.845"},
        {"latitude": "55.861,9.845"},
        {"latitude": "55,861; 9,845"},
        {"latitude": "55,861, 9,845"},
        {"latitude": "55,861", "longitude": "9.845"},
    ],
)
def test_both_numbers_may_be_pasted_into_one_field(
    desk: Client, locales: dict[str, Locale], given: dict[str, str]
) -> None:
    desk.post(address("add"), form(places=[{**PLACE, **given}]))
    place = Location.objects.get()
    assert (place.latitude, place.longitude) == (55.861, 9.845)


@pytest.mark.parametrize("latitude", ["north", "1, 2, 3", "95, 9", "nan"])
def test_a_position_that_is_none_is_said_beside_its_field(
    desk: Client, locales: dict[str, Locale], latitude: str
) -> None:
    response = desk.post(address("add"), form(places=[{**PLACE, "latitude": latitude, "longitude": "9"}]))
    assert [list(one) for one in response.context["form"].formsets["locations"].errors] == [["latitude"]]
    assert latitude in response.content.decode()


def test_a_blurred_place_keeps_street_and_position_to_itself(
    client: Client, directory_page: DirectoryPage, make_entry: MakeEntry
) -> None:
    entry = make_entry()
    Location.objects.create(
        entry=entry,
        city="Horsens",
        address_1="Hemmeligvej 7",
        latitude=55.86123,
        longitude=9.84567,
        approximate=True,
        facilities=["lift"],
        accessibility_description="Ring på bagdøren",
        transportation="Bus 5",
    )
    page = client.get(f"/da/vejviser/{entry.slug}/").content.decode()
    assert "Horsens" in page
    assert "Elevator" in page
    document = documents(Entry.objects.get())["da"]
    assert (document.latitude, document.longitude) == (55.86, 9.85)
    assert document.facets["accessibility"] == ("lift",)
    shortlist = client.get(f"/da/vejviser/shortlist/?list={entry.slug}").content.decode()
    assert "Elevator" in shortlist
    for told in (page, shortlist, repr(document)):
        for secret in ("Hemmeligvej", "55.861", "bagdøren", "Bus 5"):
            assert secret not in told


@pytest.mark.parametrize("is_sensitive", [True, False])
def test_the_way_to_the_door_is_told_where_the_door_is(
    client: Client,
    directory_page: DirectoryPage,
    make_entry: MakeEntry,
    make_topic: MakeTopic,
    is_sensitive: bool,
) -> None:
    entry = make_entry(topics=(make_topic("Vold", is_sensitive=is_sensitive),))
    Location.objects.create(
        entry=entry, city="Horsens", accessibility_description="Ring på bagdøren", transportation="Bus 5"
    )
    for path in (f"{entry.slug}/", f"shortlist/?list={entry.slug}"):
        page = client.get(f"/da/vejviser/{path}").content.decode()
        assert "Horsens" in page
        assert ("bagdøren" in page, "Bus 5" in page) == (not is_sensitive, not is_sensitive)


def test_only_online_places_do_without_a_town(make_entry: MakeEntry) -> None:
    entry = make_entry()
    Location(entry=entry, location_type="virtual").full_clean()
    with pytest.raises(ValidationError) as caught:
        Location(entry=entry, location_type="postal").full_clean()
    assert list(caught.value.message_dict) == ["city"]
