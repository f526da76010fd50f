"""A host's own fields on entries, by the sample app of tests/sample_host."""

import re
from pathlib import Path
from typing import Any

import pytest
from django.test import Client, TestCase
from wagtail.models import Locale

import tests.sample_host
from cms_blocks.erasure import erase, export
from cms_blocks.models import PrivatePerson
from cms_blocks.traces import Words
from directory import host_checks, host_fields
from directory.facets import ChoicesFacet
from directory.host_fields import HostColumn, HostFacet, HostFields
from directory.imports import cleaners
from directory.models import Entry, TeamMember
from directory.pages.models import DirectoryPage
from search import registry
from search.models import SearchDocument
from tests.sample_host.models import Grant

from .conftest import MakeEntry, index_entries, translate
from .import_helpers import ROOT, csv_file, run
from .test_admin import address, form, rows
from .test_bulk_actions import said
from .test_search_documents import documents

LIST = "/da/vejviser/"


@pytest.fixture
def supported(make_entry: MakeEntry) -> Entry:
    entry = make_entry("Sorggruppen")
    entry.grants = [Grant(sort="rent", year=2026, purpose="Husleje i forsamlingshuset")]
    entry.save()
    return entry


def grant_row(**values: Any) -> dict[str, Any]:
    return rows("grants", {"sort": "rent", "year": "2026", "purpose": "Husleje", **values})


def test_an_editor_fills_in_the_hosts_fields_and_publishes_them(
    desk: Client, locales: dict[str, Locale]
) -> None:
    sent = form(kind="network", summary="Et netværk", phone="86 12 34 56", **grant_row())
    assert desk.post(address("add"), sent).status_code == 302
    entry = Entry.objects.get()
    assert entry.get_latest_revision_as_object().grants.get().purpose == "Husleje"
    kept = {"id": Entry.objects.get().grants.get().pk}
    changed = {**sent, **rows("grants", {"sort": "activity", "year": "", "purpose": "", **kept}, initial=1)}
    desk.post(address("edit", entry.pk), {**changed, "action-publish": "1"})
    assert (Entry.objects.get().live, Grant.objects.get().sort) == (True, "activity")


def test_the_panels_stand_in_the_forms_of_their_kinds_and_of_filled_rows(
    desk: Client, supported: Entry
) -> None:
    def has_grants(path: str, **query: str) -> bool:
        return "grants" in desk.get(path, query).context["form"].formsets

    assert has_grants(address("add"), kind="network")
    assert not has_grants(address("add"), kind="contact-point")
    Entry.objects.filter(pk=supported.pk).update(kind="contact-point")
    assert has_grants(address("edit", supported.pk))


def test_an_entry_becomes_one_of_a_kind_with_more_fields_and_its_editor_is_told(
    desk: Client, make_entry: MakeEntry
) -> None:
    entry = make_entry("Kontoret", kind="contact-point", phone="+4586123456")
    sent = form(name="Netværket", kind="network", phone="86 12 34 56")
    response = desk.post(address("edit", entry.pk), sent, follow=True)
    assert any("have more fields than the form had" in text for text in said(response))
    assert "grants" in response.context["form"].formsets
    assert Entry.objects.get(pk=entry.pk).get_latest_revision_as_object().kind == "network"
    response = desk.post(address("edit", entry.pk), {**sent, **grant_row()}, follow=True)
    draft = Entry.objects.get(pk=entry.pk).get_latest_revision_as_object()
    assert draft.grants.get().purpose == "Husleje"


def test_what_was_filled_in_is_kept_when_the_kind_changes(desk: Client, locales: dict[str, Locale]) -> None:
    desk.post(address("add"), form(kind="contact-point", phone="86 12 34 56", **grant_row()))
    assert Entry.objects.get().get_latest_revision_as_object().grants.get().purpose == "Husleje"


def test_an_entry_has_one_row_at_most(desk: Client, locales: dict[str, Locale]) -> None:
    two = rows("grants", *({"sort": "rent", "year": "", "purpose": ""} for _ in range(2)))
    response = desk.post(address("add"), form(kind="network", **two))
    assert response.status_code == 200
    assert response.context["form"].formsets["grants"].non_form_errors()


def test_the_row_is_shown_counted_and_found(
    client: Client, directory_page: DirectoryPage, supported: Entry, make_entry: MakeEntry
) -> None:
    make_entry("Uden tilskud")
    index_entries()
    page = client.get(f"{LIST}{supported.slug}/").content.decode()
    assert "Rent, 2026" in page
    narrowed = client.get(f"{LIST}?grant=rent").context
    assert narrowed["results"].total == 1
    counts = {facet.name: facet.values for facet in narrowed["results"].facets}["grant"]
    assert [(value.label, value.count) for value in counts] == [("Rent", 1)]
    assert client.get(f"{LIST}?q=forsamlingshuset").context["results"].total == 1
    assert client.get(f"{LIST}?grant=gold").context["filterset"].messages["grant"]


