"""What the documentation lists is what the code has, no more and no less, and its links lead somewhere."""

import ast
import re
import tomllib
from argparse import ArgumentParser
from collections.abc import Iterator
from dataclasses import fields
from importlib import import_module
from pathlib import Path
from types import ModuleType
from typing import Any
from urllib.parse import unquote

import pytest
from django.conf import settings as django_settings
from django.contrib.auth.models import Permission
from django.core.management import get_commands, load_command_class
from django.core.management.base import BaseCommand
from django.test import Client, override_settings

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
    from directory.blocks import DirectoryBody

    own, added = (
        {row[0].strip("`"): row[1].strip("`") for row in rows(text)}
        for text in (DOCS / "reference" / "blocks.md").read_text(encoding="utf-8").split("`directory.blocks.")
    )
    assert own == names_of_blocks(BodyBlock())
    assert own | added == names_of_blocks(DirectoryBody())
    assert not own.keys() & added.keys()


def names_of_blocks(stream: Any) -> dict[str, str]:
    return {name: type(block).__name__ for name, block in stream.child_blocks.items()}


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_commands_that_a_page_tells_to_run_exist(page: Path) -> None:
    named = re.findall(r"manage\.py ([a-z_]+)", page.read_text(encoding="utf-8"))
    assert set(named) - set(get_commands()) == set()


@pytest.mark.parametrize("name", ["torv_blocks/base.html", "torv_pages/article_page.html"])
def test_every_block_of_a_template_that_others_extend_is_listed(name: str) -> None:
    source = (ROOT / "cms_blocks" / "templates" / name).read_text(encoding="utf-8")
    text = (DOCS / "reference" / "templates.md").read_text(encoding="utf-8")
    assert [block for block in re.findall(r"{% block (\w+) %}", source) if f"`{block}`" not in text] == []


def listed_templates() -> list[str]:
    """Names and, with a slash at their end, folders in the first cells of the tables of templates."""
    text = (DOCS / "reference" / "templates.md").read_text(encoding="utf-8")
    return [name for row in rows(text) for name in re.findall(r"`([\w/]+(?:\.html|/))`", row[0])]


def public_templates() -> set[str]:
    """What a host may replace: all but the admin's."""
    folders = [ROOT / app / "templates" for app in APPS]
    found = {str(path.relative_to(folder)) for folder in folders for path in folder.rglob("*.html")}
    return {name for name in found if "/admin/" not in name}


def test_every_public_template_is_listed_once_by_itself_or_by_its_folder() -> None:
    listed = listed_templates()
    assert len(listed) == len(set(listed))
    folders = tuple(name for name in listed if name.endswith("/"))
    public = public_templates()
    assert {name for name in public if not name.startswith(folders)} == set(listed) - set(folders)
    assert [folder for folder in folders if not any(name.startswith(folder) for name in public)] == []


@pytest.mark.parametrize("library", ["torv_content", "torv_frame"])
def test_every_template_tag_and_filter_is_listed_and_nothing_else(library: str) -> None:
    [found] = [app for app in APPS if (ROOT / app / "templatetags" / f"{library}.py").is_file()]
    register = import_module(f"{found}.templatetags.{library}").register
    text = section("templates.md", "Tags and filters").split(f"`{{% load {library} %}}`")[1]
    text = text.split("{% load")[0]
    assert {row[0].strip("`") for row in rows(text)} == {*register.tags, *register.filters}


def test_every_library_of_template_tags_is_listed() -> None:
    files = [path.stem for app in APPS for path in (ROOT / app).glob("templatetags/*.py")]
    text = section("templates.md", "Tags and filters")
    assert sorted(name for name in files if name != "__init__") == re.findall(r"{% load (\w+) %}", text)


def test_a_site_closed_as_shown_answers_every_address_without_the_database(client: Client) -> None:
    text = section("templates.md", "While the site is worked on")
    [code] = re.findall(r"```python\n(.*?)```", text, flags=re.DOTALL)
    closed = ModuleType("closed")
    exec(code, closed.__dict__)
    [left_out] = re.findall(r"`(cms_blocks.middleware.\w+)`", text)
    middleware = [name for name in django_settings.MIDDLEWARE if name != left_out]
    with override_settings(ROOT_URLCONF=closed, MIDDLEWARE=middleware):
        answers = [client.get(address) for address in ("/", "/da/soeg/", "/admin/")]
    assert [answer.status_code for answer in answers] == [503, 503, 503]
    assert answers[0]["Retry-After"]


