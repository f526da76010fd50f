"""The small PDF files that the demo brings."""

from io import BytesIO

from demo.files import pdf
from pypdf import PdfReader


def test_a_file_reads_as_it_was_written() -> None:
    lines = ["Æblegrød, ærgrelse og østers på (fredag) \\ – 4 €.", "", "Größe, Äpfel, Öl und Übung: ß."]
    reader = PdfReader(BytesIO(pdf("Årets løft – für Größere", lines)), strict=True)
    assert reader.metadata
    assert reader.metadata.title == "Årets løft – für Größere"
    text = reader.pages[0].extract_text()
    shown = ["Årets løft – für Größere", lines[0], lines[2]]
    assert [line for line in text.splitlines() if line.strip()] == shown


def test_long_texts_are_wrapped_and_go_on_on_further_sheets() -> None:
    written = pdf("Titel", ["ord " * 100] * 30)
    reader = PdfReader(BytesIO(written), strict=True)
    assert len(reader.pages) == 5
    assert sum(page.extract_text().count("ord") for page in reader.pages) == 3000
    assert written == pdf("Titel", ["ord " * 100] * 30)
