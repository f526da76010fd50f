"""Error pages in three languages, the maintenance page, and `/was`."""

from pathlib import Path

import pytest
from django.db import connection
from django.test import Client, RequestFactory, override_settings
from django.test.utils import CaptureQueriesContext

from cms_blocks import checks_frame, views
from tests.cms_blocks.frame_site import Town, built

STATEMENT = "https://was.example/torvkoebing"


@pytest.fixture
def town(db: None) -> Town:
    return Town()


def test_not_found_keeps_the_frame_and_offers_the_search(town: Town, client: Client) -> None:
    response = client.get("/da/findes-ikke/")
    html = response.content.decode()

    assert response.status_code == 404
    assert '<html lang="da">' in html
    assert 'role="search"' in html
    assert 'href="/da/om-byen/"' in html
    assert 'content="noindex"' in html


@pytest.mark.parametrize("code", ["da", "de"])
def test_not_found_speaks_the_language_of_the_address(town: Town, client: Client, code: str) -> None:
    response = client.get(f"/{code}/findes-ikke/")

    assert response.status_code == 404
    assert f'<html lang="{code}">' in response.content.decode()


@pytest.mark.parametrize(("view", "status"), [(views.server_error, 500), (views.service_unavailable, 503)])
@pytest.mark.parametrize("code", ["da", "de", "en"])
def test_server_errors_speak_the_language_of_the_address(view: object, status: int, code: str) -> None:
    request = RequestFactory().get(f"/{code}/om-byen/")

    response = view(request)  # type: ignore[operator]

    assert response.status_code == status
    assert f'<html lang="{code}">' in response.content.decode()
    assert f'href="/{code}/"' in response.content.decode()


def test_server_error_without_a_language_prefix_asks_the_browser() -> None:
    request = RequestFactory().get("/was", headers={"accept-language": "de"})

    response = views.server_error(request)

    assert '<html lang="de">' in response.content.decode()
    assert response["Vary"] == "Accept-Language"


def test_server_error_leaves_the_active_language_as_it_was() -> None:
    from django.utils import translation

    with translation.override("da"):
        views.server_error(RequestFactory().get("/de/"))

        assert translation.get_language() == "da"


@pytest.mark.parametrize("view", [views.server_error, views.service_unavailable])
def test_server_errors_ask_no_database_and_keep_the_theme(
    view: object, db: None, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    built(monkeypatch, tmp_path)

    with CaptureQueriesContext(connection) as queries:
        html = view(RequestFactory().get("/da/")).content.decode()  # type: ignore[operator]

    assert len(queries) == 0
    assert "torvkoebing-DDD.css" in html


def test_failing_view_is_answered_by_the_error_page(
    town: Town, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*args: object) -> None:
        raise RuntimeError

    monkeypatch.setattr("cms_blocks.pages.models.StandardPage.get_context", fail)
    client.raise_request_exception = False

    response = client.get("/de/om-byen/")

    assert response.status_code == 500
    assert '<html lang="de">' in response.content.decode()


def test_maintenance_page_says_when_to_come_back() -> None:
    assert views.service_unavailable(RequestFactory().get("/da/"))["Retry-After"] == "600"


def test_was_redirects_where_it_is_set(town: Town, client: Client) -> None:
    with override_settings(TORV_BLOCKS={"WAS_REDIRECT_URL": STATEMENT}):
        for address in ("/was", "/was/"):
            response = client.get(address)
            assert (response.status_code, response["Location"]) == (302, STATEMENT)


def test_was_is_not_found_where_it_is_not_set(town: Town, client: Client) -> None:
    assert client.get("/was", follow=True).status_code == 404


@pytest.mark.parametrize("key", ["WAS_REDIRECT_URL", "ACCESSIBILITY_STATEMENT_URL"])
@pytest.mark.parametrize("url", ["was.digst.example/x", "/da/was", "javascript:alert(1)", "https://"])
def test_address_that_is_none_is_reported(key: str, url: str) -> None:
    with override_settings(TORV_BLOCKS={key: url}):
        (error,) = checks_frame.check_addresses()

    assert error.id == "torv_blocks.E022"
    assert key in error.msg
    with override_settings(TORV_BLOCKS={key: STATEMENT}):
        assert checks_frame.check_addresses() == []
