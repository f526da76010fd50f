"""What the command does with good and bad rows, first and later runs, and languages."""

from pathlib import Path

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from wagtail.models import Locale, ModelLogEntry

from cms_blocks.models import Topic
from directory.imports.drafting import Slugs
from directory.models import Entry, EntryTopic, Location

from .conftest import MakeTopic, translate
from .import_helpers import csv_file, refusal, run

pytestmark = pytest.mark.usefixtures("locales")

GOOD = "1;Sorggruppen;self-help-group;Aarhus;86 12 34 56;da"
GOOD_TOO = "2;Angstgruppen;self-help-group;Odense;65 12 34 56;da"
BAD = "3;Netværket;netvork;Vejle;75 12 34 56;da"


def entry(external_id: str = "1", locale: str = "da") -> Entry:
    return Entry.objects.get(external_id=external_id, locale__language_code=locale)


def test_a_row_becomes_a_published_entry_with_its_place_and_history(tmp_path: Path) -> None:
    ran = run(csv_file(tmp_path, GOOD))
    assert ran.lines == ("rows 1, created 1, updated 0, unchanged 0, warned 0, refused 0",)
    made = entry()
    assert (made.name, made.slug, made.phone, made.live) == (
        "Sorggruppen",
        "sorggruppen",
        "+4586123456",
        True,
    )
    assert [(place.city, place.city_slug, place.country) for place in made.locations.all()] == [
        ("Aarhus", "aarhus", "DK")
    ]
    assert made.live_revision == made.latest_revision
    assert made.latest_revision.as_object().locations.all()[0].city == "Aarhus"
    assert actions(made) == ["wagtail.create", "wagtail.publish"]


def actions(of: Entry) -> list[str]:
    return list(ModelLogEntry.objects.for_instance(of).order_by("pk").values_list("action", flat=True))


def test_a_dry_run_says_what_would_be_done_and_writes_nothing(tmp_path: Path) -> None:
    columns = "external_id;name;kind;city;topics"
    path = csv_file(tmp_path, "1;Sorggruppen;self-help-group;Aarhus;Sorg", header=columns)
    ran = run(path, "--dry-run", "--create-topics")
    assert ran.lines == (
        "Topics created: 1.",
        "Dry run: nothing was written.",
        "rows 1, created 1, updated 0, unchanged 0, warned 0, refused 0",
    )
    assert not Entry.objects.exists()
    assert not Topic.objects.exists()


def test_one_refused_row_keeps_the_whole_file_out(tmp_path: Path) -> None:
    ran = run(csv_file(tmp_path, GOOD, GOOD_TOO, BAD))
    assert ran.status == 1
    (message,) = ran.messages
    assert message == (
        "REFUSED line 4, column kind, value “netvork”: unknown kind; allowed are self-help-group, "
        "co-operation-partner, contact-point, network. Did you mean “network”?"
    )
    assert ran.summary == "rows 3, created 0, updated 0, unchanged 0, warned 0, refused 1"
    assert not Entry.objects.exists()


def test_partial_writes_the_good_rows(tmp_path: Path) -> None:
    ran = run(csv_file(tmp_path, GOOD, BAD, GOOD_TOO), "--partial")
    assert ran.status == 0
    assert ran.summary == "rows 3, created 2, updated 0, unchanged 0, warned 0, refused 1"
    assert set(Entry.objects.values_list("external_id", flat=True)) == {"1", "2"}


def test_partial_writes_no_row_that_the_rules_of_an_entry_refuse(tmp_path: Path) -> None:
    path = csv_file(tmp_path, GOOD, "3;Netværket;;Vejle;75 12 34 56;da", "4;Kun et navn;network;;;da")
    ran = run(path, "--partial")
    assert ran.summary == "rows 3, created 1, updated 0, unchanged 0, warned 0, refused 2"
    assert set(Entry.objects.values_list("external_id", flat=True)) == {"1"}
    again = run(path, "--partial")
    assert again.summary == "rows 3, created 0, updated 0, unchanged 1, warned 0, refused 2"


