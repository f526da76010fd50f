"""What a citizen reads of an entry besides name and contact, and what an editor must give."""

from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from icalendar import Calendar
from wagtail.models import Locale

from cms_blocks.models import PrivatePerson
from directory.models import CostOption, Entry, EntryTargetGroup, Location, Schedule, TargetGroup, TeamMember
from directory.pages.models import DirectoryPage
from search import registry
from search.chores import reconcile
from search.models import DocumentFacet

from .conftest import MakeEntry, index_entries, translate
from .test_admin import address, errors, form, rows
from .test_search_documents import documents

LIST = "/da/vejviser/"

FACTS: dict[str, Any] = {
    "minimum_age": 18,
    "needs_referral": True,
    "offer_forms": ["group", "phone"],
    "attendance_option": "hybrid",
    "response_time": timedelta(days=2),
    "capacity_available": 3,
    "capacity_maximum": 10,
    "languages": ["da", "so"],
    "founded_year": 1998,
    "legal_form": "association",
}
TEXTS = {
    "alert": "Lukket i juli.",
    "alternate_names": "Sorgcafé\nTabsgruppen",
    "eligibility_description": "For efterladte.",
    "ineligibility_info": "Ikke ved akut krise.",
    "application_process": "Ring først.",
    "purposes": "At bære det sammen.",
}


@pytest.fixture
def full(make_entry: MakeEntry, locales: dict[str, Locale]) -> Entry:
    """An entry with all its details, translated into German."""
    entry = make_entry("Sorggruppen", cities=["Aarhus"], **FACTS, **TEXTS)
    group = TargetGroup.objects.create(label="Efterladte", locale=locales["da"])
    german = group.copy_for_translation(locales["de"])
    german.label = "Hinterbliebene"
    german.save()
    EntryTargetGroup.objects.create(entry=entry, target_group=german)
    CostOption.objects.create(entry=entry, amount=Decimal(0), currency="DKK")
    bodil = PrivatePerson.objects.create(name="Bodil Frivillig")
    TeamMember.objects.create(entry=entry, person=bodil)
    TeamMember.objects.create(entry=entry, name="Karl Ansat", role="Leder", is_staff=True)
    Schedule.objects.create(entry=entry, byday=["TU"], opens_at=time(19), closes_at=time(21))
    translate(entry, locales["de"], name="Trauergruppe", alert="Im Juli geschlossen.", alternate_names="")
    return entry


def html(client: Client, path: str) -> str:
    response = client.get(path)
    assert response.status_code == 200
    return str(response.content.decode())


def test_a_citizen_reads_all_details(client: Client, directory_page: DirectoryPage, full: Entry) -> None:
    page = html(client, f"{LIST}{full.slug}/")
    for part in (*TEXTS.values(), "Efterladte", "inden for to dage", "3 af 10", "Gratis", "somali", "1998"):
        assert part.replace("\n", ", ") in page
    assert "Hver tirsdag kl. 19-21" in page
    assert page.count("<time datetime=") == 3


def test_the_translation_has_its_own_texts_and_the_facts_of_the_source(
    client: Client, german_page: DirectoryPage, full: Entry
) -> None:
    page = html(client, f"/de/verzeichnis/{full.slug}/")
    for part in ("Im Juli geschlossen.", "Hinterbliebene", "Jeden Dienstag, 19–21 Uhr", "Kostenlos"):
        assert part in page
    assert "Lukket i juli." not in page


def test_names_of_volunteers_are_neither_shown_nor_indexed(
    client: Client, directory_page: DirectoryPage, full: Entry
) -> None:
    page = html(client, f"{LIST}{full.slug}/")
    assert "Karl Ansat" in page
    assert "Bodil" not in page
    indexed = repr(documents(full))
    assert "Karl" not in indexed
    assert "Bodil" not in indexed


