"""The columns of an entry's details: for whom, when, what it costs, and what it is to other entries."""

import re
from datetime import date, time, timedelta
from decimal import Decimal
from pathlib import Path

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from wagtail.models import Locale

from directory.imports.columns import COLUMNS
from directory.models import Entry, EntryRelation, Schedule, TargetGroup

from .import_helpers import ROOT, Ran, csv_file, run

pytestmark = pytest.mark.usefixtures("locales")

PLAIN = {"external_id": "1", "name": "Sorggruppen", "kind": "network", "city": "Vejle"}
FULL = {
    "alternate_names": "Sorg; Tab",
    "status": "Ikke aktiv",
    "alert": "Lukket i juli",
    "purposes": "At tale sammen.",
    "minimum_age": "18",
    "maximum_age": "30",
    "eligibility_description": "Unge",
    "ineligibility_info": "Ikke for børn",
    "needs_referral": "nej",
    "application_process": "Ring først",
    "team_description": "To frivillige",
    "offer_forms": "group; Gespräch zu zweit; på telefon",
    "attendance_option": "hybrid",
    "conference_url": "https://example.org/rum",
    "conference_phone": "86 12 34 56",
    "response_time": "P2D",
    "capacity_available": "3",
    "capacity_maximum": "12",
    "capacity_updated_on": "2026-11-01",
    "languages": "da; arabisk; Englisch",
    "legal_form": "association",
    "members_count": "12",
    "founded_year": "1998",
    "organisation_identifier": "12345678",
    "last_contact_on": "01.11.2026",
    "location_type": "physical",
    "approximate": "ja",
    "facilities": "lift; step-free",
    "accessibility_description": "Ring på",
    "accessibility_url": "https://example.org/adgang",
    "transportation": "Bus 4",
    "cost_options": "Medlemmer: 50 kr.; Andre: 1.200,50 EUR; gratis",
    "freq": "MONTHLY",
    "byday": "tirsdag",
    "bysetpos": "second",
    "interval": "1",
    "bymonthday": "",
    "opens_at": "18:30",
    "closes_at": "20.00",
    "dtstart": "2026-01-13",
    "valid_from": "2026-01-01",
    "valid_to": "2026-12-31",
    "except_dates": "14.07.2026; 2026-08-11",
    "extra_dates": "",
    "note": "Ikke i ferien",
    "until": "2027-06-30",
    "timezone": "europe/berlin",
    "social_media": "https://film.example/sorg; social.example/sorg",
    "feedback_email": "ret@sorg.example",
    "assured_by": "Frivilligcentret",
}


def imported(folder: Path, *rows: dict[str, str], options: tuple[str, ...] = ()) -> Ran:
    """All rows with the columns of the first."""
    names = tuple(PLAIN | rows[0])
    lines = (";".join(f'"{(PLAIN | row)[name]}"' for name in names) for row in rows)
    return run(csv_file(folder, *lines, header=";".join(names)), *options)


def only_message(ran: Ran) -> str:
    (message,) = ran.messages
    return message.split("”: ", 1)[1]


@pytest.fixture
def target_group(locales: dict[str, Locale]) -> TargetGroup:
    group = TargetGroup.objects.create(label="Pårørende", locale=locales["da"])
    german = group.copy_for_translation(locales["de"])
    german.label = "Angehörige"
    german.save()
    return group


def test_every_detail_has_a_column_and_a_second_run_changes_nothing(
    tmp_path: Path, target_group: TargetGroup
) -> None:
    row = {**FULL, "target_groups": "angehörige"}
    ran = imported(tmp_path, row)
    assert ran.lines == ("rows 1, created 1, updated 0, unchanged 0, warned 0, refused 0",)
    entry = Entry.objects.get()
    assert_texts_and_facts(entry)
    assert_rows_that_hang_on_it(entry, target_group)
    assert entry.latest_revision.as_object().schedules.all()[0].opens_at == time(18, 30)

    with CaptureQueriesContext(connection) as queries:
        again = imported(tmp_path, row)
    assert again.lines == ("rows 1, created 0, updated 0, unchanged 1, warned 0, refused 0",)
    assert not [q for q in queries if q["sql"].startswith(("INSERT", "UPDATE", "DELETE"))]


