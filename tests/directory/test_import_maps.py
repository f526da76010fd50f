"""Map files, and headers that need one."""

from pathlib import Path

import pytest

from directory.models import Entry

from .import_helpers import bytes_file, csv_file, refusal, run

pytestmark = pytest.mark.usefixtures("locales")

GOOD_MAP = """
[columns]
"Navn" = "name"
nr = "external_id"
[constants]
kind = "network"
city = "Aarhus"
locale = "de"
[ignore]
columns = ["note"]
"""


def a_map(folder: Path, text: str) -> Path:
    return bytes_file(folder, text.encode(), "map.toml")


def test_a_map_renames_columns_sets_constants_and_ignores(tmp_path: Path) -> None:
    path = csv_file(tmp_path, "7;Netz;Aarhus C;egal", "8;Kreis;;", header="nr;Navn;city;note")
    run(path, "--map", a_map(tmp_path, GOOD_MAP))
    first, second = Entry.objects.order_by("external_id")
    assert (first.name, first.kind, first.locale.language_code) == ("Netz", "network", "de")
    assert [first.locations.get().city, second.locations.get().city] == ["Aarhus C", "Aarhus"]


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("[columns", "map.toml is not TOML"),
        (
            '[colums]\nnr = "name"',
            "map.toml: “colums” is unknown; known are columns, constants, ignore.",
        ),
        (
            '[columns]\nnr = "externalid"',
            "the field “externalid”, which does not exist. Did you mean “external_id”?",
        ),
        (
            '[constants]\nkinds = "network"',
            "the field “kinds”, which does not exist. Did you mean “kind”?",
        ),
        ('[constants]\nkind = ["network"]', "“kind” in [constants] must be a text."),
        ('[constants]\nname = "x"', "“name” differs from row to row and cannot be constant."),
        ('[ignore]\ncolumns = "nr"', "[ignore] needs columns = ["),
        ('[ignore]\ncolumn = ["nr"]', "“column” is unknown; known are columns. Did you mean “columns”?"),
        ('[columns]\nnr = "name"\n[ignore]\ncolumns = ["nr"]', "“nr” is both renamed and ignored."),
        ('columns = "nr"', "[columns] must be a table."),
        ('[columns]\nnummer = "external_id"', "The map names the column “nummer”, which the file lacks."),
        (
            '[columns]\nnr = "name"\nNavn = "name"',
            "The columns nr, Navn all give “name”.",
        ),
        ('[constants]\nkind = "netvork"', "[constants] kind = “netvork”: unknown kind; allowed are"),
    ],
    ids=range(13),
)
def test_a_wrong_map_is_refused(tmp_path: Path, text: str, sentence: str) -> None:
    if 'constants]\nkind = "netvork' in text:
        text += '\n[columns]\nnr = "external_id"\nNavn = "name"'
    path = csv_file(tmp_path, "7;Netz", header="nr;Navn")
    assert sentence in refusal(path, "--map", a_map(tmp_path, text))
    assert not Entry.objects.exists()


def test_a_map_that_is_not_there_is_refused(tmp_path: Path) -> None:
    path = csv_file(tmp_path, "7;Netz", header="nr;Navn")
    assert "no.toml cannot be opened" in refusal(path, "--map", tmp_path / "no.toml")


def test_unknown_columns_are_named_all_at_once_with_the_nearest_field(tmp_path: Path) -> None:
    path = csv_file(tmp_path, "7;Netz;1;2", header="external_id;name;phne;xyz")
    assert refusal(path).splitlines() == [
        "The column “phne” is no field of the directory. Nearest is “phone”. Rename or ignore it in a map.",
        "The column “xyz” is no field of the directory. Rename or ignore it in a map.",
    ]
