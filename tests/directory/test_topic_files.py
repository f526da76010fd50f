"""The vocabulary goes out as a file and comes back the same; a faulty file changes nothing."""

import csv
import sys
from io import StringIO
from pathlib import Path

import pytest
from django.contrib.auth.models import Permission, User
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import CommandError, call_command
from django.test import Client
from django.urls import reverse
from django.utils import translation
from wagtail.models import Locale

from cms_blocks.models import Topic

from .conftest import MakeTopic

HEADER = "slug,broader,related,see,sensitive,label_da,words_da,note_da,label_de"


@pytest.fixture
def vocabulary(make_topic: MakeTopic) -> None:
    mind = make_topic("Psyke", de="Psyche", scope_note='Når "sindet"\ner tungt; meget.', notation="27.1")
    grief = make_topic("Sorg", de="Trauer", alt_labels="dødsfald\r\nefterladt", broader=mind)
    grief.related.add(make_topic("Ensomhed", is_sensitive=True, uri="https://begreb.example/1"))
    make_topic("Savn", see=grief)


def run(command: str, *arguments: object) -> str:
    out = StringIO()
    with translation.override("en"):
        call_command(command, *map(str, arguments), stdout=out)
    return out.getvalue()


def refused(path: Path) -> str:
    out = StringIO()
    with translation.override("en"), pytest.raises(SystemExit):
        call_command("import_topics", str(path), stdout=out)
    return out.getvalue()


def file(folder: Path, *lines: str, header: str = HEADER) -> Path:
    path = folder / "topics.csv"
    path.write_text("\n".join([header, *lines]), encoding="utf-8")
    return path


def test_what_was_exported_is_imported_without_a_change(vocabulary: None, tmp_path: Path) -> None:
    assert run("export_topics", tmp_path / "topics.csv") == "topics 4\n"
    assert run("import_topics", tmp_path / "topics.csv").endswith(
        "rows 4, created 0, updated 0, unchanged 4, refused 0\n"
    )


def test_an_export_fills_an_empty_site_and_comes_out_the_same(vocabulary: None, tmp_path: Path) -> None:
    run("export_topics", tmp_path / "topics.csv")
    before = (tmp_path / "topics.csv").read_bytes()
    Topic.objects.all().delete()
    assert "created 4" in run("import_topics", tmp_path / "topics.csv")
    run("export_topics", tmp_path / "again.csv")
    assert (tmp_path / "again.csv").read_bytes() == before
    grief = Topic.objects.get(slug="sorg", source_row=None)
    assert (grief.broader, list(grief.related.all())) == (
        Topic.objects.get(slug="psyke", source_row=None),
        [Topic.objects.get(slug="ensomhed")],
    )
    assert Topic.objects.get(slug="sorg", locale__language_code="de").pref_label == "Trauer"


def test_a_dry_run_counts_and_writes_nothing(vocabulary: None, tmp_path: Path) -> None:
    path = file(tmp_path, "sorg,,,,,Sorg og tab,,,", "nyt,sorg,,,yes,Nyt emne,a; b,,Neues Thema")
    out = run("import_topics", path, "--dry-run")
    assert out.endswith("rows 2, created 1, updated 1, unchanged 0, refused 0\n")
    assert not Topic.objects.filter(slug="nyt").exists()
    run("import_topics", path)
    new = Topic.objects.get(slug="nyt", source_row=None)
    assert (new.synonyms, new.is_sensitive, new.broader) == (
        ["a", "b"],
        True,
        Topic.objects.get(pref_label="Sorg og tab"),
    )


def test_columns_that_are_not_there_stay_as_they_are(vocabulary: None, tmp_path: Path) -> None:
    run("import_topics", file(tmp_path, "sorg;27.2", header="slug;notation"))
    grief = Topic.objects.get(slug="sorg", source_row=None)
    assert (grief.notation, grief.synonyms, grief.broader is not None) == (
        "27.2",
        ["dødsfald", "efterladt"],
        True,
    )


