"""Headers and cookies: strict for readers, wider for the admin."""

import re

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.urls import reverse

from tests.cms_blocks.frame_site import Town

ADMIN_HOME = "/admin/"
PUBLIC = ["/da/", "/da/om-byen/", "/de/", "/da/findes-ikke/"]


@pytest.fixture
def town(db: None) -> Town:
    return Town()


def policy(response: object) -> dict[str, list[str]]:
    header: str = response["Content-Security-Policy"]  # type: ignore[index]
    return {name: values for name, *values in (part.split() for part in header.split(";"))}


@pytest.mark.parametrize("address", PUBLIC)
def test_public_pages_set_no_cookie(town: Town, client: Client, address: str) -> None:
    response = client.get(address)

    assert not response.cookies
    assert "Cookie" not in response.get("Vary", "")


def test_search_sets_no_cookie(town: Town, client: Client) -> None:
    response = client.get(reverse("torv_search:results"), {"q": "sorg"}, follow=True)

    assert response.status_code == 200
    assert not response.cookies


@pytest.mark.parametrize("address", PUBLIC)
def test_public_pages_have_the_strict_policy(town: Town, client: Client, address: str) -> None:
    directives = policy(client.get(address))

    assert directives["default-src"] == ["'none'"]
    assert directives["script-src"] == directives["style-src"] == ["'self'"]


def test_admin_has_the_wider_policy(town: Town, client: Client) -> None:
    client.force_login(User.objects.create_superuser("editor"))

    directives = policy(client.get(ADMIN_HOME))

    assert "'unsafe-inline'" in directives["script-src"]
    assert "'unsafe-inline'" in directives["style-src"]
    assert {"data:", "blob:"} <= set(directives["img-src"])
    assert directives["default-src"] == ["'none'"]


def test_login_of_the_admin_has_the_wider_policy_too(town: Town, client: Client) -> None:
    assert "'unsafe-inline'" in policy(client.get(reverse("wagtailadmin_login")))["style-src"]


def test_public_address_that_only_begins_like_the_admin_stays_strict(town: Town, client: Client) -> None:
    assert policy(client.get("/administration/", follow=True))["script-src"] == ["'self'"]


def test_editors_see_their_bar_under_the_strict_policy(town: Town, client: Client) -> None:
    client.force_login(User.objects.create_superuser("editor"))

    response = client.get("/da/om-byen/")

    assert "wagtail-userbar" in response.content.decode()
    assert policy(response)["script-src"] == ["'self'"]


@pytest.mark.parametrize("address", ["/da/", "/da/om-byen/", "/da/findes-ikke/"])
def test_public_markup_has_no_inline_script_or_style(town: Town, client: Client, address: str) -> None:
    html = client.get(address).content.decode()

    assert "<style" not in html
    assert not re.search(r"\s(style|on[a-z]+)=", html)
    # Data for search engines is no script: browsers do not run it.
    assert not re.search(r'<script(?![^>]*\ssrc=|\stype="application/ld\+json">)', html)
    assert not re.search(r'(src|href)="(https?:)?//(?!testserver)[^"]*\.(css|js|woff2?|png|svg)', html)