def assert_texts_and_facts(entry: Entry) -> None:
    assert entry.other_names == ["Sorg", "Tab"]
    assert entry.social_links == ["https://film.example/sorg", "https://social.example/sorg"]
    assert (entry.feedback_email, entry.assured_by) == ("ret@sorg.example", "Frivilligcentret")
    assert (entry.status, entry.needs_referral) == ("inactive", False)
    assert (entry.minimum_age, entry.maximum_age) == (18, 30)
    assert entry.offer_forms == ["group", "one-to-one", "phone"]
    assert entry.languages == ["da", "ar", "en"]
    assert entry.response_time == timedelta(days=2)
    assert entry.conference_phone.as_e164 == "+4586123456"
    assert (entry.legal_form, entry.founded_year, entry.members_count) == ("association", 1998, 12)
    assert entry.last_contact_on == date(2026, 11, 1)


def assert_rows_that_hang_on_it(entry: Entry, group: TargetGroup) -> None:
    assert [one.target_group for one in entry.entry_target_groups.all()] == [group]
    assert list(entry.cost_options.values_list("option", "amount", "currency")) == [
        ("Medlemmer", Decimal(50), "DKK"),
        ("Andre", Decimal("1200.50"), "EUR"),
        ("", Decimal(0), "DKK"),
    ]
    (place,) = entry.locations.all()
    assert (place.city_slug, place.approximate, place.facilities) == ("vejle", True, ["lift", "step-free"])
    (meeting,) = entry.schedules.all()
    assert (meeting.freq, meeting.byday, meeting.bysetpos) == ("MONTHLY", ["TU"], ["2"])
    assert (meeting.opens_at, meeting.closes_at) == (time(18, 30), time(20))
    assert meeting.except_dates == [date(2026, 7, 14), date(2026, 8, 11)]
    assert (meeting.until, meeting.timezone) == (date(2027, 6, 30), "Europe/Berlin")


def test_empty_cells_empty_the_details_and_editors_rows_stay(tmp_path: Path) -> None:
    imported(tmp_path, FULL)
    entry = Entry.objects.get()
    Schedule.objects.create(entry=entry, sort_order=1, byday=["MO"], opens_at=time(10))
    ran = imported(tmp_path, dict.fromkeys(FULL, ""))
    assert ran.summary == "rows 1, created 0, updated 1, unchanged 0, warned 0, refused 0"
    entry = Entry.objects.get()
    assert (entry.status, entry.languages, entry.response_time, entry.alert) == ("active", [], None, "")
    assert [meeting.byday for meeting in entry.schedules.all()] == [["MO"]]
    assert "unchanged 1" in imported(tmp_path, dict.fromkeys(FULL, "")).summary
    imported(tmp_path, {"byday": "FR", "opens_at": "9:00"})
    assert [meeting.byday for meeting in entry.schedules.all()] == [["FR"], ["MO"]]
    assert not entry.cost_options.exists()
    (place,) = entry.locations.all()
    assert (place.city, place.facilities, place.transportation) == ("Vejle", [], "")


@pytest.mark.parametrize(
    ("field", "cell", "value", "message"),
    [
        ("members_count", "ca. 1.200", 1200, "taken as “1200”."),
        ("members_count", "mange", None, "this is no whole number; left out. Write it as 12."),
        ("members_count", "-4", None, "this is no whole number; left out. Write it as 12."),
        ("minimum_age", "180", None, "the number must lie between 0 and 120; left out."),
        ("response_time", "5 dage", timedelta(days=7), "taken as “7”."),
        (
            "response_time",
            "snart",
            None,
            "no number of days that can be promised; left out. Allowed are 1, 2, 3, 7, 14, 30.",
        ),
    ],
)
def test_numbers_are_mended_or_left_out_with_a_warning(
    tmp_path: Path, field: str, cell: str, value: object, message: str
) -> None:
    ran = imported(tmp_path, {field: cell})
    assert only_message(ran) == message
    assert getattr(Entry.objects.get(), field) == value


