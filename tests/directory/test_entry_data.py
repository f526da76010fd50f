"""What an entry's page hands to machines: a contact card, and schema.org for search engines."""

import json
import re
from datetime import time
from typing import Any

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from directory.models import CostOption, Entry, Location, Schedule, TeamMember
from directory.pages.models import DirectoryPage

from .conftest import MakeEntry, MakeTopic


def organisation(client: Client, page: DirectoryPage, entry: Entry) -> dict[str, Any] | None:
    html = client.get(f"{page.url}{entry.slug}/").content.decode()
    blocks = re.findall(r'<script type="application/ld\+json">(.*?)</script>', html)
    told = [json.loads(block) for block in blocks]
    return next((one for one in told if one.get("@id", "").endswith("#entry")), None)


def full_entry(make_entry: MakeEntry, **fields: Any) -> Entry:
    entry = make_entry(
        "Sorg & tab", phone="+4586123456", email="sorg@example.org", languages=["da", "ar"], **fields
    )
    Location.objects.create(
        entry=entry,
        address_1="Torvet 1",
        city="Vejle",
        postal_code="7100",
        latitude=55.7093,
        longitude=9.5357,
    )
    Schedule.objects.create(
        entry=entry, freq="MONTHLY", byday=["TU"], bysetpos=["2"], opens_at=time(18, 30), closes_at=time(20)
    )
    TeamMember.objects.create(entry=entry, name="Anna Privat")
    return entry


def test_search_engines_read_what_the_page_shows(
    client: Client, directory_page: DirectoryPage, make_entry: MakeEntry
) -> None:
    entry = full_entry(make_entry)
    told = organisation(client, directory_page, entry)
    assert told is not None
    assert (told["@type"], told["name"]) == ("NGO", "Sorg & tab")
    assert told["contactPoint"]["telephone"] == "+4586123456"
    (place,) = told["location"]
    assert place["address"]["streetAddress"] == "Torvet 1"
    assert place["geo"]["latitude"] == 55.7093
    (schedule,) = told["event"]["eventSchedule"]
    assert (schedule["repeatFrequency"], schedule["byMonthWeek"]) == ("P1M", [2])
    assert schedule["byDay"] == ["https://schema.org/Tuesday"]
    assert told["event"]["startDate"].split("T")[1].startswith("18:30")
    assert "Anna" not in json.dumps(told)


def test_a_blurred_place_and_a_sensitive_topic_are_not_told(
    client: Client, directory_page: DirectoryPage, make_entry: MakeEntry, make_topic: MakeTopic
) -> None:
    entry = full_entry(make_entry)
    entry.locations.update(approximate=True)
    told = organisation(client, directory_page, entry)
    assert told is not None
    assert "geo" not in told["location"][0]
    assert "streetAddress" not in told["location"][0]["address"]
    sensitive = full_entry(make_entry, topics=(make_topic("Selvmord", is_sensitive=True),))
    assert organisation(client, directory_page, sensitive) is None
    card = client.get(f"{directory_page.url}{sensitive.slug}/card/").content.decode()
    assert "Vejle" in card
    assert "Torvet" not in card


def test_the_contact_card_holds_what_the_page_tells(
    client: Client, directory_page: DirectoryPage, make_entry: MakeEntry
) -> None:
    entry = full_entry(make_entry, summary="Vi mødes; alle er velkomne.")
    page = client.get(f"{directory_page.url}{entry.slug}/").content.decode()
    (address,) = re.findall(r'href="([^"]+/card/)"', page)
    response = client.get(address)
    card = response.content.decode()
    assert response["Content-Type"] == "text/vcard; charset=utf-8"
    assert response["Content-Disposition"] == f'attachment; filename="{entry.slug}.vcf"'
    assert "FN:Sorg & tab\r\n" in card
    assert "TEL;TYPE=WORK,VOICE:+4586123456\r\n" in card
    assert "ADR;TYPE=WORK:;;Torvet 1;Vejle;;7100;DK\r\n" in card
    assert "NOTE:Vi mødes\\; alle er velkomne.\r\n" in card
    assert "Anna" not in card
    assert client.get(f"{directory_page.url}findes-ikke/card/").status_code == 404
    entry.unpublish()
    assert client.get(address).status_code == 404


def test_more_rows_ask_no_more_of_the_database(
    client: Client, directory_page: DirectoryPage, make_entry: MakeEntry
) -> None:
    entry = full_entry(make_entry)
    client.get(f"{directory_page.url}{entry.slug}/")

    def queries() -> int:
        with CaptureQueriesContext(connection) as captured:
            client.get(f"{directory_page.url}{entry.slug}/")
        return len(captured)

    few = queries()
    for number in range(3):
        Location.objects.create(entry=entry, city=f"By {number}")
        Schedule.objects.create(entry=entry, byday=["MO"], opens_at=time(10 + number))
        CostOption.objects.create(entry=entry, option=str(number), amount=number)
    assert queries() == few
