"""The wheel holds the three packages, complete, and nothing else."""

import tomllib
import zipfile
from email import message_from_string
from pathlib import Path

import django
import pytest
import trove_classifiers
import wagtail

pytestmark = pytest.mark.install

ROOT = Path(__file__).resolve().parents[2]
PACKAGES = ("cms_blocks", "directory", "search")
LEFT_OUT = {".po", ".pyc"}


@pytest.fixture(scope="module")
def names(wheel: Path) -> set[str]:
    with zipfile.ZipFile(wheel) as archive:
        return set(archive.namelist())


def in_packages(names: set[str]) -> set[str]:
    return {name for name in names if not name.split("/")[0].endswith(".dist-info")}


def test_it_holds_every_file_of_the_three_packages_and_nothing_else(names: set[str]) -> None:
    files = [file for package in PACKAGES for file in (ROOT / package).rglob("*") if file.is_file()]
    wanted = {str(file.relative_to(ROOT)) for file in files if file.suffix not in LEFT_OUT}
    assert in_packages(names) == wanted


@pytest.mark.parametrize("package", PACKAGES)
def test_each_package_is_typed(names: set[str], package: str) -> None:
    assert f"{package}/py.typed" in names


def test_built_assets_are_in_it(names: set[str]) -> None:
    assert {name for name in names if name.startswith("cms_blocks/static/torv_blocks/")}
    assert {Path(name).suffix for name in names} >= {".css", ".html", ".js", ".svg", ".woff2"}


def test_migrations_and_templates_are_in_it(names: set[str]) -> None:
    for folder in ("cms_blocks", "cms_blocks/pages", "directory", "directory/pages", "search"):
        assert f"{folder}/migrations/0001_initial.py" in names
    assert "cms_blocks/templates/torv_blocks/base.html" in names


def test_every_translation_is_compiled(names: set[str]) -> None:
    sources = [file for package in PACKAGES for file in (ROOT / package).rglob("*.po")]
    assert sources
    compiled = {str(file.relative_to(ROOT).with_suffix(".mo")) for file in sources}
    assert compiled <= names
    assert not [name for name in names if name.endswith(".po")]


def test_it_says_what_it_is_and_carries_its_licence(wheel: Path, names: set[str]) -> None:
    [metadata] = [name for name in names if name.endswith(".dist-info/METADATA")]
    with zipfile.ZipFile(wheel) as archive:
        said = message_from_string(archive.read(metadata).decode())
    assert said["Name"] == "wagtail-torv"
    assert set(said.get_all("Provides-Extra", [])) == {"elasticsearch", "pdf", "postgres", "skos"}
    assert said["Author"] == "Torv contributors"
    assert said["License-Expression"] == "BSD-3-Clause"
    own = metadata.replace("METADATA", "licenses/")
    carried = {name.removeprefix(own) for name in names if name.startswith(own)}
    assets = "cms_blocks/static/torv_blocks"
    assert carried == {
        "LICENSE",
        f"{assets}/LICENSE-dkfds.md",
        f"{assets}/LICENSE-leaflet.txt",
        f"{assets}/fonts/OFL.txt",
    }
    assert set(said.get_all("License-File", [])) == carried


def test_its_classifiers_are_those_of_the_tests_and_known_to_registries() -> None:
    stated = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]["classifiers"]
    assert set(stated) <= trove_classifiers.classifiers
    assert "Programming Language :: Python :: 3.11" in stated
    assert f"Framework :: Django :: {'.'.join(django.__version__.split('.')[:2])}" in stated
    assert f"Framework :: Wagtail :: {wagtail.__version__.split('.')[0]}" in stated
