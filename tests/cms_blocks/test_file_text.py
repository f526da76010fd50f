"""The text inside files: read within limits, in a process of its own, and only of what is public."""

import zlib
from io import BytesIO
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile

import pytest
from demo.files import pdf
from django.contrib.auth.models import Group
from django.core.files.base import ContentFile
from django.test import Client, override_settings
from pypdf import PageObject, PdfReader, PdfWriter
from pypdf.errors import DependencyError

from cms_blocks import checks, file_text, files
from cms_blocks.models import ConfidentialCollection, FileText, Note
from tests.cms_blocks import factories

LETTERS = "Ældre får støtte på Søndergade. Größere Mühe für Fußgänger."


def docx(xml: str) -> bytes:
    written = BytesIO()
    name = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
    with ZipFile(written, "w", ZIP_DEFLATED) as archive:
        archive.writestr("word/document.xml", f'<w:document xmlns:w="{name}">{xml}</w:document>')
    return written.getvalue()


def encrypted(password: str, algorithm: str = "RC4-128") -> bytes:
    writer = PdfWriter(PdfReader(BytesIO(pdf("Titel", [LETTERS]))))
    writer.encrypt(password, "ejer", algorithm=algorithm)
    written = BytesIO()
    writer.write(written)
    return written.getvalue()


def bomb() -> bytes:
    """Half a gigabyte of blanks in half a megabyte."""
    packer = zlib.compressobj(9)
    packed = b"".join(packer.compress(b" " * 10_000_000) for _ in range(50)) + packer.flush()
    plain = pdf("", [])
    head, _stream, tail = plain.partition(b"<< /Length ")
    head += b"<< /Filter /FlateDecode /Length %d >>\nstream\n" % len(packed)
    return head + packed + b"\nendstream" + tail.partition(b"endstream")[2]


@pytest.mark.parametrize(
    ("kind", "content", "expected"),
    [
        ("pdf", pdf("Pjece", [LETTERS, "Selvhjælps-", "grupper, børne-", "og ungelæger"]), None),
        ("txt", LETTERS.encode(), LETTERS),
        ("txt", LETTERS.encode("cp1252"), LETTERS),
        ("txt", b"a\x00b\r\n\r\n  c  d ", "a b\nc d"),
        ("docx", docx("<w:p><w:r><w:t>Søn</w:t></w:r><w:r><w:t>dag</w:t></w:r></w:p><w:p/>"), "Søndag"),
    ],
)
def test_text_is_read_as_lines(kind: str, content: bytes, expected: str | None) -> None:
    note, text = file_text.READERS[kind](content, 10, 1000)
    assert note == file_text.READ
    assert text == (expected or f"Pjece\n{LETTERS}\nSelvhjælpsgrupper, børne-\nog ungelæger")


def test_only_so_many_sheets_and_letters_are_read() -> None:
    long = pdf("Titel", ["Linje"] * 100)
    assert file_text.pdf(long, 1, 100_000)[0] == file_text.CUT
    assert file_text.pdf(long, 9, 100_000)[0] == file_text.READ
    assert file_text.plain(b"en to tre", 1, 7) == (file_text.CUT, "en to")


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("name", "content", "expected"),
    [
        ("a.pdf", pdf("Pjece", [LETTERS]), ("", f"Pjece\n{LETTERS}")),
        ("a.pdf", encrypted(""), ("", f"Titel\n{LETTERS}")),
        ("a.pdf", encrypted("hemmelig"), (Note.LOCKED, "")),
        ("a.pdf", pdf("", [""]), (Note.NO_TEXT, "")),
        ("a.pdf", b"%PDF-1.7 nothing", (Note.BROKEN, "")),
        ("a.pdf", bomb(), (Note.BROKEN, "")),
        ("a.docx", b"no zip", (Note.BROKEN, "")),
        ("a.docx", docx('<!DOCTYPE a [<!ENTITY b "bb">]>'), (Note.BROKEN, "")),
        ("a.xlsx", b"a table", ("", "")),
        ("a.txt", b"x" * 1_000_001, (Note.TOO_BIG, "")),
    ],
    ids=["text", "open", "locked", "scan", "broken", "bomb", "no-docx", "entity", "table", "big"],
)
def test_whatever_is_in_a_file_a_note_says_it(name: str, content: bytes, expected: tuple[str, str]) -> None:
    document = factories.document(name=name, content=content)
    with override_settings(TORV_BLOCKS={"FILE_MEGABYTES": 1}):
        assert files.read(document.pk)
    row = FileText.objects.get()
    assert (row.note, row.text) == expected


@pytest.mark.django_db
@pytest.mark.parametrize("algorithm", ["AES-128", "AES-256"])
def test_a_file_that_is_encrypted_by_aes_is_read_where_it_needs_no_password(algorithm: str) -> None:
    pytest.importorskip("cryptography")
    for password, expected in (("", ("", f"Titel\n{LETTERS}")), ("hemmelig", (Note.LOCKED, ""))):
        document = factories.document(name="a.pdf", content=encrypted(password, algorithm))
        files.read(document.pk)
        row = FileText.objects.get(document=document)
        assert (row.note, row.text) == expected