def test_every_colour_and_measure_of_a_theme_is_listed_with_its_value_and_nothing_else() -> None:
    scss = (ROOT / "frontend" / "scss" / "_tokens.scss").read_text(encoding="utf-8")
    text = (DOCS / "how-to" / "theme.md").read_text(encoding="utf-8")
    listed = {row[0].strip("`"): row[1].strip("`") for row in rows(text)}
    assert listed == dict(re.findall(r"(--torv-[\w-]+): (.+);", scss))


def test_the_groups_of_the_guide_are_those_of_the_demo() -> None:
    head, *lines = [
        [cell.strip() for cell in line.strip("|").split("|")]
        for line in group_guide().splitlines()
        if line.startswith("| ")
    ]
    listed = {
        (group, row[0].strip("`"), verb)
        for row in lines
        for group, cell in zip(head[2:], row[2:], strict=True)
        for verb in cell.split(", ")
        if cell != "-"
    }
    assert listed == {
        (group["name"], f"{app}.{what}", verb)
        for group in tomllib.loads((ROOT / "site/demo/data/groups.toml").read_text(encoding="utf-8"))["group"]
        for permission in permissions_of(group)
        for app, verb, what in re.findall(r"(\w+)\.([a-z]+)_(\w+)", permission)
    }


def permissions_of(group: dict[str, Any]) -> list[str]:
    pages = [f"wagtailcore.{codename}" for codename in group.get("pages", [])]
    return [*pages, *group.get("files", []), *group["permissions"]]


@pytest.mark.django_db
def test_permissions_named_in_the_guide_to_groups_exist_and_its_code_makes_a_group() -> None:
    prose = re.sub(r"^\|.*$", "", group_guide(), flags=re.MULTILINE)
    named = re.findall(r"[`\"](\w+\.[a-z]+_\w+)[`\"]", prose)
    there = {f"{app}.{codename}" for app, codename in known_permissions()}
    assert set(named) - {"app.verb_what"} <= there
    [code] = re.findall(r"```python\n(.*?)```", group_guide(), flags=re.DOTALL)
    made: dict[str, Any] = {}
    exec(code, made)
    given = made["group"].permissions.values_list("content_type__app_label", "codename")
    assert {f"{app}.{codename}" for app, codename in given} == set(made["MAY"])


def known_permissions() -> Any:
    return Permission.objects.values_list("content_type__app_label", "codename")


def group_guide() -> str:
    return (DOCS / "how-to" / "groups-and-permissions.md").read_text(encoding="utf-8")


def import_paths() -> list[tuple[str, list[str]]]:
    text = (DOCS / "reference" / "import-paths.md").read_text(encoding="utf-8")
    return [(row[0].strip("`"), re.findall(r"`(\w+)`", row[1])) for row in rows(text)]


@pytest.mark.parametrize(("module", "names"), import_paths(), ids=[path for path, _names in import_paths()])
def test_every_import_path_leads_to_its_names(module: str, names: list[str]) -> None:
    found = import_module(module)
    assert [name for name in names if not hasattr(found, name)] == []


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_what_a_page_imports_or_names_is_among_the_import_paths(page: Path) -> None:
    if page.parent.name == "adr":
        return
    text = page.read_text(encoding="utf-8")
    listed = {(module, name) for module, names in import_paths() for name in names}
    imported = {
        (module, name)
        for module, names in re.findall(
            r"^from ((?:cms_blocks|directory|search)\b[\w.]*) import (.+)$", text, re.M
        )
        for name in names.split(", ")
    }
    dotted = re.findall(r"`((?:cms_blocks|directory|search)\.[\w.]+)\.(\w+)\b", text)
    named = {(module, name) for module, name in dotted if not is_module(f"{module}.{name}")}
    assert (imported | named) - listed == set()


def is_module(name: str) -> bool:
    path = ROOT / name.replace(".", "/")
    return path.is_dir() or path.with_suffix(".py").is_file()


@pytest.mark.parametrize("module", ["cms_blocks.page_mixins", "cms_blocks.blocks", "directory.page_mixins"])
def test_all_that_a_module_offers_hosts_is_listed(module: str) -> None:
    assert dict(import_paths())[module] == sorted(import_module(module).__all__, key=str.casefold)


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
