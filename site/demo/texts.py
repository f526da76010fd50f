"""Reads the demo's texts: TOML files below data/, in UTF-8."""

import hashlib
import json
import tomllib
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any

DATA = Path(__file__).resolve().parent / "data"
LOCALES = ("da", "de", "en")


@dataclass(frozen=True)
class Text:
    """One thing the demo writes, as its file gives it. `locale` is empty where it has none."""

    key: str
    values: dict[str, Any]
    locale: str = ""

    @cached_property
    def digest(self) -> str:
        """Changes when, and only when, the file's content for this thing does."""
        plain = json.dumps(self.values, sort_keys=True, default=str)
        return hashlib.sha256(plain.encode()).hexdigest()


@dataclass(frozen=True)
class PageText(Text):
    """A page in one language; `source` is its key's first language, which places it in the tree."""

    source: "PageText | None" = field(default=None)

    @property
    def kind(self) -> str:
        return str((self.source or self).values["type"])

    @property
    def parent(self) -> str:
        """Key of the page above; empty for a home page."""
        return str((self.source or self).values.get("parent", ""))

    @property
    def in_menus(self) -> bool:
        return bool((self.source or self).values.get("menu", True))

    @property
    def order(self) -> tuple[int, int]:
        """Parents come before children, and within a language as their files number them."""
        return LOCALES.index(self.locale), int((self.source or self).values["order"])


def read(name: str) -> dict[str, Any]:
    return tomllib.loads((DATA / name).read_text(encoding="utf-8"))


def rows(name: str, table: str, key: str = "key") -> list[Text]:
    """The entries of a file that holds an array of tables, in the file's order."""
    return [Text(str(row[key]), row) for row in read(name)[table]]


def pages() -> list[PageText]:
    sources: dict[str, PageText] = {}
    found = []
    for locale in LOCALES:
        for file in sorted((DATA / "pages" / locale).glob("*.toml")):
            values = read(f"pages/{locale}/{file.name}")
            page = PageText(file.stem, values, locale, sources.get(file.stem))
            sources.setdefault(file.stem, page)
            found.append(page)
    return sorted(found, key=lambda page: page.order)


def entries() -> list[Text]:
    files = sorted((DATA / "entries").glob("*.toml"))
    return [Text(file.stem, read(f"entries/{file.name}")) for file in files]
