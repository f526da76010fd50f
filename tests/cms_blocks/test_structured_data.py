"""What search engines are told, and that no text of an editor can break out of it."""

import json
import re
from datetime import UTC, datetime, time
from typing import Any

import pytest
from django.test import Client

from cms_blocks import structured_data
from cms_blocks.models import OfficeHours
from cms_blocks.pages.models import StandardPage
from tests.cms_blocks import factories
from tests.cms_blocks.frame_site import Town


def told(script: str) -> object:
    return json.loads(script.split(">", 1)[1].removesuffix("</script>"))


def test_a_title_cannot_end_the_script() -> None:
    title = "</script><script>alert(1)</script> <!-- & \u2028 \u2029"

    script = structured_data.script({"@type": "Thing", "name": title})

    assert script.count("</script>") == 1
    assert not [sign for sign in ("<!--", "&", "\u2028", "\u2029", "<script>") if sign in script]
    assert told(script) == {"@context": "https://schema.org", "@type": "Thing", "name": title}


def test_moments_and_danish_letters_are_written_as_they_are() -> None:
    script = structured_data.script({"name": "Sorg på Ærø", "startDate": datetime(2026, 11, 24, tzinfo=UTC)})

    assert "Sorg på Ærø" in script
    assert '"2026-11-24T00:00:00Z"' in script


def test_nothing_to_tell_is_no_script() -> None:
    assert structured_data.script(None) == structured_data.script({}) == ""
    assert structured_data.breadcrumb_list([("Forside", "https://torv.example/da/")]) is None


def blocks(html: str) -> dict[str, Any]:
    """What a page tells, by type."""
    found = re.findall(r'<script type="application/ld\+json">(.*?)</script>', html, flags=re.DOTALL)
    return {data["@type"]: data for data in map(json.loads, found)}


def test_a_page_tells_the_way_to_it_in_whole_addresses(db: None, client: Client) -> None:
    town = Town()
    town.page(town.about, "</script><b>Historie & museum", "historie")

    told = blocks(client.get("/da/om-byen/historie/").content.decode())

    assert [
        (item["position"], item["name"], item["item"]) for item in told["BreadcrumbList"]["itemListElement"]
    ] == [
        (1, "Forside", "http://testserver/da/"),
        (2, "Om byen", "http://testserver/da/om-byen/"),
        (3, "</script><b>Historie & museum", "http://testserver/da/om-byen/historie/"),
    ]
    assert "GovernmentOrganization" not in told


def test_the_search_tells_the_way_to_it(db: None, client: Client) -> None:
    Town()

    told = blocks(client.get("/da/soeg/?q=x").content.decode())

    assert [item["item"] for item in told["BreadcrumbList"]["itemListElement"]] == [
        "http://testserver/da/",
        "http://testserver/da/soeg/",
    ]


def test_the_home_page_tells_who_publishes_it(db: None, client: Client) -> None:
    town = Town()
    row = town.settings(
        name="Torvkøbing Kommune",
        logo=factories.image("Logo", 300, 100),
        address="Torvet 1\n8799 Torvkøbing",
        phone="+4570101010",
        email="post@torvkoebing.example",
    )
    OfficeHours.objects.create(frame=row, first_day=0, last_day=2, opens_at=time(10), closes_at=time(15, 30))

    organisation = blocks(client.get("/da/").content.decode())["GovernmentOrganization"]

    logo = organisation.pop("logo")
    assert logo.startswith("http://testserver/media/")
    assert organisation == {
        "@context": "https://schema.org",
        "@type": "GovernmentOrganization",
        "@id": "http://testserver/da/#organisation",
        "name": "Torvkøbing Kommune",
        "url": "http://testserver/da/",
        "address": "Torvet 1, 8799 Torvkøbing",
        "telephone": "+4570101010",
        "email": "post@torvkoebing.example",
        "openingHoursSpecification": [
            {
                "@type": "OpeningHoursSpecification",
                "dayOfWeek": ["Monday", "Tuesday", "Wednesday"],
                "opens": "10:00",
                "closes": "15:30",
            }
        ],
    }


def test_a_page_type_tells_what_it_is_about(
    db: None, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    Town()
    monkeypatch.setattr(StandardPage, "structured_data", lambda page, request: {"@type": "AboutPage"})

    assert "AboutPage" in blocks(client.get("/da/om-byen/").content.decode())
