"""What surrounds a page: navigation, breadcrumbs, footer, theme; and that its queries do not grow."""

from datetime import time
from pathlib import Path

import pytest
from django.core.cache import cache
from django.db import connection
from django.test import Client, RequestFactory, override_settings
from django.test.utils import CaptureQueriesContext
from wagtail.models import Page, PageViewRestriction

from cms_blocks import checks_frame, frame
from cms_blocks.models import OfficeHours
from tests.cms_blocks.frame_site import Town, built


@pytest.fixture
def town(db: None) -> Town:
    return Town()


def of(page: object, path: str = "/da/") -> frame.Frame:
    request = RequestFactory().get(path)
    return frame.build(request, page)  # type: ignore[arg-type]


def test_navigation_shows_public_pages_in_the_menu_of_this_language(town: Town) -> None:
    town.page(town.home, "Ikke i menuen", "skjult", show_in_menus=False)
    town.page(town.home, "Kladde", "kladde", live=False)
    closed = town.page(town.home, "Lukket", "lukket")
    PageViewRestriction.objects.create(page=closed, restriction_type=PageViewRestriction.LOGIN)
    below = town.page(town.about, "Historie", "historie")

    danish = of(below)

    assert [(link.title, link.url, link.is_current) for link in danish.navigation] == [
        ("Om byen", "/da/om-byen/", True)
    ]
    assert [link.url for link in of(town.home_de).navigation] == ["/de/om-byen/"]


def test_breadcrumbs_lead_from_the_home_to_this_page(town: Town) -> None:
    below = town.page(town.about, "Historie", "historie")

    crumbs = of(below).breadcrumbs

    assert [crumb.url for crumb in crumbs] == ["/da/", "/da/om-byen/", ""]
    assert [crumb.title for crumb in crumbs][1:] == ["Om byen", "Historie"]
    assert crumbs[-1].is_current


def test_a_page_above_that_is_offline_is_no_link(town: Town) -> None:
    history = town.page(town.about, "Historie", "historie")
    below = town.page(history, "Byvåben", "byvaaben")
    town.about.unpublish()

    shown = of(Page.objects.get(pk=below.pk).specific)

    assert [crumb.url for crumb in shown.breadcrumbs] == ["/da/", "/da/om-byen/historie/", ""]
    assert shown.section_navigation is None


def test_home_has_no_breadcrumbs_and_no_second_search(town: Town, client: Client) -> None:
    html = client.get("/da/").content.decode()

    assert of(town.home).breadcrumbs == ()
    assert html.count('role="search"') == 1


def test_view_adds_crumbs_below_the_page(town: Town) -> None:
    built_frame = frame.build(RequestFactory().get("/da/"), town.about, trail=[("Sorggruppen", "/x/")])

    assert [(crumb.title, crumb.url) for crumb in built_frame.breadcrumbs][1:] == [
        ("Om byen", "/da/om-byen/"),
        ("Sorggruppen", ""),
    ]


def test_footer_shows_contact_hours_and_the_way_to_report_barriers(town: Town, client: Client) -> None:
    row = town.settings(
        name="Torvkøbing Kommune",
        address="Torvet 1\n8799 Torvkøbing",
        phone="+4570101010",
        email="post@torvkoebing.example",
        barrier_email="adgang@torvkoebing.example",
    )
    OfficeHours.objects.create(frame=row, first_day=0, last_day=3, opens_at=time(10), closes_at=time(15, 30))
    OfficeHours.objects.create(frame=row, first_day=4, last_day=4, opens_at=time(9), closes_at=time(12))

    html = client.get("/de/").content.decode()

    assert "Torvkøbing Kommune" in html
    assert "Torvet 1<br>8799 Torvkøbing" in html
    assert 'href="tel:+45-70-10-10-10"' in html
    assert 'href="mailto:adgang@torvkoebing.example?subject=' in html
    assert "Montag" in html
    assert "Donnerstag" in html
    assert "10:00–15:30" in html
    assert html.count("Freitag") == 1


def test_barriers_go_to_the_general_address_where_there_is_no_other(town: Town) -> None:
    town.settings(email="post@torvkoebing.example")

    assert of(town.home).footer.barrier_email == "post@torvkoebing.example"


def test_footer_links_to_the_page_in_the_readers_language(town: Town) -> None:
    town.settings(privacy_page=town.about)

    (privacy,) = of(town.home_de).footer.links

    assert (privacy.url, privacy.lang) == ("/de/om-byen/", "")


