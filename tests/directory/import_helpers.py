"""Files for imports, and the command run on them."""

import io
from dataclasses import dataclass
from pathlib import Path

from django.core.management import CommandError, call_command
from django.utils import translation

ROOT = Path(__file__).resolve().parents[2]

HEADER = "external_id;name;kind;city;phone;locale"


@dataclass(frozen=True)
class Ran:
    """What the command printed and the status it ended with."""

    lines: tuple[str, ...]
    status: int

    @property
    def summary(self) -> str:
        return self.lines[-1]

    @property
    def messages(self) -> list[str]:
        return [line for line in self.lines if line.startswith(("line ", "REFUSED "))]


def run(path: Path, *options: object) -> Ran:
    """`import_directory path *options` in English; `CommandError` where the file as a whole is refused."""
    out = io.StringIO()
    status = 0
    with translation.override("en"):
        try:
            call_command("import_directory", str(path), *map(str, options), stdout=out)
        except SystemExit as stopped:
            status = int(stopped.code or 0)
    return Ran(tuple(out.getvalue().splitlines()), status)


def refusal(path: Path, *options: object) -> str:
    """What the command says of a file or a map that it refuses as a whole."""
    try:
        ran = run(path, *options)
    except CommandError as error:
        return str(error)
    raise AssertionError(f"not refused: {ran}")


def csv_file(folder: Path, *rows: str, header: str = HEADER, name: str = "entries.csv") -> Path:
    """A CSV file with this header and these lines, in UTF-8."""
    return bytes_file(folder, "\n".join([header, *rows, ""]).encode(), name)


def bytes_file(folder: Path, content: bytes, name: str = "entries.csv") -> Path:
    path = folder / name
    path.write_bytes(content)
    return path
