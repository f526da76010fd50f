"""The one address of a page, and what networks show of it."""

import re

import pytest
from django.test import Client
from wagtail.images import get_image_model

from tests.cms_blocks import factories
from tests.cms_blocks.frame_site import Town


@pytest.fixture
def town(db: None) -> Town:
    return Town()


def head(client: Client, address: str) -> str:
    return client.get(address).content.decode().split("</head>")[0]


def shared(client: Client, address: str) -> dict[str, str]:
    return dict(re.findall(r'<meta property="og:([\w:]+)" content="([^"]*)">', head(client, address)))


def canonical(client: Client, address: str) -> list[str]:
    return re.findall(r'<link rel="canonical" href="([^"]*)">', head(client, address))


@pytest.mark.parametrize(
    ("address", "expected"),
    [
        ("/da/", ["http://testserver/da/"]),
        ("/da/om-byen/?utm_source=mail", ["http://testserver/da/om-byen/"]),
        ("/da/soeg/?q=sorg&page=2", ["http://testserver/da/soeg/"]),
        ("/da/findes-ikke/", []),
    ],
)
def test_every_page_has_one_address_without_parameters(
    town: Town, client: Client, address: str, expected: list[str]
) -> None:
    assert canonical(client, address) == expected


def test_the_address_of_an_alias_is_its_originals(town: Town, client: Client) -> None:
    history = town.page(town.home, "Historie", "historie")
    history.create_alias(parent=town.home_de, update_slug="historie", update_locale=town.de)

    assert canonical(client, "/de/historie/") == ["http://testserver/da/historie/"]


def test_a_shared_page_has_its_title_and_words_once_escaped(town: Town, client: Client) -> None:
    town.page(town.home, 'Børn & "unge"', "boern", summary='Vi siger "hej" & lytter.')

    told = shared(client, "/da/boern/")

    assert told["title"] == "Børn &amp; &quot;unge&quot;"
    assert told["description"] == "Vi siger &quot;hej&quot; &amp; lytter."
    assert told["url"] == "http://testserver/da/boern/"
    assert told["site_name"] == "Torvkøbing"
    assert told["locale"] == "da_DK"
    assert "<title>Børn &amp; &quot;unge&quot; - Torvkøbing</title>" in head(client, "/da/boern/")


def test_a_shared_page_names_its_other_languages(town: Town, client: Client) -> None:
    told = shared(client, "/de/om-byen/")

    assert (told["locale"], told["locale:alternate"]) == ("de_DE", "da_DK")


def test_the_picture_is_the_first_of_the_page_else_the_logo(
    town: Town, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    town.settings(name="Torvkøbing Kommune", logo=factories.image("Logo", 300, 100))
    blocks = factories.four_blocks(factories.image("Broen"))
    town.page(town.home, "Broen", "broen", body=blocks)

    own, logo = shared(client, "/da/broen/"), shared(client, "/da/om-byen/")
    with monkeypatch.context() as patch:
        patch.setattr(get_image_model(), "create_rendition", None)  # each picture is made once
        assert shared(client, "/da/broen/") == own

    assert own["image"].startswith("http://testserver/media/images/broen")
    assert (own["image:width"], own["image:height"]) == ("1200", "675")
    assert own["image:alt"] == "Torvet om sommeren"
    assert logo["image"].startswith("http://testserver/media/images/logo")
    assert logo["image:alt"] == "Torvkøbing Kommune"


def test_a_picture_whose_file_is_gone_is_left_out(town: Town, client: Client) -> None:
    image = factories.image("Logo", 300, 100)
    get_image_model().objects.filter(pk=image.pk).update(file="original_images/gone.png")
    town.settings(logo=image)

    assert "image" not in shared(client, "/da/om-byen/")


def test_a_page_without_words_has_no_empty_description(town: Town, client: Client) -> None:
    assert 'name="description"' not in head(client, "/da/om-byen/")
