"""A wrong setting is a numbered check with a hint; stored content that nobody sees is named."""

import json
import os
import re
import subprocess
import sys
from dataclasses import fields
from pathlib import Path

import pytest
from django.apps import AppConfig, apps
from django.core.checks import Error, run_checks
from django.core.checks import Warning as Caution
from django.test import override_settings

from cms_blocks import checks
from cms_blocks.conf import BlocksSettings, current
from cms_blocks.pages.models import StandardPage
from tests.cms_blocks import factories
from tests.cms_blocks.conftest import offering

ROOT = Path(__file__).resolve().parents[2]
QUOTE = {"type": "saying", "value": {"words": "Ro", "by": ""}, "id": "6b0c3b0e-7f7b-4b5a-9d5b-3f2f6d3c1a11"}


def test_the_reference_settings_pass():
    assert checks.check_body(None) == []
    assert checks.check_settings(None) == []
    assert checks.check_search_is_ours(None) == []
    assert checks.check_translation_settings(None) == []


@pytest.mark.parametrize(
    ("body", "code", "words"),
    [
        ("no.such.Stream", "torv_blocks.E004", "cannot be imported"),
        ("nodots", "torv_blocks.E004", "cannot be imported"),
        ("cms_blocks.blocks.NoSuchBlock", "torv_blocks.E004", "cannot be imported"),
        ("tests.cms_blocks.bodies.NOT_A_BLOCK", "torv_blocks.E005", "no StreamBlock class"),
        ("cms_blocks.blocks.ImageBlock", "torv_blocks.E005", "no StreamBlock class"),
        ("tests.cms_blocks.bodies.Reserved", "torv_blocks.E006", "keeps for itself"),
    ],
)
def test_a_body_that_is_no_stream_is_named(body, code, words):
    with override_settings(TORV_BLOCKS={"BODY": body}):
        (message,) = checks.check_body(None)
        assert message.id == code
        assert words in message.msg
        assert message.hint


WRONG = [
    ({"TORV_BLOCKS": {"BODY": "no.such.Stream"}}, "torv_blocks.E004"),
    ({"TORV_BLOCKS": {"BODY": ".Stream"}}, "torv_blocks.E004"),
    ({"TORV_BLOCKS": {"BODY": "..Stream"}}, "torv_blocks.E004"),
    ({"TORV_BLOCKS": None}, "torv_blocks.E003"),
    ({"TORV_BLOCKS": ["THEME"]}, "torv_blocks.E003"),
    ({"TORV_BLOCKS": {5: 1}}, "torv_blocks.E002"),
    *(
        ({"TORV_BLOCKS": {field.name.upper(): value}}, "torv_blocks.E003")
        for field in fields(BlocksSettings)
        for value in (None, ["x"])
    ),
    ({"TORV_BLOCKS": {"THEME": 3}}, "torv_blocks.E003"),
    ({"TORV_BLOCKS": {"QUICK_EXIT_URL": 5}}, "torv_blocks.E003"),
    ({"TORV_BLOCKS": {"QUICK_EXIT_URL": "http://[x"}}, "torv_blocks.E022"),
    ({"TORV_BLOCKS": {"FORM_LIMIT": True}}, "torv_blocks.E003"),
    ({"WAGTAILIMAGES_IMAGE_FORM_BASE": "no.such.Form"}, "torv_blocks.W051"),
    ({"WAGTAILIMAGES_IMAGE_FORM_BASE": "cms_blocks.conf.current"}, "torv_blocks.W051"),
    ({"WAGTAILIMAGES_IMAGE_FORM_BASE": 5}, "torv_blocks.W051"),
    ({"DATA_UPLOAD_MAX_NUMBER_FIELDS": "many"}, "torv_blocks.W050"),
    ({"TORV_DIRECTORY": None}, "torv_directory.E010"),
    ({"TORV_DIRECTORY": {"TILE_URL": ["x"], "TILE_ATTRIBUTION": None}}, "torv_directory.E011"),
    ({"TORV_SEARCH": None}, "torv_search.E001"),
    ({"TORV_SEARCH": {"API_CACHE": []}}, "torv_search.E001"),
    ({"TORV_SEARCH": {"ELASTICSEARCH": None}}, "torv_search.E003"),
    ({"TORV_SEARCH": {"ELASTICSEARCH": {"URLS": ["http://["]}}}, "torv_search.E003"),
    ({"TORV_SEARCH": {"ELASTICSEARCH": {"URLS": 5}}}, "torv_search.E003"),
]


@pytest.mark.django_db
@pytest.mark.parametrize(("wrong", "code"), WRONG, ids=str)
def test_all_checks_run_with_a_setting_that_is_wrong(wrong, code):
    with override_settings(**wrong):
        found = run_checks(databases=["default"], include_deployment_checks=True)
    assert code in {message.id for message in found}