@pytest.mark.parametrize("fails", ["__init__", "decrypt"])
def test_a_cipher_that_nothing_here_reads_is_no_damage(fails: str, monkeypatch: pytest.MonkeyPatch) -> None:
    content = encrypted("")

    def missing(*arguments: object, **named: object) -> None:
        raise DependencyError

    monkeypatch.setattr(PdfReader, fails, missing)
    assert file_text.pdf(content, 9, 1000) == (Note.LOCKED, "")


def test_a_cipher_that_is_met_on_a_sheet_is_no_damage(monkeypatch: pytest.MonkeyPatch) -> None:
    content = encrypted("")

    def missing(page: object) -> str:
        raise DependencyError

    monkeypatch.setattr(PageObject, "extract_text", missing)
    assert file_text.pdf(content, 9, 1000) == (Note.LOCKED, "")


@pytest.mark.django_db
def test_what_stands_on_a_late_sheet_is_read() -> None:
    lines = [f"En linje om noget andet, som er nummer {number} af mange" for number in range(1_500)]
    document = factories.document(name="a.pdf", content=pdf("Titel", [*lines, "Brevdue"]))
    files.read(document.pk)
    row = FileText.objects.get()
    assert (row.note, row.text[-7:]) == ("", "Brevdue")
    assert len(row.text) > 75_000


@pytest.mark.django_db
def test_a_file_that_takes_too_long_is_given_up(monkeypatch: pytest.MonkeyPatch, tmp_path) -> None:
    endless = tmp_path / "endless.py"
    endless.write_text("while True: pass")
    monkeypatch.setattr(file_text, "__file__", str(endless))
    with override_settings(TORV_BLOCKS={"FILE_SECONDS": 1}):
        files.read(factories.document(name="a.txt", content=b"text").pk)
    assert FileText.objects.get().note == Note.TOO_SLOW


@pytest.mark.django_db
def test_a_file_is_read_again_only_when_it_is_another(monkeypatch: pytest.MonkeyPatch) -> None:
    document = factories.document(name="a.txt", content=b"one")
    assert [files.read(document.pk), files.read(document.pk)] == [True, False]
    document.refresh_from_db()
    document.title = "Another title"
    document.save()
    assert not files.read(document.pk)
    document.file = ContentFile(b"two", name="b.txt")
    document._set_document_file_metadata()
    document.save()
    assert files.texts([document]) == {}
    assert files.read(document.pk)
    assert FileText.objects.get().text == "two"


@pytest.mark.django_db
def test_a_file_that_is_missing_or_confidential() -> None:
    missing, secret = factories.document(name="a.txt"), factories.document(name="b.txt")
    missing.file.storage.delete(missing.file.name)
    ConfidentialCollection.take_in(secret)
    assert [files.read(missing.pk), files.read(missing.pk), files.read(secret.pk)] == [True, False, False]
    assert FileText.objects.get().note == Note.MISSING


@pytest.mark.django_db
def test_a_file_that_was_uploaded_and_is_missing_is_looked_for_once() -> None:
    document = factories.document(name="a.txt")
    document._set_document_file_metadata()
    document.save()
    document.file.close()
    document.file.storage.delete(document.file.name)
    assert [files.read(document.pk), files.read(document.pk)] == [True, False]


@pytest.mark.django_db
def test_the_report_names_files_without_text_to_those_who_may_change_them(admin_client) -> None:
    for name, content in (("a.txt", b"text"), ("b.pdf", b"%PDF damaged")):
        files.read(factories.document(title=name, name=name, content=content).pk)
    html = admin_client.get("/admin/reports/files/").content.decode()
    assert "b.pdf" in html
    assert "Damaged: its text cannot be read." in html
    assert "a.txt" not in html
    export = admin_client.get("/admin/reports/files/", {"export": "csv"})
    assert b"b.pdf" in b"".join(export.streaming_content)


@pytest.mark.django_db
def test_the_report_hides_confidential_files_from_editors(client: Client, django_user_model: Any) -> None:
    secret = factories.document(title="Samtykke", name="c.pdf", content=b"%PDF damaged")
    files.read(secret.pk)
    editor = django_user_model.objects.create_user("editor", password="torvet")
    editor.groups.add(Group.objects.get(name="Editors"))
    client.force_login(editor)
    assert "Samtykke" in client.get("/admin/reports/files/").content.decode()
    ConfidentialCollection.take_in(secret)
    assert "Samtykke" not in client.get("/admin/reports/files/").content.decode()


@pytest.mark.parametrize("key", ["FILE_MEGABYTES", "FILE_PAGES", "FILE_CHARACTERS", "FILE_SECONDS"])
def test_a_limit_that_lets_nothing_through_is_named(key: str) -> None:
    assert checks.check_file_limits(None) == []
    with override_settings(TORV_BLOCKS={key: 0}):
        [error] = checks.check_file_limits(None)
    assert error.id == "torv_blocks.E009"
    assert key in error.msg
