"""Small PDF files for the demo, written in plain PDF syntax: a title and lines of text on A4 sheets."""

from collections.abc import Iterator

_WIDTH, _HEIGHT, _MARGIN = 595, 842, 64
_LEADING, _LINES = 18, 36
#: A line of text holds about so many letters.
_COLUMNS = 78
#: The two fonts of a sheet; every reader of PDF has them, with the letters of western Europe.
_FONTS = {"F1": "Helvetica-Bold", "F2": "Helvetica"}


def pdf(title: str, lines: list[str]) -> bytes:
    """The same bytes each time. An empty line stays empty; a letter of no western language becomes "?"."""
    wrapped = [piece for line in lines for piece in _wrapped(line)]
    sheets = [wrapped[start : start + _LINES] for start in range(0, len(wrapped), _LINES)] or [[]]
    fonts = " ".join(f"/{name} {4 + place} 0 R" for place, name in enumerate(_FONTS))
    first = 4 + len(_FONTS)
    pages = [first + 2 * place for place in range(len(sheets))]
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        _text(f"<< /Type /Pages /Kids [{' '.join(f'{page} 0 R' for page in pages)}] /Count {len(pages)} >>"),
        _text(f"<< /Title <FEFF{title.encode('utf-16-be').hex()}> >>"),
        *(_font(name) for name in _FONTS.values()),
    ]
    for page, sheet in zip(pages, sheets, strict=True):
        content = b"\n".join(_drawn(title if page == first else "", sheet))
        objects.append(
            _text(
                f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 {_WIDTH} {_HEIGHT}] "
                f"/Resources << /Font << {fonts} >> >> /Contents {page + 1} 0 R >>"
            )
        )
        objects.append(_text(f"<< /Length {len(content)} >>\nstream\n") + content + b"\nendstream")
    return _file(objects)


def _wrapped(line: str) -> Iterator[str]:
    piece = ""
    for word in line.split():
        if piece and len(piece) + 1 + len(word) > _COLUMNS:
            yield piece
            piece = word
        else:
            piece = f"{piece} {word}".strip()
    yield piece


def _drawn(title: str, sheet: list[str]) -> Iterator[bytes]:
    top = _HEIGHT - _MARGIN
    yield b"BT"
    if title:
        yield _text(f"/F1 20 Tf 1 0 0 1 {_MARGIN} {top} Tm ") + _string(title) + b" Tj"
    yield _text(f"/F2 12 Tf {_LEADING} TL 1 0 0 1 {_MARGIN} {top - 2 * _LEADING} Tm")
    for line in sheet:
        yield _string(line) + b" Tj T*"
    yield b"ET"


def _font(name: str) -> bytes:
    return _text(f"<< /Type /Font /Subtype /Type1 /BaseFont /{name} /Encoding /WinAnsiEncoding >>")


def _string(text: str) -> bytes:
    encoded = text.encode("cp1252", "replace")
    for sign in (b"\\", b"(", b")"):
        encoded = encoded.replace(sign, b"\\" + sign)
    return b"(" + encoded + b")"


def _text(syntax: str) -> bytes:
    return syntax.encode("ascii")


def _file(objects: list[bytes]) -> bytes:
    """The objects, numbered from 1, and the table that says at which byte each begins."""
    written = b"%PDF-1.4\n%\xe2\xe3\xcf\xd3\n"
    offsets = []
    for number, content in enumerate(objects, start=1):
        offsets.append(len(written))
        written += _text(f"{number} 0 obj\n") + content + b"\nendobj\n"
    table = "".join(f"{offset:010d} 00000 n \n" for offset in offsets)
    trailer = f"trailer\n<< /Size {len(objects) + 1} /Root 1 0 R /Info 3 0 R >>\n"
    head = f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n"
    return written + _text(f"{head}{table}{trailer}startxref\n{len(written)}\n%%EOF\n")