def test_a_second_run_changes_nothing_in_the_database(tmp_path: Path) -> None:
    path = csv_file(tmp_path, GOOD, GOOD_TOO)
    run(path)
    with CaptureQueriesContext(
        connection,
    ) as queries:
        ran = run(path)
    assert ran.summary == "rows 2, created 0, updated 0, unchanged 2, warned 0, refused 0"
    written = [q["sql"] for q in queries if q["sql"].startswith(("INSERT", "UPDATE", "DELETE"))]
    assert written == []


def test_a_changed_row_updates_its_entry_and_keeps_the_older_version(tmp_path: Path) -> None:
    run(csv_file(tmp_path, GOOD, GOOD_TOO))
    changed = GOOD.replace("Sorggruppen", "Sorg og tab").replace("Aarhus", "Viborg")
    ran = run(csv_file(tmp_path, changed, GOOD_TOO))
    assert ran.summary == "rows 2, created 0, updated 1, unchanged 1, warned 0, refused 0"
    now = entry()
    assert (now.name, now.slug) == ("Sorg og tab", "sorggruppen")
    assert list(now.locations.values_list("city", "city_slug")) == [("Viborg", "viborg")]
    assert Location.objects.count() == 2
    first, latest = now.revisions.order_by("pk")
    assert first.as_object().name == "Sorggruppen"
    assert latest.as_object().locations.all()[0].city == "Viborg"
    assert now.live_revision == latest
    assert actions(now)[2:] == ["wagtail.edit", "wagtail.publish"]


def test_columns_the_file_lacks_are_left_to_the_editors(tmp_path: Path) -> None:
    run(csv_file(tmp_path, GOOD))
    Entry.objects.update(email="sorg@example.org")
    ran = run(csv_file(tmp_path, "1;Nyt navn", header="external_id;name"))
    assert ran.summary == "rows 1, created 0, updated 1, unchanged 0, warned 0, refused 0"
    assert (entry().email, entry().phone) == ("sorg@example.org", "+4586123456")


def test_an_empty_cell_empties_its_field_and_a_broken_one_does_not(tmp_path: Path) -> None:
    run(csv_file(tmp_path, GOOD))
    broken = run(csv_file(tmp_path, GOOD.replace("86 12 34 56", "kontoret")))
    assert broken.summary == "rows 1, created 0, updated 0, unchanged 1, warned 1, refused 0"
    assert entry().phone == "+4586123456"
    run(csv_file(tmp_path, GOOD.replace("86 12 34 56", "")))
    assert entry().phone == ""


def test_an_empty_town_takes_away_the_place_of_the_file_and_never_one_of_an_editor(tmp_path: Path) -> None:
    run(csv_file(tmp_path, GOOD))
    Location.objects.create(entry=entry(), city="Viborg", sort_order=1)
    nowhere = csv_file(tmp_path, GOOD.replace("Aarhus", ""))
    assert "updated 1" in run(nowhere).summary
    assert "unchanged 1" in run(nowhere).summary
    assert [place.city for place in entry().locations.all()] == ["Viborg"]
    run(csv_file(tmp_path, GOOD))
    assert [place.city for place in entry().locations.all()] == ["Aarhus", "Viborg"]


def test_rows_of_one_id_in_several_languages_are_one_entry_with_translations(tmp_path: Path) -> None:
    rows = (
        GOOD,
        "1;Trauergruppe;self-help-group;Aarhus;86 12 34 56;de",
        "1;Grief group;;;;en",
        GOOD_TOO,
    )
    path = csv_file(tmp_path, *rows)
    ran = run(path)
    assert ran.lines == ("rows 4, created 4, updated 0, unchanged 0, warned 0, refused 0",)
    source, german, english = entry(), entry(locale="de"), entry(locale="en")
    assert {german.facts, english.facts} == {source}
    assert {german.translation_key, english.translation_key} == {source.translation_key}
    assert (german.name, german.slug, german.live) == ("Trauergruppe", "sorggruppen", True)
    assert german.phone == ""
    assert Location.objects.count() == 2
    assert run(path).summary == "rows 4, created 0, updated 0, unchanged 4, warned 0, refused 0"