def test_a_changed_row_concerns_its_entry(supported: Entry) -> None:
    searchable = registry.get("torv_directory.entry")
    assert list(searchable.related_keys(Grant.objects.get())) == [str(supported.translation_key)]


def test_a_translation_reads_the_row_of_its_source(
    client: Client,
    german_page: DirectoryPage,
    supported: Entry,
    locales: dict[str, Locale],
    desk: Client,
) -> None:
    german = translate(supported, locales["de"], name="Trauergruppe")
    assert german.grants.count() == 0
    assert "Rent, 2026" in client.get(f"/de/verzeichnis/{supported.slug}/").content.decode()
    assert documents(supported)["de"].facets["grant"] == ("rent",)
    assert "grants" not in desk.get(address("edit", german.pk)).context["form"].formsets


HEADER = "external_id;name;kind;phone;grant;grant_year;grant_purpose"


def test_an_import_fills_the_hosts_columns(tmp_path: Path, locales: dict[str, Locale]) -> None:
    path = csv_file(
        tmp_path,
        "1;Sorggruppen;network;86123456;rent;2026;Husleje",
        "2;Tab;network;86123457;;;",
        "3;Kaffe;network;86123458;activity;;",
        header=HEADER,
    )
    assert run(path).messages == []
    found = Grant.objects.order_by("entry__external_id")
    assert list(found.values_list("entry__external_id", "sort", "year")) == [
        ("1", "rent", 2026),
        ("3", "activity", None),
    ]
    assert "unchanged 3" in run(path).summary
    again = csv_file(tmp_path, "1;Sorggruppen;network;86123456;activity;2027;", header=HEADER, name="b.csv")
    assert "updated 1" in run(again).summary
    row = Grant.objects.get(entry__external_id="1")
    assert (row.sort, row.year, row.purpose) == ("activity", 2027, "")


@pytest.mark.parametrize(
    ("cells", "column", "told"),
    [
        ("rnt;;", "grant", "Did you mean “rent”?"),
        ("rent;soon;", "grant_year", "number"),
        (f"rent;;{'x' * 201}", "grant_purpose", "at most 200"),
        (";2026;", "grant", ""),
    ],
)
def test_a_wrong_cell_of_the_host_is_said_beside_its_column(
    tmp_path: Path, locales: dict[str, Locale], cells: str, column: str, told: str
) -> None:
    ran = run(csv_file(tmp_path, f"1;Sorg;network;86123456;{cells}", header=HEADER))
    (message,) = [line for line in ran.messages if f"column {column}," in line]
    assert told in message


def wrong() -> HostFields:
    return HostFields(
        model=TeamMember,
        heading="Wrong",
        kinds=("club",),
        facets=[HostFacet(facet=ChoicesFacet("topic", "Topic", list), values=lambda row: [])],
        columns=[HostColumn(name="phone", field="telephone", clean=cleaners.phone)],
        template="sample_host/absent.html",
    )


def test_what_is_wrong_with_a_registration_is_said_with_a_hint(monkeypatch: pytest.MonkeyPatch) -> None:
    assert list(host_checks.faults()) == []
    monkeypatch.setattr(host_fields, "_registered", [*host_fields.registered(), wrong()])
    found = list(host_checks.faults())
    assert [fault.id for fault in found] == [f"torv_directory.E0{number}" for number in range(20, 26)]
    assert all(fault.hint for fault in found)
    assert [fields.model for fields in host_fields.sound()] == [Grant]


def test_the_guide_shows_the_sample_as_it_is() -> None:
    guide = (ROOT / "docs/how-to/add-fields.md").read_text(encoding="utf-8")
    folder = Path(tests.sample_host.__file__).parent
    shown = dict(re.findall(r"`grants/(\S+)`:\n\n```\w+\n(.*?)```", guide, flags=re.DOTALL))
    assert set(shown) == {"models.py", "directory_fields.py", "templates/grants/grant.html"}
    for name, code in shown.items():
        file = name.replace("models.py", "models/grant.py").replace("/grants/", "/sample_host/")
        sample = (folder / file).read_text(encoding="utf-8")
        assert code == sample.replace("sample_host", "grants")


def test_erasing_a_person_reaches_the_hosts_fields_and_the_index(
    client: Client, directory_page: DirectoryPage, supported: Entry
) -> None:
    name = "Xenia Qvistgård"
    person = PrivatePerson.objects.create(name=name)
    Grant.objects.update(purpose=f"Løn til {name}")
    index_entries()
    assert any(
        name in text for one in export(person, Words.of(person))["mentioned_in"] for text in one["texts"]
    )
    with TestCase.captureOnCommitCallbacks(execute=True):
        erase(person, Words.of(person))
    assert Grant.objects.get().purpose == "Løn til […]"
    assert name not in client.get(f"{LIST}{supported.slug}/").content.decode()
    assert not SearchDocument.objects.filter(body__contains="Qvistg").exists()
