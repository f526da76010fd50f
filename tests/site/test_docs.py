"""What the documentation lists is what the code has, no more and no less, and its links lead somewhere."""

import ast
import re
from argparse import ArgumentParser
from collections.abc import Iterator
from dataclasses import fields
from pathlib import Path
from types import ModuleType
from typing import Any
from urllib.parse import unquote

import pytest
from django.core.management import get_commands, load_command_class
from django.core.management.base import BaseCommand

import cms_blocks.conf
import directory.conf
import search.conf

ROOT = Path(__file__).resolve().parents[2]
DOCS = ROOT / "docs"
APPS = ("cms_blocks", "directory", "search")
CONFS: dict[str, tuple[ModuleType, type[Any]]] = {
    "TORV_BLOCKS": (cms_blocks.conf, cms_blocks.conf.BlocksSettings),
    "TORV_DIRECTORY": (directory.conf, directory.conf.DirectorySettings),
    "TORV_SEARCH": (search.conf, search.conf.SearchSettings),
}
NESTED = {"ELASTICSEARCH": search.conf.ElasticsearchSettings}
PAGES = sorted([*ROOT.glob("*.md"), *DOCS.rglob("*.md"), *(ROOT / "deploy").glob("*.md")])
LINK = re.compile(r"\]\(([^)\s]+)\)")
FENCE = re.compile(r"^ *```.*?^ *```", re.DOTALL | re.MULTILINE)
CHECK_ID = re.compile(r"torv_[a-z]+\.[EWI]\d{3}")


def section(page: str, heading: str) -> str:
    """The text below a second-level heading, up to the next."""
    text = (DOCS / "reference" / page).read_text(encoding="utf-8")
    parts = re.split(r"^## (.+)$", text, flags=re.MULTILINE)
    return dict(zip(parts[1::2], parts[2::2], strict=True))[heading]


def rows(text: str) -> list[list[str]]:
    """The cells of a Markdown table's rows without its head, backticks kept."""
    lines = [line.strip().strip("|").split(" | ") for line in text.splitlines() if line.startswith("| `")]
    return [[cell.strip() for cell in line] for line in lines]


@pytest.mark.parametrize("name", CONFS)
def test_every_setting_is_listed_with_its_default_and_nothing_else(name: str) -> None:
    module, settings = CONFS[name]
    assert name == module.NAME
    assert documented_defaults(name) == defaults(settings)


@pytest.mark.parametrize("name", NESTED)
def test_every_key_within_a_setting_is_listed_with_its_default_and_nothing_else(name: str) -> None:
    assert documented_defaults(name) == defaults(NESTED[name])


def documented_defaults(name: str) -> dict[str, Any]:
    return {
        row[0].strip("`"): ast.literal_eval(row[1].strip("`")) for row in rows(section("settings.md", name))
    }


def defaults(settings: type[Any]) -> dict[str, Any]:
    return {field.name.upper(): getattr(settings(), field.name) for field in fields(settings)}


def own_commands() -> dict[str, BaseCommand]:
    return {name: load_command_class(app, name) for name, app in get_commands().items() if app in APPS}


def own_options(command: BaseCommand) -> set[str]:
    """Options that the command adds to those of every Django command."""
    parser = ArgumentParser()
    command.add_arguments(parser)
    return {
        action.option_strings[-1] if action.option_strings else action.dest
        for action in parser._actions
        if action.dest != "help"
    }


def test_every_command_is_listed_and_nothing_else() -> None:
    text = (DOCS / "reference" / "commands.md").read_text(encoding="utf-8")
    assert set(re.findall(r"^## (.+)$", text, flags=re.MULTILINE)) == set(own_commands())


@pytest.mark.parametrize("name", own_commands())
def test_every_option_of_a_command_is_listed_and_nothing_else(name: str) -> None:
    documented = {row[0].strip("`") for row in rows(section("commands.md", name))}
    assert documented == own_options(own_commands()[name])


def test_every_system_check_is_listed_and_nothing_else() -> None:
    code = [path.read_text(encoding="utf-8") for app in APPS for path in (ROOT / app).rglob("*.py")]
    used = {found for text in code for found in CHECK_ID.findall(text)}
    text = (DOCS / "reference" / "checks.md").read_text(encoding="utf-8")
    listed = [row[0].strip("`") for row in rows(text)]
    assert sorted(listed) == sorted(used)


def test_every_block_is_listed_and_nothing_else() -> None:
    from cms_blocks.blocks import BodyBlock

    text = (DOCS / "reference" / "blocks.md").read_text(encoding="utf-8")
    listed = {row[0].strip("`"): row[1].strip("`") for row in rows(text)}
    assert listed == {name: type(block).__name__ for name, block in BodyBlock().child_blocks.items()}


def test_every_template_that_is_listed_exists() -> None:
    text = (DOCS / "reference" / "templates.md").read_text(encoding="utf-8")
    named = [name for row in rows(text) for name in re.findall(r"`([\w/]+\.html)`", row[0])]
    assert named
    assert [
        name for name in named if not any((ROOT / app / "templates" / name).is_file() for app in APPS)
    ] == []


def links(page: Path) -> Iterator[str]:
    """Targets inside this repository, without their anchors."""
    text = FENCE.sub("", page.read_text(encoding="utf-8"))
    for target in LINK.findall(text):
        if not re.match(r"[a-z]+:", target) and (path := unquote(target.split("#")[0])):
            yield path


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_links_lead_somewhere(page: Path) -> None:
    assert [target for target in links(page) if not (page.parent / target).exists()] == []


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_anchors_of_a_page_exist(page: Path) -> None:
    text = FENCE.sub("", page.read_text(encoding="utf-8"))
    for target, anchor in re.findall(r"\]\(([^)\s#]*)#([^)\s]+)\)", text):
        if re.match(r"[a-z]+:", target):
            continue
        headings = (page.parent / target if target else page).read_text(encoding="utf-8")
        found = {heading_anchor(line) for line in re.findall(r"^#+ (.+)$", headings, flags=re.MULTILINE)}
        assert anchor in found, f"{target}#{anchor}"


def heading_anchor(heading: str) -> str:
    return re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-")


def test_every_page_of_the_documentation_is_linked_from_its_index() -> None:
    listed = {(DOCS / target).resolve() for target in links(DOCS / "index.md")}
    assert [str(page.relative_to(DOCS)) for page in DOCS.rglob("*.md") if page.resolve() not in listed] == [
        "index.md"
    ]


DECISIONS = sorted((DOCS / "adr").glob("*.md"))


@pytest.mark.parametrize("page", DECISIONS, ids=lambda page: page.stem)
def test_a_decision_has_its_four_parts_on_one_page(page: Path) -> None:
    text = page.read_text(encoding="utf-8")
    assert re.findall(r"^## (.+)$", text, flags=re.MULTILINE) == [
        "Context",
        "Decision",
        "Status",
        "Consequences",
    ]
    assert text.startswith(f"# {int(page.stem[:4])}. ")
    assert len(text.split()) < 600


def test_decisions_are_numbered_without_gaps() -> None:
    assert [int(page.stem[:4]) for page in DECISIONS] == list(range(1, len(DECISIONS) + 1))