def test_a_new_kind_reaches_the_translations(tmp_path: Path) -> None:
    rows = (GOOD, "1;Trauergruppe;;;;de")
    run(csv_file(tmp_path, *rows))
    ran = run(csv_file(tmp_path, rows[0].replace("self-help-group", "network"), rows[1]))
    assert ran.summary == "rows 2, created 0, updated 1, unchanged 1, warned 0, refused 0"
    assert entry().kind == entry(locale="de").kind == "network"


def test_rows_that_meet_an_entry_made_meanwhile_are_refused_whole(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def made_meanwhile(self: Slugs, name: str) -> str:
        return "sorggruppen"

    run(csv_file(tmp_path, GOOD))
    monkeypatch.setattr(Slugs, "for_name", made_meanwhile)
    monkeypatch.setattr("directory.imports.writer.check", lambda draft: None)
    assert "Somebody changed the same entries" in refusal(csv_file(tmp_path, GOOD, GOOD_TOO))
    assert Entry.objects.count() == 1


def test_a_translation_of_an_entry_that_is_there_is_added_to_it(tmp_path: Path) -> None:
    run(csv_file(tmp_path, GOOD))
    ran = run(csv_file(tmp_path, "1;Trauergruppe;;;;de"))
    assert ran.summary == "rows 1, created 1, updated 0, unchanged 0, warned 0, refused 0"
    assert entry(locale="de").source_row == entry()


def test_a_translation_made_by_an_editor_is_matched_by_its_entry(
    tmp_path: Path, locales: dict[str, Locale]
) -> None:
    run(csv_file(tmp_path, GOOD))
    row = translate(entry(), locales["de"], name="Alt")
    Entry.objects.filter(pk=row.pk).update(external_id="")
    ran = run(csv_file(tmp_path, "1;Neu;;;;de"))
    assert ran.summary == "rows 1, created 0, updated 1, unchanged 0, warned 0, refused 0"
    row.refresh_from_db()
    assert row.name == "Neu"


def test_other_facts_in_a_translation_are_named_and_left_out(tmp_path: Path) -> None:
    path = csv_file(tmp_path, GOOD, "1;Trauergruppe;;Odense;86 12 34 57;de")
    elsewhere = "left out: facts are those of the row in the language the entry was first written in."
    expected = [
        f"line 3, column phone, value “86 12 34 57”: {elsewhere}",
        f"line 3, column city, value “Odense”: {elsewhere}",
    ]
    assert run(path).messages == expected
    assert run(path).messages == expected
    assert (entry().phone, entry().locations.get().city) == ("+4586123456", "Aarhus")


def test_a_translation_of_a_refused_row_is_refused_too(tmp_path: Path) -> None:
    ran = run(csv_file(tmp_path, BAD, "3;Das Netz;network;Vejle;;de", GOOD), "--partial")
    assert ran.messages[1] == (
        "REFUSED line 3, column external_id, value “3”: line 2, the same entry in another language, was "
        "refused; this row needs it."
    )
    assert ran.summary == "rows 3, created 1, updated 0, unchanged 0, warned 0, refused 2"


def test_the_same_id_twice_in_one_language_is_refused(tmp_path: Path) -> None:
    ran = run(csv_file(tmp_path, GOOD, GOOD))
    assert ran.messages == [
        "REFUSED line 3, column external_id, value “1”: line 2 has the same id in the same language."
    ]


def test_topics_are_named_by_slug_or_name_in_any_language(tmp_path: Path, make_topic: MakeTopic) -> None:
    grief, fear = make_topic("Sorg", de="Trauer"), make_topic("Angst")
    header = "external_id;name;kind;phone;topics"
    path = csv_file(tmp_path, '1;Sorggruppen;network;86123456;"trauer; angst"', header=header)
    run(path)
    assert list(entry().entry_topics.values_list("topic", flat=True)) == [grief.pk, fear.pk]
    assert run(path).summary.endswith("unchanged 1, warned 0, refused 0")
    run(csv_file(tmp_path, "1;Sorggruppen;network;86123456;angst", header=header))
    assert list(entry().entry_topics.values_list("topic", flat=True)) == [fear.pk]


def test_a_topic_that_leads_to_another_one_is_imported_as_that_one(
    tmp_path: Path, make_topic: MakeTopic
) -> None:
    grief, fear = make_topic("Sorg"), make_topic("Angst")
    make_topic("Savn", alt_labels="Hjemve", see=grief)
    header = "external_id;name;kind;phone;topics"
    path = csv_file(tmp_path, '1;Sorggruppen;network;86123456;"Savn; Sorg; Hjemve; Angst"', header=header)
    assert run(path).messages == []
    assert list(entry().entry_topics.values_list("topic", flat=True)) == [grief.pk, fear.pk]
    assert "unchanged 1" in run(path).summary


def test_an_unknown_topic_is_refused_with_the_nearest_or_created_when_asked(
    tmp_path: Path, make_topic: MakeTopic
) -> None:
    make_topic("Sorg")
    header = "external_id;name;kind;phone;topics"
    rows = ['1;Sorggruppen;network;86123456;"Sorgg;Sorg"', "2;Flere;network;86123456;Sorgg"]
    path = csv_file(tmp_path, *rows, header=header)
    assert run(path).messages[0] == (
        "REFUSED line 2, column topics, value “Sorgg;Sorg”: there is no topic “Sorgg”. Create it, or import "
        "with --create-topics. Did you mean “sorg”?"
    )
    ran = run(path, "--create-topics")
    assert "Topics created: 1." in ran.lines
    assert Topic.objects.filter(slug="sorgg", pref_label="Sorgg", locale__language_code="da").count() == 1
    assert EntryTopic.objects.count() == 3


def test_only_topics_of_rows_that_are_written_are_created_and_counted(tmp_path: Path) -> None:
    header = "external_id;name;kind;phone;topics"
    rows = ["1;Sorggruppen;network;86123456;Sorg", "2;Flere;netvork;86123456;Angst"]
    path = csv_file(tmp_path, *rows, header=header)
    assert "Topics created: 1." in run(path, "--create-topics", "--partial", "--dry-run").lines
    assert "Topics created: 1." in run(path, "--create-topics", "--partial").lines
    assert list(Topic.objects.values_list("slug", flat=True)) == ["sorg"]


def test_an_entry_that_is_offline_stays_so(tmp_path: Path) -> None:
    run(csv_file(tmp_path, GOOD))
    entry().unpublish()
    path = csv_file(tmp_path, GOOD.replace("Sorggruppen", "Nyt navn"))
    assert run(path).summary == "rows 1, created 0, updated 1, unchanged 0, warned 0, refused 0"
    assert not entry().live
    assert entry().get_latest_revision_as_object().name == "Nyt navn"
    assert run(path).summary == "rows 1, created 0, updated 0, unchanged 1, warned 0, refused 0"


def test_a_locked_entry_stays_as_it_is_and_is_named(tmp_path: Path) -> None:
    run(csv_file(tmp_path, GOOD))
    Entry.objects.update(locked=True)
    ran = run(csv_file(tmp_path, GOOD.replace("Sorggruppen", "Nyt navn")))
    assert ran.messages == [
        "line 2, column name, value “Nyt navn”: the entry is locked by an editor and stays as it is."
    ]
    assert ran.summary == "rows 1, created 0, updated 0, unchanged 1, warned 1, refused 0"
    assert entry().name == "Sorggruppen"


def test_an_unpublished_change_is_passed_over_and_named(tmp_path: Path) -> None:
    run(csv_file(tmp_path, GOOD))
    draft = entry()
    draft.summary = "Et udkast"
    draft.save_revision()
    ran = run(csv_file(tmp_path, GOOD.replace("Sorggruppen", "Nyt navn")))
    assert "an editor's unpublished change was passed over" in ran.messages[0]
    assert (entry().summary, entry().has_unpublished_changes) == ("", False)
    assert entry().revisions.count() == 3


def test_queries_do_not_grow_with_rows_but_for_a_few(tmp_path: Path) -> None:
    """The outbox takes a row, and readers of the index are told of it."""
    few = [f"a{n};Gruppe {n};network;Aarhus;86 12 34 56;da" for n in range(10)]
    many = [f"b{n};Gruppe {n};network;Aarhus;86 12 34 56;da" for n in range(60)]
    with CaptureQueriesContext(connection) as first:
        run(csv_file(tmp_path, *few))
    with CaptureQueriesContext(connection) as second:
        run(csv_file(tmp_path, *many))
    assert len(second) - len(first) <= 4 * 50