@pytest.mark.parametrize(
    ("cells", "message"),
    [
        (
            {"status": "inactve"},
            "“inactve” is unknown; allowed are active, inactive, temporarily-closed",
        ),
        ({"languages": "da; dansch"}, "“dansch” is unknown; allowed are da, de, en, "),
        ({"needs_referral": "måske"}, "this is neither yes nor no; write true or false."),
        (
            {"target_groups": "Pårørende"},
            "there is no target group “Pårørende”. Create it in the admin first.",
        ),
        ({"cost_options": "billigt"}, "“billigt” is no price; write it as 50 DKK, members: 50 DKK or free."),
        ({"opens_at": "aften", "byday": "MO"}, "this is no time of the day; write it as 18:30."),
        ({"opens_at": "", "byday": "MO"}, "a meeting time needs the hour it begins at."),
        ({"opens_at": "18:00", "byday": ""}, "Choose at least one weekday."),
        ({"except_dates": "i juli"}, "“i juli” is no day; write it as 2026-12-31."),
        ({"minimum_age": "30", "maximum_age": "18"}, "This must not be lower than “from age”."),
    ],
)
def test_a_detail_that_cannot_be_read_refuses_its_row(
    tmp_path: Path, cells: dict[str, str], message: str
) -> None:
    ran = imported(tmp_path, cells)
    assert ran.status == 1
    assert only_message(ran).startswith(message)
    assert not Entry.objects.exists()


def test_a_refusal_names_the_nearest_word(tmp_path: Path, target_group: TargetGroup) -> None:
    assert only_message(imported(tmp_path, {"status": "inactve"})).endswith("Did you mean “inactive”?")
    message = only_message(imported(tmp_path, {"target_groups": "Pårørnde"}))
    assert message.endswith("Did you mean “Pårørende”?")


def test_an_entry_that_is_online_needs_no_town(tmp_path: Path) -> None:
    ran = imported(tmp_path, {"location_type": "virtual", "city": ""})
    assert ran.messages == []
    assert Entry.objects.get().locations.get().location_type == "virtual"
    assert imported(tmp_path, {"location_type": "virtual", "city": ""}).summary.startswith(
        "rows 1, created 0, updated 0, unchanged 1"
    )


def test_rows_may_name_entries_that_come_later_in_the_file(tmp_path: Path) -> None:
    rows = [
        {"external_id": "1", "memberships": "2; 3", "supporters": "3", "parent_organisation": ""},
        {"external_id": "2", "memberships": "", "supporters": "", "parent_organisation": "3"},
        {"external_id": "3", "memberships": "2", "supporters": "", "parent_organisation": ""},
    ]
    ran = imported(tmp_path, *rows)
    assert ran.lines == ("rows 3, created 3, updated 0, unchanged 0, warned 0, refused 0",)
    assert related() == {
        ("1", "member_of", "2"),
        ("1", "member_of", "3"),
        ("1", "supported_by", "3"),
        ("2", "part_of", "3"),
        ("3", "member_of", "2"),
    }
    first = Entry.objects.get(external_id="1")
    assert first.latest_revision == first.live_revision
    assert len(first.latest_revision.as_object().relations.all()) == 3

    again = imported(tmp_path, *rows)
    assert again.lines == ("rows 3, created 0, updated 0, unchanged 3, warned 0, refused 0",)
    changed = imported(tmp_path, {**rows[0], "memberships": "3"}, *rows[1:])
    assert changed.summary == "rows 3, created 0, updated 1, unchanged 2, warned 0, refused 0"
    assert ("1", "member_of", "2") not in related()


