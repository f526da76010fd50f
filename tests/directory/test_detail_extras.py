"""An entry's page says who checked it and what is like it; where nothing is found there is help."""

from datetime import date, time
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from icalendar import Calendar
from wagtail.models import Locale

from cms_blocks.models import CrisisNumber
from directory.models import Entry, EntryRelation, Location, Schedule
from directory.pages.models import DirectoryPage

from .conftest import MakeEntry, MakeTopic, index_entries
from .test_entry_data import organisation


def page_of(entry: Entry) -> str:
    return Client().get(f"{DirectoryPage.objects.get(locale=entry.locale).url}{entry.slug}/").content.decode()


def like(entry: Entry) -> list[str]:
    response: Any = Client().get(f"{DirectoryPage.objects.get(locale=entry.locale).url}{entry.slug}/")
    return [str(hit.title) for hit in response.context["related"]]


def test_the_page_says_who_checked_it_and_where_else_it_is_found(
    client: Client, directory_page: DirectoryPage, make_entry: MakeEntry
) -> None:
    entry = make_entry(
        assured_on=date(2026, 11, 3),
        assured_by="Frivilligcentret",
        website="https://sorg.example/",
        social_media="https://www.social.example/sorg\n\nhttps://film.example/sorg",
        feedback_email="ret@sorg.example",
    )
    html = page_of(entry)
    assert "3. november 2026</time> af Frivilligcentret" in html
    assert '<a href="https://www.social.example/sorg">social.example</a>' in html
    assert "ret@sorg.example" not in html
    told = organisation(client, directory_page, entry)
    assert told is not None
    assert told["sameAs"] == [
        "https://sorg.example/",
        "https://www.social.example/sorg",
        "https://film.example/sorg",
    ]
    entry.social_media = "https://film.example/sorg\nfilm"
    with pytest.raises(ValidationError, match="“film”"):
        entry.full_clean()


def test_what_is_like_it_comes_nearest_first_without_what_is_named_already(
    directory_page: DirectoryPage, make_entry: MakeEntry, make_topic: MakeTopic
) -> None:
    grief, other = make_topic("Sorg"), make_topic("Haver")
    entry = make_entry("Sorggruppen", topics=[grief], cities=["Vejle"])
    make_entry("Langt væk", topics=[grief], cities=["Skagen"])
    make_entry("Tæt på", topics=[grief], cities=["Jelling"])
    for city, position in {
        "Vejle": (55.70, 9.53),
        "Jelling": (55.75, 9.42),
        "Skagen": (57.72, 10.58),
    }.items():
        Location.objects.filter(city=city).update(latitude=position[0], longitude=position[1])
    make_entry("Haveholdet", topics=[other])
    make_entry("Kladden", topics=[grief], live=False)
    partner = make_entry("Støtten", topics=[grief])
    EntryRelation.objects.create(from_entry=entry, to_entry=partner, kind="supported_by")
    index_entries()
    assert like(entry) == ["Tæt på", "Langt væk"]
    with CaptureQueriesContext(connection) as before:
        page_of(entry)
    for number in range(5):
        make_entry(f"Flere {number}", topics=[grief])
    index_entries()
    with CaptureQueriesContext(connection) as after:
        page_of(entry)
    assert len(like(entry)) == 4
    assert len(after) == len(before)


def test_what_is_sensitive_stands_beside_its_like_only(
    directory_page: DirectoryPage, make_entry: MakeEntry, make_topic: MakeTopic
) -> None:
    family, violence = make_topic("Familie"), make_topic("Vold", is_sensitive=True)
    plain = make_entry("Familiehuset", topics=[family])
    hidden = make_entry("Krisehuset", topics=[family, violence])
    make_entry("Krisegruppen", topics=[violence])
    index_entries()
    assert like(plain) == []
    assert like(hidden) == ["Familiehuset", "Krisegruppen"]


def test_where_nothing_is_found_the_crisis_numbers_are_there(
    client: Client, directory_page: DirectoryPage, locales: dict[str, Locale], make_entry: MakeEntry
) -> None:
    number = CrisisNumber.objects.create(name="Nødhjælp", phone="112", locale=locales["da"])
    german = number.copy_for_translation(locales["de"])
    german.name = "Notruf"
    german.save()
    make_entry()
    index_entries()
    for address in (f"{directory_page.url}?q=xyzzyqwerty", "/da/soeg/?q=xyzzyqwerty"):
        html = client.get(address).content.decode()
        assert 'href="tel:112"' in html, address
        assert "Nødhjælp" in html
        assert "Notruf" not in html
    assert "tel:112" not in client.get(directory_page.url).content.decode()


def test_calendars_know_a_meeting_again_when_another_is_deleted_or_moved(
    client: Client, directory_page: DirectoryPage, make_entry: MakeEntry
) -> None:
    entry = make_entry()
    first, second = (
        Schedule.objects.create(entry=entry, byday=[day], opens_at=time(19), sort_order=number)
        for number, day in enumerate(("MO", "TH"))
    )

    def uids(address: str) -> list[str]:
        calendar = Calendar.from_ical(client.get(address).content)
        return [str(event["uid"]) for event in calendar.walk("VEVENT")]

    index_entries()
    addresses = [f"{directory_page.url}{entry.slug}/calendar/", f"{directory_page.url}calendar/"]
    before = [uids(address) for address in addresses]
    assert before[0] == before[1]
    first.sort_order = 5
    first.save()
    assert uids(addresses[0]) == before[0][::-1]
    first.delete()
    assert uids(addresses[0]) == [before[0][1]]
    assert second.pk


def test_a_meeting_elsewhere_says_whose_clock_is_meant_and_ends_on_its_last_date() -> None:
    rule = Schedule(byday=["MO"], opens_at=time(19), timezone="Europe/London", until=date(2026, 12, 31)).rule
    assert "(tid i London)" in rule.describe() or "(time of London)" in rule.describe()
    home = Schedule(byday=["MO"], opens_at=time(19), timezone="Europe/Berlin").rule
    assert "(" not in home.describe()
    days = list(rule.days(date(2026, 12, 20), date(2027, 2, 1)))
    assert days == [date(2026, 12, 21), date(2026, 12, 28)]
    wrong = Schedule(byday=["MO"], opens_at=time(19), dtstart=date(2026, 5, 4), until=date(2026, 5, 3))
    with pytest.raises(ValidationError) as caught:
        wrong.clean()
    assert "until" in caught.value.message_dict