def test_details_are_found_and_counted(full: Entry) -> None:
    found = documents(full)["de"]
    assert found.facets | {
        "target_group": ("efterladte",),
        "weekday": ("tuesday",),
        "time_of_day": ("evening",),
        "weekday_and_time": ("tuesday.evening",),
        "offer_form": ("group", "phone"),
        "attendance": ("hybrid",),
        "language": ("da", "so"),
        "cost": ("free",),
        "open_for_new": ("yes",),
    } == dict(found.facets)
    assert "Hinterbliebene" in found.keywords
    assert {"Sorgcafé", "Tabsgruppen"} <= set(documents(full)["da"].keywords)
    names = {
        name: registry.facets([name])[0].labels(found.facets[name], "de") for name in ("weekday", "language")
    }
    assert names == {"weekday": {"tuesday": "Dienstag"}, "language": {"da": "Dänisch", "so": "Somali"}}


@pytest.mark.parametrize("change", ["group", "schedule", "cost"])
def test_a_changed_detail_concerns_its_entry(full: Entry, change: str) -> None:
    models = {"group": TargetGroup, "schedule": Schedule, "cost": CostOption}
    searchable = registry.get("torv_directory.entry")
    instance = models[change]._default_manager.first()
    assert instance is not None
    assert list(searchable.related_keys(instance)) == [str(full.translation_key)]


@pytest.mark.parametrize("status", ["inactive", "temporarily-closed"])
def test_what_does_not_take_place_is_shown_without_meetings(
    client: Client, directory_page: DirectoryPage, full: Entry, status: str
) -> None:
    Entry.objects.filter(pk=full.pk).update(status=status)
    page = html(client, f"{LIST}{full.slug}/")
    assert "<time datetime=" not in page
    assert "torv-entry__alert" in page
    full.refresh_from_db()
    assert "weekday" not in documents(full)["da"].facets
    assert b"VEVENT" not in client.get(f"{LIST}{full.slug}/calendar/").content


def counted(facet: str) -> set[str]:
    """Values in the index, as each night leaves it."""
    reconcile()
    return set(
        DocumentFacet.objects.filter(facet=facet, document__locale="da").values_list("value", flat=True)
    )


def test_meeting_times_that_are_over_are_neither_counted_nor_shown(
    client: Client, directory_page: DirectoryPage, full: Entry, monkeypatch: pytest.MonkeyPatch
) -> None:
    def it_is(day: int) -> None:
        monkeypatch.setattr(timezone, "now", lambda: datetime(2027, 3, day, 8, tzinfo=UTC))

    Schedule.objects.update(until=date(2027, 3, 2))
    days = [date(2027, 2, 26), date(2027, 3, 3), date(2027, 3, 4)]
    Schedule.objects.create(entry=full, freq="DATES", opens_at=time(9), extra_dates=days)
    pages = (LIST, f"{LIST}{full.slug}/", f"{LIST}shortlist/?list={full.slug}")
    it_is(1)
    assert counted("weekday") == {"tuesday", "wednesday", "thursday"}
    it_is(3)
    assert not any("ver tirsdag" in html(client, path) for path in pages)
    assert counted("weekday") == {"wednesday", "thursday"}
    assert counted("weekday_and_time") == {"wednesday.morning", "thursday.morning"}
    assert counted("time_of_day") == {"morning"}
    it_is(5)
    assert not any("enkelte dage" in html(client, path) for path in pages)
    assert counted("weekday") | counted("time_of_day") | counted("weekday_and_time") == set()
    assert documents(full)["da"].stored["rules"] == []


def test_what_no_longer_exists_is_shown_nowhere(
    client: Client, directory_page: DirectoryPage, full: Entry
) -> None:
    Entry.objects.filter(pk=full.pk).update(status="defunct")
    assert client.get(f"{LIST}{full.slug}/").status_code == 404
    assert client.get(f"{LIST}{full.slug}/calendar/").status_code == 404
    assert documents(full) == {}