def test_footer_marks_a_linked_page_that_is_not_translated(town: Town) -> None:
    town.about_de.unpublish()
    town.settings(privacy_page=town.about)

    privacy = of(town.home_de).footer.privacy

    assert privacy
    assert (privacy.url, privacy.lang) == ("/da/om-byen/", "da")


def test_footer_leaves_out_a_page_that_is_not_public(town: Town) -> None:
    town.settings(imprint_page=town.about)
    PageViewRestriction.objects.create(page=town.about, restriction_type=PageViewRestriction.LOGIN)
    PageViewRestriction.objects.create(page=town.about_de, restriction_type=PageViewRestriction.LOGIN)

    assert of(town.home).footer.imprint is None


def test_accessibility_statement_is_a_page_or_the_address_of_the_settings(town: Town) -> None:
    with override_settings(TORV_BLOCKS={"ACCESSIBILITY_STATEMENT_URL": "https://was.example/x"}):
        without_page = of(town.home).footer.accessibility
        town.settings(accessibility_page=town.about)
        with_page = of(town.home).footer.accessibility

    assert without_page
    assert without_page.url == "https://was.example/x"
    assert with_page
    assert with_page.url == "/da/om-byen/"


def test_germany_requires_an_imprint(town: Town) -> None:
    with override_settings(TORV_BLOCKS={"COUNTRY": "DE"}):
        (warning,) = checks_frame.check_imprint(databases=["default"])
        assert warning.id == "torv_blocks.W026"
        assert "testserver" in warning.msg

        town.settings(imprint_page=town.about)
        assert checks_frame.check_imprint(databases=["default"]) == []


def test_denmark_requires_no_imprint(town: Town) -> None:
    with override_settings(TORV_BLOCKS={"COUNTRY": "DK"}):
        assert checks_frame.check_imprint(databases=["default"]) == []


def test_country_without_rules_is_an_error() -> None:
    with override_settings(TORV_BLOCKS={"COUNTRY": "Danmark"}):
        (error,) = checks_frame.check_country()

    assert error.id == "torv_blocks.E023"


def test_search_address_that_does_not_exist_is_reported_and_no_form_is_shown(
    town: Town, client: Client
) -> None:
    with override_settings(TORV_BLOCKS={"SEARCH_URL_NAME": "no:where"}):
        (warning,) = checks_frame.check_search_address()
        html = client.get("/da/om-byen/").content.decode()

    assert warning.id == "torv_blocks.W024"
    assert 'role="search"' not in html


def test_suggestions_from_an_address_that_does_not_exist_are_reported_and_not_asked_for(
    town: Town, client: Client
) -> None:
    with override_settings(TORV_BLOCKS={"SUGGEST_URL_NAME": "no:where"}):
        (warning,) = checks_frame.check_search_address()
        html = client.get("/da/om-byen/").content.decode()

    assert warning.id == "torv_blocks.W029"
    assert "search.service_urls" in str(warning.hint)
    assert 'role="search"' in html
    assert "data-torv-combobox" not in html


@pytest.mark.parametrize(
    "names", [{}, {"SUGGEST_URL_NAME": ""}, {"SEARCH_URL_NAME": "", "SUGGEST_URL_NAME": "no:where"}]
)
def test_no_suggestions_and_no_search_are_no_mistakes(names: dict[str, str]) -> None:
    with override_settings(TORV_BLOCKS=names):
        assert checks_frame.check_search_address() == []


def test_each_site_has_its_theme(
    town: Town, client: Client, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    built(monkeypatch, tmp_path)
    town.settings(theme="marktbrueck")

    html = client.get("/da/om-byen/").content.decode()

    assert html.index("main-AAA.css") < html.index("marktbrueck-EEE.css")
    assert "torvkoebing-DDD.css" not in html


def test_title_names_page_and_municipality(town: Town, client: Client) -> None:
    assert "<title>Om byen - Torvkøbing</title>" in client.get("/da/om-byen/").content.decode()


def test_frame_without_a_request_asks_no_database(db: None) -> None:
    with CaptureQueriesContext(connection) as queries:
        plain = frame.plain()

    assert len(queries) == 0
    assert plain.navigation == ()


def test_queries_do_not_grow_with_pages_and_rows(town: Town) -> None:
    row = town.settings(privacy_page=town.about, imprint_page=town.about)

    def count() -> int:
        cache.clear()
        with CaptureQueriesContext(connection) as queries:
            of(town.about)
        return len(queries)

    before = count()
    for number in range(6):
        town.page(town.home, f"Side {number}", f"side-{number}")
        OfficeHours.objects.create(frame=row, first_day=number, opens_at=time(9), closes_at=time(12))
    town.settings(accessibility_page=town.about)

    assert count() == before
