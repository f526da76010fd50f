import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from django.apps import AppConfig, apps
from django.test import override_settings

import directory
from directory.checks import check_search_is_ours, check_settings
from directory.conf import current


def ids(messages: list[Any]) -> list[str]:
    return [message.id for message in messages]


class Scaffold(AppConfig):
    """What `wagtail start` puts into a new site, as Django sees it."""

    name = label = "search"
    path = str(Path(__file__).parent / "search")

    def __init__(self) -> None:
        self.apps = apps


def test_the_reference_site_has_nothing_to_say() -> None:
    assert check_search_is_ours(None) == []
    assert check_settings(None) == []


def test_a_scaffold_named_search_is_named_with_its_folder(monkeypatch: pytest.MonkeyPatch) -> None:
    others = [app for app in apps.get_app_configs() if app.name != "search"]
    monkeypatch.setattr(apps, "get_app_configs", lambda: [*others, Scaffold()])
    messages = check_search_is_ours(None)
    assert ids(messages) == ["torv_directory.E001"]
    assert Scaffold.path in messages[0].msg
    assert messages[0].hint


def test_the_directory_loads_beside_a_scaffold_so_that_the_check_can_speak(tmp_path: Path) -> None:
    (tmp_path / "search").mkdir()
    (tmp_path / "search" / "__init__.py").touch()
    program = (
        "import django; django.setup();"
        "from directory.checks import check_search_is_ours as check;"
        "print([message.id for message in check(None)])"
    )
    root = Path(directory.__file__).parents[1]
    paths = os.pathsep.join(map(str, (tmp_path, root, root / "site")))
    environment = {**os.environ, "PYTHONPATH": paths, "DJANGO_SETTINGS_MODULE": "reference.settings.test"}
    ran = subprocess.run(
        [sys.executable, "-c", program],
        capture_output=True,
        text=True,
        env=environment,
        cwd=tmp_path,
        check=False,
        timeout=120,
    )
    assert (ran.returncode, ran.stdout.strip()) == (0, "['torv_directory.E001']"), ran.stderr


def test_a_missing_search_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    others = [app for app in apps.get_app_configs() if app.name != "search"]
    monkeypatch.setattr(apps, "get_app_configs", lambda: others)
    monkeypatch.setattr(apps, "is_installed", lambda name: name != "search")
    assert ids(check_search_is_ours(None)) == ["torv_directory.E002"]


def test_an_unknown_key_is_named_with_the_nearest_known_one() -> None:
    with override_settings(TORV_DIRECTORY={"PER_PAGES": 5}):
        (message,) = check_settings(None)
    assert (message.id, message.hint) == ("torv_directory.E009", "Did you mean 'PER_PAGE'?")


def test_a_key_in_small_letters_is_not_read_and_hides_no_other_fault() -> None:
    with override_settings(TORV_DIRECTORY={"per_page": 5, "DEFAULT_COUNTRY": "dk"}):
        unknown, country = check_settings(None)
        assert current().per_page == 20
    assert (unknown.id, unknown.hint) == ("torv_directory.E009", "Did you mean 'PER_PAGE'?")
    assert country.id == "torv_directory.E004"


def test_an_unknown_key_like_none_other_gets_the_list() -> None:
    with override_settings(TORV_DIRECTORY={"COLOUR": "red"}):
        (message,) = check_settings(None)
    assert "PER_PAGE" in message.hint
    assert "DEFAULT_COUNTRY" in message.hint


@pytest.mark.parametrize("value", [0, -1, "20", None, True, 2.5])
def test_an_impossible_number_per_page_is_said(value: object) -> None:
    with override_settings(TORV_DIRECTORY={"PER_PAGE": value}):
        assert ids(check_settings(None)) == ["torv_directory.E003"]


@pytest.mark.parametrize("value", ["dk", "Danmark", "", "D1", None, 45])
def test_an_impossible_country_is_said(value: object) -> None:
    with override_settings(TORV_DIRECTORY={"DEFAULT_COUNTRY": value}):
        assert ids(check_settings(None)) == ["torv_directory.E004"]


@pytest.mark.parametrize(
    ("key", "value", "expected"),
    [
        ("CHECK_AFTER_DAYS", 0, "E006"),
        ("CHECK_AFTER_DAYS", "365", "E006"),
        ("ERROR_REPORTS_KEPT_DAYS", -1, "E006"),
        ("ERROR_REPORT_EMAIL", "vejviser", "E007"),
        ("ERROR_REPORT_EMAIL", None, "E007"),
        ("WEEKLY_REMINDER", "no", "E008"),
    ],
)
def test_what_is_wrong_with_the_care_of_entries_is_said(key: str, value: object, expected: str) -> None:
    with override_settings(TORV_DIRECTORY={key: value}):
        (message,) = check_settings(None)
    assert message.id == f"torv_directory.{expected}"
    assert key in message.msg