def events(client: Client, path: str) -> list[str]:
    response = client.get(path)
    assert response["Content-Type"].startswith("text/calendar")
    return [str(event["summary"]) for event in Calendar.from_ical(response.content).walk("VEVENT")]


def test_calendars_of_one_entry_and_of_a_filter(
    client: Client, german_page: DirectoryPage, full: Entry, make_entry: MakeEntry
) -> None:
    other = make_entry("Morgengruppen")
    Schedule.objects.create(entry=other, byday=["MO"], opens_at=time(9))
    hidden = make_entry("Skjult", live=False)
    Schedule.objects.create(entry=hidden, byday=["MO"], opens_at=time(9))
    index_entries()
    assert events(client, f"{LIST}{full.slug}/calendar/") == ["Sorggruppen"]
    assert sorted(events(client, f"{LIST}calendar/")) == ["Morgengruppen", "Sorggruppen"]
    assert events(client, "/de/verzeichnis/calendar/?weekday=tuesday") == ["Trauergruppe"]
    assert events(client, f"{LIST}calendar/?time_of_day=morning") == ["Morgengruppen"]
    assert client.get(f"{LIST}calendar/?page=x&weekday=%27").status_code == 200
    assert client.get(f"{LIST}{hidden.slug}/calendar/").status_code == 404


def test_queries_of_a_page_and_a_calendar_do_not_grow(
    client: Client, german_page: DirectoryPage, full: Entry, make_entry: MakeEntry, locales: dict[str, Locale]
) -> None:
    paths = (f"{LIST}{full.slug}/", f"{LIST}calendar/")

    def queries(path: str) -> int:
        client.get(path)
        with CaptureQueriesContext(connection) as captured:
            client.get(path)
        return len(captured)

    index_entries()
    few = [queries(path) for path in paths]
    for number in range(4):
        group = TargetGroup.objects.create(label=f"Gruppe {number}", locale=locales["da"])
        EntryTargetGroup.objects.create(entry=full, target_group=group)
        CostOption.objects.create(entry=full, amount=number)
        Schedule.objects.create(entry=full, byday=["MO"], opens_at=time(9))
        other = make_entry(f"Anden {number}", cities=["Aarhus"])
        Schedule.objects.create(entry=other, byday=["MO"], opens_at=time(9))
        translate(other, locales["de"])
    index_entries()
    assert [queries(path) for path in paths] == few


@pytest.mark.parametrize(
    ("kind", "wanted"),
    [
        ("self-help-group", "entry_topics"),
        ("co-operation-partner", "summary"),
        ("network", "summary"),
    ],
)
def test_each_kind_asks_for_its_own_before_it_is_published(
    make_entry: MakeEntry, desk: Client, kind: str, wanted: str
) -> None:
    entry = make_entry(kind=kind, live=False, phone="+4586123456")
    with pytest.raises(ValidationError) as caught:
        entry.save_revision().publish()
    assert list(caught.value.message_dict) == [wanted]
    sent = form(kind=kind, phone="86 12 34 56", name="Ny", **{"action-publish": "1"})
    response = desk.post(address("add"), sent)
    said = {
        **errors(response),
        "entry_topics": response.context["form"].formsets["entry_topics"].non_form_errors(),
    }
    assert said[wanted]
    assert "Before publishing" in response.content.decode()
    assert not Entry.objects.filter(name="Ny").exists()


def test_what_another_system_keeps_need_only_be_within_reach(make_entry: MakeEntry) -> None:
    entry = make_entry(live=False, phone="+4586123456", external_id="7")
    entry.save_revision().publish()
    entry.refresh_from_db()
    assert entry.live


