"""Single cells: what is mended, what is left out, and what refuses its row."""

from pathlib import Path

import pytest
from wagtail.models import Locale

from directory.models import Entry

from .import_helpers import Ran, csv_file, run

pytestmark = pytest.mark.usefixtures("locales")

COLUMNS = ("external_id", "name", "kind", "city")
PLAIN = {"external_id": "1", "name": "Sorggruppen", "kind": "network", "city": "Aarhus"}

ENCODING = "the file was once saved in a wrong encoding; taken as "
BLANKS = "blanks or invisible characters were removed; taken as "
NO_PHONE = "no telephone number of DK can be read here; left out. Write it as +45 32 12 34 56."


def imported(folder: Path, **cells: str) -> Ran:
    row = PLAIN | cells
    quoted = ('"' + cell.replace('"', '""') + '"' for cell in row.values())
    return run(csv_file(folder, ";".join(quoted), header=";".join(row)))


def only_message(ran: Ran) -> str:
    (message,) = ran.messages
    return message.split("”: ", 1)[1]


@pytest.mark.parametrize(
    ("field", "cell", "value", "message"),
    [
        (
            "name",
            "  Sorg   og tab ",
            "Sorg og tab",
            BLANKS + "“Sorg og tab”.",
        ),
        (
            "name",
            "Sorg \x96 tab",
            "Sorg – tab",
            BLANKS + "“Sorg – tab”.",
        ),
        (
            "name",
            "Sorg\u200bgruppe",
            "Sorggruppe",
            BLANKS + "“Sorggruppe”.",
        ),
        ("name", "Ã…ben dÃ¸r â€“ GrÃ¼ÃŸe", "Åben dør – Grüße", ENCODING + "“Åben dør – Grüße”."),
        ("name", "FormaÃ§Ã£o pÃ¥ Ã\x81land", "Formação på Áland", ENCODING + "“Formação på Áland”."),
        ("kind", "Contact Point", "contact-point", "taken as “contact-point”."),
        ("email", "mailto:a@example.org", "a@example.org", "taken as “a@example.org”."),
        ("email", "<a@example.org>,", "a@example.org", "taken as “a@example.org”."),
        ("email", "a (at) example.org", "a@example.org", "taken as “a@example.org”."),
        ("email", "a@ example.org", "a@example.org", "taken as “a@example.org”."),
        ("email", "a@b.dk; c@d.dk", "a@b.dk", "a@b.dk is kept, left out: c@d.dk."),
        ("email", "Anna a@b.dk", "a@b.dk", "a@b.dk is kept, left out: Anna."),
        ("email", "'o'brien@b.dk'", "o'brien@b.dk", "taken as “o'brien@b.dk”."),
        ("email", "a@b.dk|c@d.dk", "a@b.dk", "a@b.dk is kept, left out: c@d.dk."),
        ("email", "a@b", "", "this is no e-mail address; left out. Write it as name@example.org."),
        ("website", "example.org/sorg", "https://example.org/sorg", "taken as “https://example.org/sorg”."),
        ("website", "http://a.dk\n b.dk", "http://a.dk", "http://a.dk is kept, left out: b.dk."),
        ("website", "(a.dk/x_(y)),", "https://a.dk/x_(y)", "taken as “https://a.dk/x_(y)”."),
        ("website", "a.dk/x_(y),", "https://a.dk/x_(y)", "taken as “https://a.dk/x_(y)”."),
        (
            "website",
            "javascript:alert(1)",
            "",
            "this is no web address; left out. Write it as https://example.org/.",
        ),
        (
            "website",
            "kommer snart",
            "",
            "this is no web address; left out. Write it as https://example.org/.",
        ),
        ("phone", "86 12 34 56 / 86 12 34 57", "+4586123456", "+4586123456 is kept, left out: 86 12 34 57."),
        ("phone", "86123456 eller 86123457", "+4586123456", "+4586123456 is kept, left out: 86123457."),
        ("phone", "86123456 (kun onsdag)", "+4586123456", "+4586123456 is kept, left out: (kun onsdag)."),
        (
            "phone",
            "86123456 lok. 12",
            "+4586123456",
            "+4586123456 is kept, left out: lok. 12.",
        ),
        (
            "phone",
            "Fax 86123457, Tlf. 86123456",
            "+4586123456",
            "+4586123456 is kept, left out: Fax 86123457.",
        ),
        ("phone", "86123456 Fax: 86123457", "+4586123456", "+4586123456 is kept, left out: Fax: 86123457."),
        ("phone", "Fax/tlf. 86123456", "+4586123456", "+4586123456 is kept, left out: Fax/tlf.."),
        ("phone", "Telefax 86123457", "", NO_PHONE),
        (
            "phone",
            "86123456, " + "den anden torsdag i måneden, " * 8 + "86123457",
            "+4586123456",
            "+4586123456 is kept, left out: " + "den anden torsdag i måneden | " * 8 + "86123457.",
        ),
        (
            "phone",
            "1" * 130,
            "",
            NO_PHONE,
        ),
        ("assured_on", "sidste uge", None, "this is no day; left out. Write it as 2026-12-31."),
        (
            "description",
            "<p id='x'>Hej</p><script>x</script>",
            "<p>Hej</p>",
            "left out of the text: <script>.",
        ),
    ],
)
def test_what_can_be_mended_is_mended_and_named(
    tmp_path: Path, field: str, cell: str, value: object, message: str
) -> None:
    ran = imported(tmp_path, **{field: cell})
    assert only_message(ran) == message
    assert ran.summary == "rows 1, created 1, updated 0, unchanged 0, warned 1, refused 0"
    assert getattr(Entry.objects.get(), field) == value


