"""The 361 real contact points, with the map that is shipped for them."""

import json
from collections import Counter
from pathlib import Path

import pytest
from wagtail.models import Locale, Site

from bench.contact_points import MAP
from directory.models import Entry, Location
from directory.pages.models import DirectoryPage
from search import engines, outbox
from search.query import Query
from tests.conftest import need_contact_points

from .import_helpers import Ran, run


@pytest.fixture
def data() -> Path:
    return need_contact_points()


@pytest.fixture
def checked(data: Path, locales: dict[str, Locale]) -> Ran:
    """What is said of the data; nothing is written."""
    return run(data, "--map", MAP, "--dry-run")


def test_all_contact_points_come_in_once_and_none_is_lost(data: Path, locales: dict[str, Locale]) -> None:
    imported = run(data, "--map", MAP)
    assert imported.summary == "rows 361, created 361, updated 0, unchanged 0, warned 28, refused 0"
    assert imported.status == 0
    given = {str(row["id"]): row for row in json.loads(data.read_text())}
    entries = Entry.objects.filter(kind="contact-point", locale__language_code="de", live=True)
    assert {entry.external_id for entry in entries} == set(given)
    assert {place.entry.external_id: place.city for place in Location.objects.select_related("entry")} == {
        key: row["city"] for key, row in given.items()
    }
    assert_doubled_names_are_kept_apart()
    assert_facts_are_clean()

    again = run(data, "--map", MAP)
    assert again.summary == "rows 361, created 0, updated 0, unchanged 361, warned 28, refused 0"
    assert again.messages == imported.messages
    assert Entry.objects.count() == 361


def assert_doubled_names_are_kept_apart() -> None:
    names = Counter(Entry.objects.values_list("name", flat=True))
    assert names["KISS"] == 5
    assert len(names) == 332
    assert Entry.objects.values("slug").distinct().count() == 361


def assert_facts_are_clean() -> None:
    assert Entry.objects.exclude(phone="").count() == 359
    assert str(Entry.objects.get(external_id="65").phone) == "+49 7222 3812376"
    assert Entry.objects.exclude(email="").count() == 355
    assert Entry.objects.exclude(website="").count() == 353
    assert Entry.objects.filter(name__contains="201.54 – Selbsthilfe").count() == 1
    assert not Location.objects.exclude(latitude=None, longitude=None).exists()
    assert set(Location.objects.values_list("country", flat=True)) == {"DE"}


def test_every_odd_value_of_the_data_is_named_once(checked: Ran) -> None:
    columns = Counter(line.split(", ")[1].removeprefix("column ") for line in checked.messages)
    assert columns == {"phone": 5, "mail": 9, "url": 12, "name": 2, "lat": 1}


def test_of_several_phones_the_first_is_kept_and_the_rest_is_named(checked: Ran) -> None:
    phones = [line.split("”: ")[1] for line in checked.messages if "column phone" in line]
    assert phones == [
        "+493669170807 is kept, left out: 03 66 91 / 708 10.",
        "+492631987529 is kept, left out: 0170 / 967 23 88.",
        "+49741244473 is kept, left out: 07 41 / 244-469.",
        "+498213242016 is kept, left out: 08 21 / 324-20 13.",
        "+49931373706 is kept, left out: (Selbsthilfeberatung).",
    ]


def test_a_broken_mail_is_mended_and_of_several_the_first_is_kept(checked: Ran) -> None:
    mails = [line.split("”: ")[1] for line in checked.messages if "column mail" in line]
    assert mails.count("taken as “selbsthilfekontaktstelle.jl@aufbruch-ev.de”.") == 1
    assert sum("is kept, left out" in text for text in mails) == 4
    assert sum("blanks or invisible characters were removed" in text for text in mails) == 4


def test_coordinates_of_zero_are_unknown_and_said_once(checked: Ran) -> None:
    assert "360 rows have the coordinates 0 and 0, which stand for unknown: they got none." in checked.lines


def test_contact_points_are_found_by_name_town_and_state(data: Path, german_page: DirectoryPage) -> None:
    run(data, "--map", MAP)
    outbox.process()  # what the task does after the transaction, which here is the test's
    assert found("LAKOS Sachsen")[0] == "295"
    assert found("Marienberg") == ["300"]
    assert found("Selbsthilfegruppen Dresden")[0] == found("Selbsthilfegruppe Dresden")[0] == "294"
    assert len(found("Dresden")) == 3
    assert len(found("Saarland")) == 2


def found(text: str) -> list[str]:
    """The external ids of the hits, best first."""
    site = Site.objects.get(is_default_site=True)
    query = Query(text=text, locale="de", site=site, searchables=("torv_directory.entry",), per_page=50)
    ids = [hit.row.object_id for hit in engines.search(query).hits]
    entries = Entry.objects.in_bulk(ids)
    return [entries[pk].external_id for pk in ids]
