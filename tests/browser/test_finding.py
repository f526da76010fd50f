"""A group within 10 km on Tuesday evenings, found by keyboard; a list of one's own, printed; the map."""

import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from django.test import override_settings
from playwright.sync_api import Page, Route, expect

from tests import browsing

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("demo")]

LISTS = {"da": "/da/vejviser/", "de": "/de/verzeichnis/"}
AWAY = {"da": "km væk", "de": "km entfernt"}
TILE = b"\x89PNG\r\n\x1a\n" + bytes.fromhex(
    "0000000d49484452000000010000000108060000001f15c4890000000d49444154789c6360000002000001e221bc33"
    "0000000049454e44ae426082"
)


@pytest.fixture(params=["browser_page", "phone_page"])
def page(request: pytest.FixtureRequest, demo: None) -> Page:
    """A desk's and a phone's."""
    found: Page = request.getfixturevalue(request.param)
    return found


def tab_to(page: Page, selector: str) -> None:
    """Press Tab until it has the focus, as somebody without a mouse does."""
    for _press in range(200):
        page.keyboard.press("Tab")
        if page.locator(selector).evaluate_all("all => all.includes(document.activeElement)"):
            return
    pytest.fail(f"Tab never reaches {selector}")


def choose(page: Page, facet: str, value: str) -> None:
    """Open the facet by keyboard where it is closed, and tick the value."""
    facets = page.locator(".torv-facets__toggle")
    if facets.is_visible() and facets.get_attribute("aria-expanded") == "false":
        facets.focus()
        page.keyboard.press("Enter")
    panel = page.locator("details.torv-facet", has=page.locator(f"#torv-{facet}-{value}"))
    if panel.get_attribute("open") is None:
        panel.locator("> summary").focus()
        page.keyboard.press("Enter")
    page.locator(f"#torv-{facet}-{value}").focus()
    page.keyboard.press("Space")
    expect(page.locator(f"#torv-{facet}-{value}")).to_be_checked()


@pytest.mark.parametrize("language", ["da", "de"])
def test_a_group_within_ten_kilometres_on_tuesday_evenings(
    page: Page, language: str, assert_accessible: Callable[[Page], None]
) -> None:
    page.goto(LISTS[language])
    tab_to(page, "#torv-near")
    page.keyboard.type("havmolle")
    page.locator("#torv-km").focus()
    page.locator("#torv-km").select_option("10")
    choose(page, "weekday", "tuesday")
    choose(page, "time_of_day", "evening")
    page.locator("#torv-q").focus()
    page.keyboard.press("Enter")

    page.wait_for_url(re.compile("near="))
    assert page.locator("#torv-near").input_value() == "havmolle"
    first = page.locator(".torv-messages, .torv-near__others").locator("a", has_text="Havmølle")
    first.focus()
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile("near=Havm"))
    hits = page.locator(".torv-hit")
    assert hits.count() >= 2
    for text in hits.all_inner_texts():
        assert AWAY[language] in text or "1 km" in text
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    assert_accessible(page)

    title = hits.locator(".torv-hit__title").first.inner_text()
    hits.locator(".torv-hit__title a").first.focus()
    page.keyboard.press("Enter")
    expect(page.locator("h1")).to_have_text(title)
    page.locator(".back-link").click()
    expect(page.locator("#torv-weekday-tuesday")).to_be_checked()


@pytest.mark.parametrize("language", ["da", "de"])
def test_two_entries_are_remembered_and_the_list_is_printed(
    page: Page, language: str, tmp_path: Path, assert_accessible: Callable[[Page], None]
) -> None:
    page.goto(f"{LISTS[language]}?near=6355")
    titles = page.locator(".torv-hit__title").all_inner_texts()[:2]
    for number in (0, 1):
        page.locator(".torv-remember").nth(number).focus()
        page.keyboard.press("Enter")
        page.wait_for_url(re.compile(r"list=.*#e-" if not number else r"list=[^#]*%2C[^#]*#e-"))
    page.locator(".torv-shortlist-bar a").click()
    expect(page.locator(".torv-shortlist__entry")).to_have_count(2)
    assert page.locator(".torv-shortlist__entry h2").all_inner_texts() == titles
    assert_accessible(page)
    assert page.locator(".torv-shortlist__actions a").get_attribute("href").startswith("mailto:?subject=")
    page.evaluate("window.print = () => { document.title = 'printed'; }")
    page.locator(".torv-shortlist__actions [data-print]").click()
    expect(page).to_have_title("printed")

    page.emulate_media(media="print")
    expect(page.locator(".torv-nav").first).to_be_hidden()
    expect(page.locator(".torv-shortlist__actions")).to_be_hidden()
    expect(page.locator(".torv-print-only dd").first).to_contain_text("http")
    paper = tmp_path / "list.pdf"
    page.pdf(path=paper)
    assert paper.stat().st_size > 5000
    assert not page.context.cookies()


