"""The buttons beside latitude and longitude: found by the address, or chosen on a map."""

from typing import Any

import pytest
from django.test import Client, override_settings
from django.urls import reverse
from wagtail.models import Locale

from directory.models import Entry, Location, Place
from directory.position_panel import FIND_URL

from .conftest import MakeEntry
from .test_admin import PLACE, address, form, rows
from .test_locations import horsens  # noqa: F401 - a fixture
from .test_privacy import user_with

TILES = {"TILE_URL": "https://{s}.tiles.example/{z}/{x}/{y}.png", "TILE_ATTRIBUTION": "© <b>Kort</b>"}
ADD = {"kind": "self-help-group"}


def find(desk: Client, **address: str) -> Any:
    response = desk.get(reverse(FIND_URL), address)
    assert response.status_code == 200
    return response.json()


@pytest.mark.usefixtures("horsens")
@pytest.mark.parametrize(
    ("address", "position"),
    [
        ({"postal_code": "8700", "city": "Horsens", "country": "dk"}, [55.861, 9.845]),
        ({"postal_code": " 8700 "}, [55.861, 9.845]),
        ({"city": "Århus"}, [56.16, 10.2]),
        ({"postal_code": "8700", "country": "DE"}, None),
        ({"postal_code": "9999", "city": "Horsens"}, None),
        ({"city": "x" * 5000}, None),
        ({}, None),
    ],
)
def test_an_address_is_found_in_the_gazetteer(
    desk: Client, address: dict[str, str], position: list[float] | None
) -> None:
    answer = find(desk, **address)
    assert answer["position"] == position
    assert bool(answer["name"]) == bool(position)
    assert (answer["middle"] is None) == bool(position)


def test_without_a_gazetteer_nothing_is_known(desk: Client) -> None:
    assert find(desk, city="Horsens") == {"name": "", "position": None, "middle": None}


def test_only_who_writes_entries_may_ask(client: Client, django_user_model: Any) -> None:
    assert client.get(reverse(FIND_URL)).status_code == 302
    client.force_login(
        django_user_model.objects.create_user("reader"), backend="django.contrib.auth.backends.ModelBackend"
    )
    assert client.get(reverse(FIND_URL)).status_code in (302, 403)


def test_an_owner_may_ask(locales: dict[str, Locale]) -> None:
    owner = user_with("owner", "change_own_entry")
    assert owner.get(reverse(FIND_URL), {"city": "Horsens"}).json()["position"] is None
    assert "dates" in owner.get(reverse("torv_directory_next_dates")).json()


def test_every_row_has_the_buttons_and_only_this_form_may_load_tiles(
    desk: Client, make_entry: MakeEntry
) -> None:
    entry = make_entry(cities=("Horsens",))
    edit = address("edit", entry.pk)
    with override_settings(TORV_DIRECTORY=TILES):
        response = desk.get(edit)
        elsewhere = desk.get(address("list"))
    page = response.content.decode()
    assert page.count(f'data-torv-position="{reverse(FIND_URL)}"') == 2  # the row, and the one to be added
    assert page.count("data-torv-choose") == 2
    assert "locations-0-position-note" in page
    assert "tiles.example. When you show it" in page
    assert "© &lt;b&gt;Kort&lt;/b&gt;" in page
    assert "img-src 'self' data: blob: https://*.tiles.example;" in response["Content-Security-Policy"] + ";"
    assert "tiles.example" not in elsewhere["Content-Security-Policy"]


def test_without_tiles_there_is_no_map_but_the_address_is_still_found(
    desk: Client, locales: dict[str, Locale]
) -> None:
    response = desk.get(address("add"), ADD)
    page = response.content.decode()
    assert "data-torv-find" in page
    assert "data-torv-choose" not in page
    assert "data-script" not in page
    assert "img-src 'self' data: blob:;" in response["Content-Security-Policy"] + ";"


def test_a_position_found_by_the_address_follows_it_and_one_by_hand_stays(
    desk: Client,
    locales: dict[str, Locale],
    horsens: Place,  # noqa: F811
) -> None:
    here = {**PLACE, "postal_code": "8700", "city": "Horsens"}
    desk.post(address("add"), form(places=[{**here, "latitude": "55.861", "longitude": "9.845"}]))
    place = Location.objects.get()
    assert place.position_source == "gazetteer"

    def saved(**fields: str) -> Location:
        row = {**here, "id": str(Location.objects.get().pk), **fields}
        sent = form() | rows("locations", row, initial=1)
        desk.post(address("edit", Entry.objects.get().pk), {**sent, "action-publish": "1"})
        return Location.objects.get()

    moved = saved(latitude="55.861", longitude="9.845", postal_code="8000", city="Århus")
    assert (moved.latitude, moved.position_source) == (56.16, "gazetteer")
    by_hand = saved(latitude="56.2", longitude="10.2", postal_code="8000", city="Århus")
    assert (by_hand.latitude, by_hand.position_source) == (56.2, "")