@pytest.mark.parametrize(
    ("country", "cell", "value"),
    [
        ("DK", "86 12 34 56", "+4586123456"),
        ("DK", "+45 86123456", "+4586123456"),
        ("DK", "Tlf.: 8612 3456", "+4586123456"),
        ("DK", "0049 30 901820", "+4930901820"),
        ("DE", "030 / 90 18-20", "+4930901820"),
        ("de", "(030) 901820", "+4930901820"),
        ("DE", "+49 (0)30 901820", "+4930901820"),
        ("DE", "Telefon 030-901820", "+4930901820"),
    ],
)
def test_phones_are_read_as_the_country_of_the_row_writes_them(
    tmp_path: Path, country: str, cell: str, value: str
) -> None:
    ran = imported(tmp_path, phone=cell, country=country)
    assert ran.messages == []
    assert Entry.objects.get().phone.as_e164 == value


@pytest.mark.parametrize(
    ("field", "cell", "message"),
    [
        ("external_id", " ", "every row needs the id it has in the source system."),
        ("name", "", "every row needs a name."),
        ("name", "x" * 256, "256 characters; at most 255 are allowed."),
        ("name", "=HYPERLINK(A1)", "this is a formula; export the table with its values."),
        ("description", "=A1", "this is a formula; export the table with its values."),
        ("summary", "x" * 401, "401 characters; at most 400 are allowed."),
        ("locale", "dk", "the site has no such language; it has da, de, en."),
        ("country", "Danmark", "a country is written with two letters: DK, DE."),
        ("visible_from", "0001-01-01", "a day or moment is written 2026-12-31 or 2026-12-31 18:00."),
        ("visible_from", "snart", "a day or moment is written 2026-12-31 or 2026-12-31 18:00."),
        ("address_1", "x" * 161, "161 characters; at most 160 are allowed."),
    ],
)
def test_what_cannot_be_mended_refuses_the_row(tmp_path: Path, field: str, cell: str, message: str) -> None:
    ran = imported(tmp_path, **{field: cell})
    assert only_message(ran).startswith(message)
    assert ran.messages[0].startswith(f"REFUSED line 2, column {field}, value “")
    assert ran.status == 1
    assert not Entry.objects.exists()


def test_a_message_on_a_very_long_cell_stays_short_and_ends_with_what_would_be_right(tmp_path: Path) -> None:
    (message,) = imported(tmp_path, status="x" * 90_000).messages
    assert len(message) < 1100
    assert message.endswith("allowed are active, inactive, temporarily-closed, defunct.")


@pytest.mark.parametrize("name", ["Åben dør", "FORMAÇÃO", "Ã¸ og ø", "Â", "Café Ô–Ô"])
def test_a_name_is_read_as_it_is_where_it_is_no_mistake_of_encoding(tmp_path: Path, name: str) -> None:
    assert imported(tmp_path, name=name).messages == []
    assert Entry.objects.get().name == name