def related() -> set[tuple[str, str, str]]:
    return set(EntryRelation.objects.values_list("from_entry__external_id", "kind", "to_entry__external_id"))


def test_relations_to_nobody_or_in_a_circle_are_left_out_with_a_warning(tmp_path: Path) -> None:
    ran = imported(
        tmp_path,
        {"external_id": "1", "memberships": "1; 9", "parent_organisation": "2"},
        {"external_id": "2", "memberships": "", "parent_organisation": "1"},
    )
    assert [line.split(", value")[0] for line in ran.messages] == [
        "line 2, column memberships",
        "line 2, column memberships",
        "line 2, column parent_organisation",
        "line 3, column parent_organisation",
    ]
    assert "neither the file nor the directory has an entry with the id “9”" in ran.messages[0]
    assert ran.summary == "rows 2, created 2, updated 0, unchanged 0, warned 2, refused 0"
    assert related() == set()


@pytest.mark.parametrize("kind", ["netvork", ""], ids=["a bad cell", "a broken rule"])
def test_a_relation_to_a_refused_row_is_left_out_of_a_partial_import(tmp_path: Path, kind: str) -> None:
    rows = [
        {"external_id": "1", "memberships": "2;3"},
        {"external_id": "2", "memberships": "3", "kind": kind},
        {"external_id": "3", "memberships": ""},
    ]
    ran = imported(tmp_path, *rows, options=("--partial",))
    assert ran.messages[-1] == (
        "line 2, column memberships, value “2;3”: the row with the id “2” is refused; left out."
    )
    assert ran.summary == "rows 3, created 2, updated 0, unchanged 0, warned 1, refused 1"
    assert related() == {("1", "member_of", "3")}
    again = imported(tmp_path, *rows, options=("--partial",))
    assert again.summary == "rows 3, created 0, updated 0, unchanged 2, warned 1, refused 1"


def test_an_empty_cell_of_a_translation_contradicts_nothing(
    tmp_path: Path, locales: dict[str, Locale]
) -> None:
    danish = {"locale": "da", "status": "inactive", "needs_referral": "ja", "languages": "da"}
    empty = {"locale": "de", "status": "", "needs_referral": "", "languages": ""}
    assert imported(tmp_path, danish, empty).messages == []
    (message,) = imported(tmp_path, danish, {**empty, "languages": "de"}).messages
    assert "column languages" in message
    assert Entry.objects.get(locale=locales["de"]).languages == []


def test_a_first_zero_that_a_spreadsheet_dropped_is_warned_of(tmp_path: Path) -> None:
    ran = imported(tmp_path, {"country": "DE", "phone": "30901820"})
    assert only_message(ran) == (
        "taken as “+4930901820”: a spreadsheet may have dropped the 0 it begins with."
    )
    assert imported(tmp_path, {"country": "DK", "phone": "86123456"}).messages == []


def test_queries_do_not_grow_with_the_rows_and_their_details(tmp_path: Path) -> None:
    def queries(*numbers: int) -> int:
        rows = [{**FULL, "external_id": str(number), "name": f"Gruppe {number}"} for number in numbers]
        with CaptureQueriesContext(connection) as captured:
            imported(tmp_path, *rows)
        return len(captured)

    few, many = queries(*range(10)), queries(*range(100, 140))
    assert many - few <= 2 * 30  # the outbox, and the list of references


def test_the_documented_columns_are_those_of_the_import() -> None:
    text = (ROOT / "docs/how-to/import.md").read_text(encoding="utf-8")
    table = text.split("## Columns")[1].split("\n## ")[0]
    cells = [line.split("|")[1] for line in table.splitlines() if line.startswith("| `")]
    documented = [name for cell in cells for name in re.findall(r"`(\w+)`", cell)]
    assert sorted(documented) == sorted(column.name for column in COLUMNS)