@pytest.mark.parametrize(
    ("line", "column", "reason"),
    [
        ("Sorg!,,,,,Sorg 2,,,", "slug", "a to z"),
        ("psyke,,,,,A,,,\npsyke,,,,,B,,,", "slug", "row above"),
        ("psyke,nowhere,,,,Psyke,,,", "broader", "no topic with the address"),
        ("psyke,,,sorgg,,Psyke,,,", "see", "Did you mean “sorg”?"),
        ("psyke,psyke,,,,Psyke,,,", "broader", "cannot refer to itself"),
        ("psyke,sorg,,,,Psyke,,,", "broader", "cannot be a part of itself"),
        ("nyt,sorg; psyke,,,,Nyt,,,", "broader", "one topic only"),
        ("nyt,,,,maybe,Nyt,,,", "sensitive", "“yes”, “no” or nothing"),
        ("nyt,,,,,,,,", "label_da", "needs a name"),
        ("nyt,,,,,,ord,,Neu", "label_da", "without a name"),
        ("nyt,,,,,Sorg,,,", "label_da", "already a word"),
        ("nyt,,,,,Nyt,dødsfald; sorg,,", "words_da", "already a word"),
        ("nyt,,,savn,,Nyt,,,", "see", "not to be used"),
    ],
)
def test_a_fault_is_named_with_line_column_value_and_remedy(
    vocabulary: None, tmp_path: Path, line: str, column: str, reason: str
) -> None:
    before = list(Topic.objects.order_by("pk").values())
    out = refused(file(tmp_path, "frisk,,,,,Frisk luft,,,", line))
    fault = next(each for each in out.splitlines() if each.startswith("REFUSED"))
    assert f"column {column}," in fault
    assert "line 3" in fault or "line 4" in fault
    assert reason in fault
    assert list(Topic.objects.order_by("pk").values()) == before


@pytest.mark.parametrize(
    ("column", "value", "limit"),
    [
        ("notation", "1" * 61, 60),
        ("uri", f"https://begreb.example/{'x' * 500}", 500),
        ("label_da", "Ord " * 40, 120),
        ("label_de", "x" * 121, 120),
    ],
)
def test_a_cell_that_is_too_long_is_named_on_every_database(
    vocabulary: None, tmp_path: Path, column: str, value: str, limit: int
) -> None:
    label = "" if column == "label_da" else ",label_da"
    cells = ["nyt", value, *(["Nyt"] if label else [])]
    out = refused(file(tmp_path, ",".join(cells), header=f"slug,{column}{label}"))
    fault = next(each for each in out.splitlines() if each.startswith("REFUSED"))
    length = len(value.strip())
    assert f"line 2, column {column}, value “{value[:20]}" in fault
    assert f"{length} characters; at most {limit} are allowed." in fault
    assert not Topic.objects.filter(slug="nyt").exists()


@pytest.mark.parametrize(
    ("header", "reason"),
    [
        ("label_da", "no column “slug”"),
        ("slug,lable_da", "Did you mean “label_da”"),
        ("slug,label_fr", "label_de"),
    ],
)
def test_a_file_of_other_columns_is_refused(
    locales: dict[str, Locale], tmp_path: Path, header: str, reason: str
) -> None:
    with pytest.raises(CommandError, match=reason):
        run("import_topics", file(tmp_path, header=header))


def test_skos_has_every_label_and_relation(vocabulary: None, tmp_path: Path) -> None:
    assert run("export_topics", tmp_path / "topics.ttl") == "topics 4\n"
    text = (tmp_path / "topics.ttl").read_text(encoding="utf-8")
    grief = Topic.objects.get(slug="sorg", source_row=None)
    assert f"<urn:uuid:{grief.translation_key}> a skos:Concept" in text
    for part in (
        'skos:prefLabel "Trauer"@de',
        'skos:altLabel "Savn"@da',
        "skos:related <https://begreb.example/1>",
        f"skos:broader <urn:uuid:{Topic.objects.get(pref_label='Psyke').translation_key}>",
        r'skos:scopeNote "Når \"sindet\"\ner tungt; meget."@da',
        'skos:notation "27.1"',
        "a torv:Reference ;",
        f"torv:see <urn:uuid:{grief.translation_key}>",
        "torv:sensitive true",
    ):
        assert part in text
    with pytest.raises(CommandError, match="give a name that ends in"):
        run("export_topics", tmp_path / "topics.pdf")


def test_editors_export_and_import_in_the_admin(
    vocabulary: None, desk: Client, editor: User, tmp_path: Path
) -> None:
    assert desk.get(reverse("torv_topics_export")).status_code == 302
    codes = ["add_topic", "change_topic", "view_topic"]
    editor.user_permissions.set(Permission.objects.filter(codename__in=codes))
    listed = desk.get(reverse("wagtailsnippets_torv_blocks_topic:list")).content.decode()
    assert reverse("torv_topics_export") in listed
    exported = desk.get(reverse("torv_topics_export")).content
    assert exported.startswith(b"\xef\xbb\xbfslug,")
    address = reverse("torv_topics_import")

    def send(content: bytes, name: str = "topics.csv", **fields: str) -> str:
        upload = SimpleUploadedFile(name, content)
        return str(desk.post(address, {"file": upload, **fields}).content.decode())

    assert "Unchanged topics: 4" in send(exported)
    assert "New topics: 1" in send(b"slug,label_da\nnyt,Nyt\n", dry_run="on")
    assert not Topic.objects.filter(slug="nyt").exists()
    assert "already a word" in send(b"slug,label_da\nnyt,Sorg\n")
    assert "files of this kind cannot be read" in send(b"x", "topics.pdf")
    assert "Nothing was written" in send(b"slug,label_da\nSorg!,Nyt\n")