def test_a_row_without_a_kind_is_refused_with_the_allowed_ones(tmp_path: Path) -> None:
    ran = imported(tmp_path, kind="")
    assert ran.messages[0].startswith("REFUSED line 2, column kind, value “”")
    assert only_message(ran) == (
        "every row needs a kind; allowed are self-help-group, co-operation-partner, contact-point, network."
    )


def test_a_row_that_tells_no_way_to_reach_the_entry_is_refused(tmp_path: Path) -> None:
    ran = imported(tmp_path, city="")
    assert "Before publishing, say how to reach it" in only_message(ran)


def test_an_address_needs_its_town(tmp_path: Path) -> None:
    ran = imported(tmp_path, city="", address_1="Torvet 1", phone="86123456")
    assert ran.messages == ["REFUSED line 2, column city, value “”: an address needs its town."]


def test_days_begin_at_midnight_and_the_last_one_counts_whole(tmp_path: Path) -> None:
    imported(tmp_path, visible_from="01.06.2026", visible_to="2026-06-30", assured_on="31-12-2025")
    entry = Entry.objects.get()
    assert entry.visible_from.isoformat() == "2026-05-31T22:00:00+00:00"
    assert entry.visible_to.isoformat() == "2026-06-30T21:59:59.999999+00:00"
    assert entry.assured_on.isoformat() == "2025-12-31"


def test_an_end_before_the_beginning_is_refused(tmp_path: Path) -> None:
    ran = imported(tmp_path, visible_from="2026-06-30", visible_to="2026-06-01")
    assert "REFUSED line 2, column visible_to" in ran.messages[0]


@pytest.mark.parametrize(
    ("latitude", "longitude", "position", "messages"),
    [
        ("56.16", "10,2", (56.16, 10.2), 0),
        ("0", "0.000", (None, None), 0),
        ("56.16", "0", (None, None), 1),
        ("56.16", "", (None, None), 1),
        ("91", "10", (None, None), 2),
        ("nord", "øst", (None, None), 2),
    ],
)
def test_coordinates_come_in_pairs_and_zero_is_unknown(
    tmp_path: Path,
    latitude: str,
    longitude: str,
    position: tuple[float | None, float | None],
    messages: int,
) -> None:
    ran = imported(tmp_path, latitude=latitude, longitude=longitude)
    place = Entry.objects.get().locations.get()
    assert (place.latitude, place.longitude) == position
    assert len(ran.messages) == messages


def test_plain_text_becomes_paragraphs(tmp_path: Path) -> None:
    ran = imported(tmp_path, description="Vi mødes\nhver uge & måned.\n\n\nAlle er < velkomne.")
    assert Entry.objects.get().description == (
        "<p>Vi mødes<br/>hver uge &amp; måned.</p><p>Alle er &lt; velkomne.</p>"
    )
    assert "blanks or invisible characters were removed" in only_message(ran)


def test_a_row_without_a_language_is_in_that_of_the_site_or_refused(tmp_path: Path) -> None:
    assert imported(tmp_path).status == 0
    assert Entry.objects.get().locale.language_code == "da"
    Entry.objects.all().delete()
    Locale.objects.filter(language_code="da").update(language_code="fi")
    assert only_message(imported(tmp_path)) == "the row names no language, and the site has no “da”."


@pytest.mark.parametrize(
    ("country", "cell", "value", "messages"),
    [
        ("DE", "1067", "01067", ["taken as “01067”: a postcode of DE has 5 digits."]),
        ("DK", "800", "0800", ["taken as “0800”: a postcode of DK has 4 digits."]),
        ("DK", "8000", "8000", []),
        ("SE", "1067", "1067", []),
    ],
)
def test_the_zero_a_spreadsheet_dropped_from_a_postcode_is_put_back(
    tmp_path: Path, country: str, cell: str, value: str, messages: list[str]
) -> None:
    ran = imported(tmp_path, country=country, postal_code=cell)
    assert [message.split("”: ", 1)[1] for message in ran.messages] == messages
    assert Entry.objects.get().locations.get().postal_code == value