def test_near_me_sends_a_rounded_position_and_says_so_when_refused(browser_page: Page) -> None:
    page = browser_page
    page.goto(LISTS["da"])
    page.get_by_role("button", name="I nærheden af mig").click()
    expect(page.locator(".torv-near__message")).to_contain_text("postnummer")
    page.context.grant_permissions(["geolocation"])
    page.context.set_geolocation({"latitude": 54.774123, "longitude": 10.009456})
    page.get_by_role("button", name="I nærheden af mig").click()
    page.wait_for_url(re.compile("near=54.77%2C10.01"))
    assert page.locator(".torv-hit").count()


@pytest.fixture
def tiles(live_address: str) -> Iterator[None]:
    """The settings name a tile server: an address of the live server, which the test answers."""
    tile_url = f"{live_address}/tiles/{{z}}/{{x}}/{{y}}.png"
    with override_settings(TORV_DIRECTORY={"TILE_URL": tile_url, "TILE_ATTRIBUTION": "© <b>Kort</b>"}):
        yield


@pytest.mark.usefixtures("tiles")
def test_the_map_is_loaded_on_click_alone_and_works_by_keyboard(browser_page: Page) -> None:
    page = browser_page
    asked: list[str] = []

    def answer(route: Route, *_rest: Any) -> None:
        asked.append(route.request.url)
        route.fulfill(body=TILE, content_type="image/png")

    page.route("**/tiles/**", answer)
    page.on("request", lambda request: asked.append(request.url) if "/map" in request.url else None)
    page.goto(f"{LISTS['da']}?near=6355&km=10")
    button = page.get_by_role("button", name="Vis kortet")
    expect(button).to_be_visible()
    assert asked == [], "nothing loads before the click"
    button.focus()
    page.keyboard.press("Enter")
    pins = page.locator(".torv-map__pin")
    expect(pins.first).to_be_visible()
    assert any("/tiles/" in address for address in asked)
    expect(page.locator(".leaflet-control-attribution")).to_have_text("© <b>Kort</b>")
    first = page.locator(".torv-hit").first
    title = first.locator(".torv-hit__title").inner_text()
    first.get_by_role("button").focus()
    page.keyboard.press("Enter")
    expect(page.locator(".leaflet-popup a", has_text=title).first).to_be_focused()
    page.keyboard.press("Escape")
    expect(page.locator(f'.torv-map__pin[aria-label^="{title}"]').first).to_be_focused()
    # Pins lie where the places are, so WCAG 2.5.8 lets them be close; the list leads to each of them too.
    faults = browsing.accessibility_faults(page)
    assert [fault for fault in faults if not ("target-size" in fault and "torv-map__pin" in fault)] == []


@pytest.mark.usefixtures("tiles")
def test_the_map_in_a_text_shows_its_places_on_click_beside_their_addresses(browser_page: Page) -> None:
    page = browser_page
    asked: list[str] = []

    def answer(route: Route, *_rest: Any) -> None:
        asked.append(route.request.url)
        route.fulfill(body=TILE, content_type="image/png")

    page.route("**/tiles/**", answer)
    page.goto("/da/kontakt/")
    expect(page.locator(".torv-map-block address")).to_have_text(
        ["Rådhustorvet 16350 Torvkøbing", "Møllevej 306355 Havmølle"]
    )
    assert asked == [], "nothing loads before the click"
    page.get_by_role("button", name="Vis kortet").click()
    pins = page.locator(".torv-map__pin")
    expect(pins).to_have_count(2)
    assert asked
    page.get_by_role("button", name="Hjælpemiddelhuset").press("Enter")
    expect(page.locator(".leaflet-popup")).to_contain_text("Hjælpemiddelhuset")
    expect(page.locator(".leaflet-popup p a")).to_have_count(0)
    page.keyboard.press("Escape")
    expect(page.locator(".leaflet-popup")).to_have_count(0)