def test_a_site_whose_settings_are_no_dictionaries_starts_to_say_so(tmp_path):
    (tmp_path / "wrong_settings.py").write_text(
        "from reference.settings.test import *\nTORV_BLOCKS = TORV_DIRECTORY = TORV_SEARCH = None\n"
    )
    paths = os.pathsep.join(map(str, (tmp_path, ROOT, ROOT / "site")))
    environment = {**os.environ, "PYTHONPATH": paths, "DJANGO_SETTINGS_MODULE": "wrong_settings"}
    command = [sys.executable, "-m", "django", "check"]
    ran = subprocess.run(command, env=environment, capture_output=True, text=True, check=False, timeout=120)
    assert "Traceback" not in ran.stderr, ran.stderr
    assert {"torv_blocks.E003", "torv_directory.E010", "torv_search.E001"} <= set(
        re.findall(r"torv_\w+\.E\d+", ran.stderr)
    )


@pytest.mark.parametrize(
    ("given", "code"),
    [
        ({"BODDY": "x"}, "torv_blocks.E002"),
        ({"body": "cms_blocks.blocks.BodyBlock"}, "torv_blocks.E002"),
        ({"THEME": 3}, "torv_blocks.E003"),
        ({"BODY": None}, "torv_blocks.E003"),
    ],
)
def test_an_unknown_or_wrong_setting_is_named(given, code):
    with override_settings(TORV_BLOCKS=given):
        (message,) = checks.check_settings(None)
    assert isinstance(message, Error)
    assert message.id == code
    assert message.hint


def test_a_key_in_small_letters_is_not_read_and_its_hint_names_the_right_one():
    with override_settings(TORV_BLOCKS={"theme": "marktbrueck", "FORM_LIMIT": "many"}):
        unknown, wrong = checks.check_settings(None)
        assert current().theme == "torvkoebing"
    assert (unknown.hint, wrong.id) == ("Did you mean 'THEME'?", "torv_blocks.E003")


@pytest.mark.parametrize(
    ("zone", "ids"),
    [
        ("UTC", ["torv_blocks.W046"]),
        ("Etc/Greenwich", ["torv_blocks.W046"]),
        ("America/Chicago", ["torv_blocks.W046"]),
        ("Europe/Berlin", []),
        ("Atlantic/Faroe", []),
    ],
)
def test_a_clock_that_no_town_here_has_is_warned_of(zone, ids):
    with override_settings(TIME_ZONE=zone):
        assert [message.id for message in checks.check_time_zone(None)] == ids


def test_the_scaffold_that_hides_our_search_is_seen(monkeypatch):
    class Theirs(AppConfig):
        name = label = "search"
        path = "/srv/site/search"

        def __init__(self):
            pass

    monkeypatch.setattr(apps, "get_app_configs", lambda: [Theirs()])
    (message,) = checks.check_search_is_ours(None)
    assert message.id == "torv_blocks.E001"
    assert "/srv/site/search" in message.msg


def test_translations_that_would_go_live_at_once_are_warned_of():
    with override_settings(WAGTAILLOCALIZE_SYNC_LIVE_STATUS_ON_TRANSLATE=True):
        (message,) = checks.check_translation_settings(None)
    assert message.id == "torv_blocks.W001"


@pytest.mark.django_db
def test_stored_types_that_the_setting_lacks_are_named(home, quote_offered):
    with quote_offered():
        factories.below(home, body=json.dumps([QUOTE]))
        assert checks.check_stored_types(None, databases=["default"]) == []
    (message,) = checks.check_stored_types(None, databases=["default"])
    assert isinstance(message, Caution)
    assert message.id == "torv_blocks.W002"
    assert message.obj is StandardPage
    assert "does not offer: saying." in message.msg
    assert message.hint


@pytest.mark.django_db
def test_types_in_a_draft_alone_are_named_too(home, quote_offered):
    with quote_offered():
        page = factories.below(home)
        page.body = json.dumps([QUOTE])
        page.save_revision()
    assert [m.id for m in checks.check_stored_types(None, databases=["default"])] == ["torv_blocks.W002"]


def test_stored_types_are_not_looked_for_without_a_database():
    assert checks.check_stored_types(None, databases=None) == []


@pytest.mark.django_db
def test_a_table_that_is_not_there_yet_is_no_error(monkeypatch):
    monkeypatch.setattr(StandardPage._meta, "db_table", "not_yet_migrated")
    assert checks.check_stored_types([apps.get_app_config("torv_pages")], databases=["default"]) == []


@pytest.mark.django_db
def test_with_a_broken_body_every_stored_type_is_named(home):
    factories.below(home, body=[("text", "<p>Hej</p>")])
    with offering("no.such.Stream"):
        (message,) = checks.check_stored_types(None, databases=["default"])
    assert "text" in message.msg


def test_a_table_without_wagtail_s_app_is_named(monkeypatch):
    assert checks.check_table_app(None) == []
    monkeypatch.setattr(apps, "is_installed", lambda app: False)
    assert [message.id for message in checks.check_table_app(None)] == ["torv_blocks.E008"]
    with offering("tests.cms_blocks.bodies.WithoutTable"):
        assert checks.check_table_app(None) == []
    with offering("tests.cms_blocks.bodies.NOT_A_BLOCK"):
        assert checks.check_table_app(None) == []