def test_the_kind_is_chosen_first_and_decides_the_fields(desk: Client, locales: dict[str, Locale]) -> None:
    chooser = desk.get(address("add")).content.decode()
    assert "?kind=network" in chooser
    shown = {
        kind: set(desk.get(address("add"), {"kind": kind}).context["form"].fields)
        for kind in ("self-help-group", "co-operation-partner")
    }
    assert "needs_referral" in shown["co-operation-partner"] - shown["self-help-group"]
    assert "legal_form" in shown["self-help-group"], "many groups are associations"
    assert "capacity_available" in shown["self-help-group"] - shown["co-operation-partner"]


def test_a_field_that_is_filled_in_stays_to_be_seen_whatever_the_kind(
    desk: Client, make_entry: MakeEntry
) -> None:
    entry = make_entry(needs_referral=True)
    assert "needs_referral" in desk.get(address("edit", entry.pk)).context["form"].fields


def test_an_editor_saves_all_details(desk: Client, locales: dict[str, Locale]) -> None:
    group = TargetGroup.objects.create(label="Unge", locale=locales["da"])
    sent = form(
        offer_forms=["group"], languages=["da", "ar"], response_time="2 days, 0:00:00", minimum_age="18"
    )
    sent |= rows("entry_target_groups", {"target_group": group.pk})
    sent |= rows("cost_options", {"amount": "50", "currency": "DKK", "option": "medlemmer"})
    sent |= rows("team_members", {"name": "Karl", "role": "", "is_staff": "on"})
    response = desk.post(address("add"), sent)
    assert response.status_code == 302, response.context["form"].errors
    entry = Entry.objects.get()
    assert (entry.offer_forms, entry.languages, entry.response_time) == (
        ["group"],
        ["da", "ar"],
        timedelta(2),
    )
    assert entry.cost_options.get().amount == 50
    revised = entry.get_latest_revision_as_object()
    assert (revised.languages, revised.response_time) == (["da", "ar"], timedelta(2))


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("maximum_age", "12"),
        ("capacity_available", "11"),
        ("founded_year", "2999"),
        ("languages", ["xx"]),
        ("offer_forms", ["dance"]),
        ("status", "asleep"),
        ("conference_url", "no address"),
    ],
)
def test_wrong_details_are_said_beside_their_fields(
    desk: Client, locales: dict[str, Locale], field: str, value: Any
) -> None:
    given = {"minimum_age": "18", "capacity_maximum": "10", "kind": "self-help-group", field: value}
    assert list(errors(desk.post(address("add"), form(**given)))) == [field]


def test_editors_filter_by_details(desk: Client, full: Entry, make_entry: MakeEntry) -> None:
    make_entry("Lukket", status="inactive")

    def listed(**query: Any) -> list[str]:
        return sorted(entry.name for entry in desk.get(address("list"), query).context["object_list"])

    assert listed(status="inactive") == ["Lukket"]
    assert listed(language="so") == ["Sorggruppen", "Trauergruppe"]
    assert listed(has_schedule="true") == ["Sorggruppen", "Trauergruppe"]
    assert listed(target_group=TargetGroup.objects.get(source_row=None).pk) == ["Sorggruppen", "Trauergruppe"]


def test_dates_of_the_founding_and_the_season_are_plain_values(make_entry: MakeEntry) -> None:
    entry = make_entry()
    Schedule.objects.create(
        entry=entry, freq="DATES", opens_at=time(9), extra_dates=[date(2027, 3, 1), date(2027, 1, 1)]
    )
    assert Schedule.objects.get().extra_dates == [date(2027, 1, 1), date(2027, 3, 1)]
    place = Location.objects.create(entry=entry, city="Aarhus", facilities=["lift", "lift", "quiet-room"])
    place.refresh_from_db()
    assert place.facilities == ["lift", "quiet-room"]


def test_no_entry_takes_the_address_of_the_calendar(desk: Client, make_entry: MakeEntry) -> None:
    assert make_entry("Calendar").slug != "calendar"
    assert list(errors(desk.post(address("add"), form(slug="calendar")))) == ["slug"]
