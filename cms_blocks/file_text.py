"""Reads the text of one file, in a process of its own, which a file made to exhaust its reader ends alone.

`python -P file_text.py KIND PAGES CHARACTERS SECONDS < FILE` prints a note and the text as JSON. It knows
nothing of Django.
"""

import json
import logging
import re
import sys
from collections.abc import Callable, Iterable
from io import BytesIO
from itertools import islice
from zipfile import ZipFile

READ, CUT, LOCKED, NO_TEXT, BROKEN = "", "cut", "locked", "no-text", "broken"

#: Bytes of memory that reading may take, and of XML that is read of a text document.
_MEMORY = 1_500_000_000
_XML = 30_000_000
_PARAGRAPH = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}p"
_TEXT = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}t"
#: A word parted at the end of a line; the hyphen of "børne- og ungelæge" stays.
_PARTED = re.compile(r"(?<=\w)-[ \t]*\n[ \t]*(?!(?:og|eller|und|oder|bzw)\b)(?=[a-zæøåäöüß])")

Answer = tuple[str, str]


def pdf(content: bytes, pages: int, characters: int) -> Answer:
    from pypdf import PdfReader
    from pypdf.errors import DependencyError

    try:
        reader = PdfReader(BytesIO(content))
        if reader.is_encrypted and not reader.decrypt(""):
            return LOCKED, ""
        text, is_cut = _within((page.extract_text() for page in islice(reader.pages, pages)), characters)
        is_long = len(reader.pages) > pages
    except DependencyError:  # a cipher that needs a library which is not there
        return LOCKED, ""
    if not text:
        return NO_TEXT, ""
    return CUT if is_cut or is_long else READ, text


def docx(content: bytes, pages: int, characters: int) -> Answer:
    from defusedxml.ElementTree import fromstring  # type: ignore[import-untyped]

    with ZipFile(BytesIO(content)) as archive, archive.open("word/document.xml") as part:
        xml = part.read(_XML + 1)
    if len(xml) > _XML:
        return BROKEN, ""
    paragraphs = fromstring(xml).iter(_PARAGRAPH)
    lines = ("".join(piece.text or "" for piece in paragraph.iter(_TEXT)) for paragraph in paragraphs)
    text, is_cut = _within(lines, characters)
    return CUT if is_cut else READ, text


def plain(content: bytes, pages: int, characters: int) -> Answer:
    try:
        written = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        written = content.decode("cp1252", "replace")
    text, is_cut = _within([written], characters)
    return CUT if is_cut else READ, text


#: Endings of file names whose text is read; of all others the title is searched.
READERS: dict[str, Callable[[bytes, int, int], Answer]] = {
    "pdf": pdf,
    "docx": docx,
    "txt": plain,
    "csv": plain,
}


def _within(pieces: Iterable[str], characters: int) -> tuple[str, bool]:
    """The pieces as tidy lines, as far as they have room, and whether any had none."""
    text = ""
    for piece in pieces:
        text = f"{text}\n{_tidy(piece)}".strip()
        if len(text) > characters:
            return text[:characters].rpartition(" ")[0], True
    return text, False


def _tidy(text: str) -> str:
    """Without what no database takes, blanks that lay out, and hyphens at the end of a line."""
    text = text.replace("\x00", " ").encode("utf-8", "ignore").decode()
    lines = (" ".join(line.split()) for line in _PARTED.sub("", text).splitlines())
    return "\n".join(line for line in lines if line)


def _limit(seconds: int) -> None:
    """Where the system can; elsewhere the parent's clock must do."""
    try:
        import resource
    except ImportError:
        return
    resource.setrlimit(resource.RLIMIT_AS, (_MEMORY, _MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (seconds + 1, seconds + 1))


def main(kind: str, pages: str, characters: str, seconds: str) -> None:
    logging.disable()
    _limit(int(seconds))
    try:
        answer = READERS[kind](sys.stdin.buffer.read(), int(pages), int(characters))
    except Exception:  # whatever a damaged file makes a library raise
        answer = BROKEN, ""
    sys.stdout.write(json.dumps(answer))


if __name__ == "__main__":
    main(*sys.argv[1:])
