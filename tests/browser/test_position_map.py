"""An editor chooses where a group meets: by its address, and on a map by mouse and keyboard."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.test import override_settings
from playwright.sync_api import Page, Route, expect
from wagtail.users.models import UserProfile

from directory.models import Location, Place
from tests import browsing

from .steps import PASSWORDS, Editor
from .test_finding import TILE

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

HOST = "https://tiles.example"


@pytest.fixture
def tiles() -> Iterator[None]:
    """Another host, as in life, so that the policy of the form is met; the test answers for it."""
    given = {"TILE_URL": f"{HOST}/{{z}}/{{x}}/{{y}}.png", "TILE_ATTRIBUTION": "© Kort"}
    with override_settings(TORV_DIRECTORY=given):
        yield


@pytest.fixture
def editor(browser_page: Page) -> Editor:
    """Speaks Danish; the gazetteer knows one town."""
    user = User.objects.create_superuser("directory", password=PASSWORDS["directory"])
    UserProfile.objects.create(user=user, preferred_language="da")
    Place.objects.create(
        postcode="6350",
        town="Torvkøbing",
        town_slug="torvkoebing",
        country="DK",
        latitude=54.802,
        longitude=10.05,
    )
    return Editor(browser_page, "da")


@pytest.mark.usefixtures("tiles")
def test_a_new_place_is_found_by_its_address_and_moved_on_a_map_by_keyboard_and_mouse(
    editor: Editor,
) -> None:
    page = editor.page
    asked: list[str] = []

    def answer(route: Route, *_rest: Any) -> None:
        asked.append(route.request.url)
        route.fulfill(body=TILE, content_type="image/png")

    page.route(f"{HOST}/**", answer)
    page.watch.allow(f"request to another host: {HOST}")  # type: ignore[attr-defined]
    editor.log_in("directory")
    page.goto("/admin/snippets/torv_directory/entry/add/?kind=self-help-group")
    page.fill("#id_name", "Kortgruppen")
    page.get_by_role("tab", name=editor.says("Contact, places and times")).click()
    page.locator("#id_locations-ADD").click()
    row = page.locator("#inline_child_locations-0")
    said = row.get_by_role("status")
    latitude, longitude = row.locator("[name$=-latitude]"), row.locator("[name$=-longitude]")

    row.get_by_role("button", name=editor.says("Find from the address")).click()
    expect(said).to_contain_text("ikke kendt")
    row.locator("[name$=-postal_code]").fill("6350")
    row.locator("[name$=-city]").fill("Torvkøbing")
    row.get_by_role("button", name=editor.says("Find from the address")).click()
    expect(said).to_contain_text("6350 Torvkøbing")
    found = float(latitude.input_value()), float(longitude.input_value())

    assert asked == [], "nothing loads before the click"
    row.get_by_role("button", name=editor.says("Choose on a map")).press("Enter")
    pin = row.get_by_role("button", name=editor.says("Position of the place"))
    expect(pin).to_be_focused()
    expect(pin).to_be_in_viewport(ratio=1)
    assert asked
    assert asked[0].startswith(HOST)
    page.keyboard.press("ArrowUp")
    page.keyboard.press("Shift+ArrowRight")
    expect(said).to_contain_text("Placering: ")
    assert float(latitude.input_value()) > found[0]
    assert float(longitude.input_value()) > found[1]
    expect(said).to_contain_text(latitude.input_value())
    assert browsing.accessibility_faults(page, "#inline_child_locations-0 [data-torv-position]") == []

    by_keys = latitude.input_value()
    row.locator(".torv-position__map").click(position={"x": 200, "y": 60})
    expect(latitude).not_to_have_value(by_keys)
    by_click = longitude.input_value()
    pin.drag_to(row.locator(".torv-position__map"), target_position={"x": 300, "y": 200})
    expect(longitude).not_to_have_value(by_click)

    # A question comes before what is there is replaced, perhaps while the click still waits.
    page.once("dialog", lambda question: question.dismiss())
    with page.expect_event("dialog") as question:
        row.get_by_role("button", name=editor.says("Find from the address")).click()
    assert question.value.message == editor.says("Replace the position that is there?")
    expect(longitude).not_to_have_value(str(found[1]))
    page.once("dialog", lambda question: question.accept())
    with page.expect_event("dialog"):
        row.get_by_role("button", name=editor.says("Find from the address")).click()
    expect(latitude).to_have_value(str(found[0]))
    row.locator(".torv-position__map").click(position={"x": 120, "y": 90})
    expect(latitude).not_to_have_value(str(found[0]))
    chosen = latitude.input_value(), longitude.input_value()
    page.locator("footer button.action-save:not([name])").click()
    expect(page.locator(".messages .success")).to_be_visible()
    place = Location.objects.get(entry__name="Kortgruppen")
    assert (str(place.latitude), str(place.longitude)) == chosen
    assert place.position_source == ""