def facts() -> list[tuple[object, ...]]:
    """Names, words and notes by language, what each is related to, by slug, and whether it is sensitive."""
    found = []
    for topic in Topic.objects.filter(source_row=None).order_by("slug"):
        rows = [topic, *topic.translation_rows.order_by("locale__language_code")]
        texts = [
            (row.locale.language_code, row.pref_label, sorted(row.synonyms), row.scope_note) for row in rows
        ]
        related = sorted(topic.related.values_list("slug", flat=True))
        broader = topic.broader.slug if topic.broader else ""
        see = topic.see.slug if topic.see else ""
        relations = (broader, related, see)
        found.append((topic.slug, topic.notation, topic.uri, relations, topic.is_sensitive, texts))
    return found


@pytest.mark.usefixtures("vocabulary")
def test_skos_goes_out_and_comes_back_into_an_empty_site_the_same(tmp_path: Path) -> None:
    path = tmp_path / "topics.ttl"
    run("export_topics", path)
    before = facts()
    assert len(before) == 4
    Topic.objects.all().delete()
    assert "created 4" in run("import_topics", path)
    assert facts() == before
    assert "unchanged 4" in run("import_topics", path)
    Topic.objects.filter(slug="ensomhed").update(is_sensitive=False)
    assert "updated 1, unchanged 3" in run("import_topics", path)
    assert facts() == before


@pytest.mark.usefixtures("locales")
def test_skos_of_others_is_read(tmp_path: Path) -> None:
    """Narrower instead of broader, languages that the site has not, variants of those it has, no language."""
    path = tmp_path / "others.ttl"
    path.write_text(
        "@prefix skos: <http://www.w3.org/2004/02/skos/core#> .\n"
        "<https://v.example/1> a skos:Concept ; skos:prefLabel 'Helbred', 'Gesundheit'@de-AT, 'Santé'@fr ;\n"
        "  skos:narrower <https://v.example/2> ; skos:related <https://elsewhere.example/> .\n"
        "<https://v.example/2> a skos:Concept ; skos:prefLabel 'Søvn'@da ; skos:altLabel 'Hvile'@da .\n",
        encoding="utf-8",
    )
    assert "created 2" in run("import_topics", path)
    Topic.objects.filter(uri="https://v.example/2").update(is_sensitive=True)
    assert "unchanged 2" in run("import_topics", path)
    sleep = Topic.objects.get(uri="https://v.example/2")
    assert sleep.is_sensitive, "files of others say nothing of it"
    assert (sleep.slug, sleep.alt_labels, sleep.broader.slug) == ("soevn", "Hvile", "helbred")
    assert Topic.objects.get(source_row=sleep.broader).pref_label == "Gesundheit"


@pytest.mark.usefixtures("locales")
def test_a_broken_vocabulary_and_a_missing_library_are_said(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "broken.ttl"
    path.write_text("@prefix skos: <http://www.w3.org/2004/02/skos/core#> .\n<x> skos:", encoding="utf-8")
    with pytest.raises(CommandError, match="not SKOS in Turtle"):
        run("import_topics", path)
    monkeypatch.setitem(sys.modules, "rdflib", None)
    with pytest.raises(CommandError, match="extra “skos”"):
        run("import_topics", path)


@pytest.mark.parametrize("formula", ["=HYPERLINK(1)", "+1+1", "-2", "@SUM(1)", "\t=1", "'=1"])
def test_what_looks_like_a_formula_goes_out_as_a_text_and_comes_back(
    make_topic: MakeTopic, tmp_path: Path, formula: str
) -> None:
    make_topic("Sorg", scope_note=f"{formula}.", notation=formula.strip())
    target = tmp_path / "topics.csv"
    run("export_topics", target)
    [row] = csv.DictReader(StringIO(target.read_text(encoding="utf-8-sig")))
    assert not row["note_da"].startswith(("=", "+", "-", "@", "\t"))
    assert row["notation"] == f"'{formula.strip()}"
    assert "unchanged 1" in run("import_topics", target)
