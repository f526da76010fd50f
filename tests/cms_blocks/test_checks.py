"""A wrong setting is a numbered check with a hint; stored content that nobody sees is named."""

import json

import pytest
from django.apps import AppConfig, apps
from django.core.checks import Error, run_checks
from django.core.checks import Warning as Caution
from django.test import override_settings

from cms_blocks import checks
from cms_blocks.pages.models import StandardPage
from tests.cms_blocks import factories
from tests.cms_blocks.conftest import offering

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


def test_all_checks_run_with_a_body_that_cannot_be_imported():
    with override_settings(TORV_BLOCKS={"BODY": "no.such.Stream"}):
        assert "torv_blocks.E004" in {message.id for message in run_checks()}


@pytest.mark.parametrize(
    ("given", "code"),
    [
        ({"BODDY": "x"}, "torv_blocks.E002"),
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
