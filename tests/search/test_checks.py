"""A wrong setting or a lost table is a numbered check with a hint, never a stack trace."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.checks import run_checks
from django.db import connection
from django.db.migrations.recorder import MigrationRecorder
from django.test import override_settings

from search import checks
from search.checks import check_sender, check_settings, check_terms_table


def test_the_reference_settings_pass() -> None:
    assert check_settings(None) == []


@pytest.mark.parametrize(
    ("key", "hint"),
    [
        ("PER_PAGES", "Did you mean 'PER_PAGE'?"),
        ("max_attempt", "Did you mean 'MAX_ATTEMPTS'?"),
        ("per_page", "Did you mean 'PER_PAGE'?"),
    ],
)
def test_an_unknown_key_is_named_with_the_nearest_known_one(key: str, hint: str) -> None:
    with override_settings(TORV_SEARCH={key: 5}):
        (message,) = check_settings(None)
    assert (message.id, message.hint) == ("torv_search.E004", hint)


def test_an_unknown_key_like_none_other_gets_the_list() -> None:
    with override_settings(TORV_SEARCH={"COLOUR": "red"}):
        (message,) = check_settings(None)
    assert message.id == "torv_search.E004"
    assert "PER_PAGE, MAX_QUERY_LENGTH" in message.hint


@pytest.mark.parametrize("key", ["PER_PAGE", "MAX_QUERY_LENGTH", "REBUILD_BATCH_SIZE", "MAX_ATTEMPTS"])
@pytest.mark.parametrize("value", [0, -1, "20", None, True, 2.5])
def test_an_impossible_number_is_named(key: str, value: object) -> None:
    with override_settings(TORV_SEARCH={key: value}):
        (message,) = check_settings(None)
    assert message.id == "torv_search.E001"
    assert key in message.msg
    assert message.hint


BEHIND_A_PROXY = {"SECURE_PROXY_SSL_HEADER": ("HTTP_X_FORWARDED_PROTO", "https")}


@pytest.mark.parametrize(
    ("header", "proxy", "ids"),
    [
        ("", {}, []),
        ("", BEHIND_A_PROXY, ["torv_search.W004"]),
        ("X-Forwarded-For", {}, ["torv_search.W004"]),
        (5, BEHIND_A_PROXY, ["torv_search.W004"]),
        ("HTTP_X_FORWARDED_FOR", BEHIND_A_PROXY, []),
    ],
)
def test_a_proxy_that_would_be_the_only_sender_is_named_before_deployment(
    header: object, proxy: dict[str, Any], ids: list[str]
) -> None:
    with override_settings(TORV_SEARCH={"API_ADDRESS_HEADER": header}, **proxy):
        found = check_sender(None)
    assert [message.id for message in found] == ids
    assert all("HTTP_X_FORWARDED_FOR" in message.hint for message in found)


@pytest.mark.parametrize("value", [None, "", 3])
def test_an_impossible_template_is_named(value: object) -> None:
    with override_settings(TORV_SEARCH={"BASE_TEMPLATE": value}):
        assert [message.id for message in check_settings(None)] == ["torv_search.E001"]


@pytest.mark.parametrize("value", ["topic", None, {"topic"}])
def test_facets_that_are_no_list_are_named(value: object) -> None:
    with override_settings(TORV_SEARCH={"FACETS": value}):
        (message,) = check_settings(None)
    assert message.id == "torv_search.E001"
    assert "('topic',)" in message.hint


def test_a_facet_that_no_app_registers_is_named_with_those_there_are() -> None:
    with override_settings(TORV_SEARCH={"FACETS": ("topic", "colour")}):
        (message,) = check_settings(None)
    assert message.id == "torv_search.E001"
    assert "'colour'" in message.msg
    assert "topic" in message.hint


@pytest.mark.parametrize("value", [["topic"], ("topic", "place"), ()])
def test_registered_facets_will_do(value: object) -> None:
    with override_settings(TORV_SEARCH={"FACETS": value}):
        assert check_settings(None) == []


@pytest.mark.parametrize("value", [None, ["PER_PAGE"], "x"])
def test_settings_that_are_no_dictionary_are_named(value: object) -> None:
    with override_settings(TORV_SEARCH=value):
        (message,) = check_settings(None)
    assert message.id == "torv_search.E001"


@pytest.mark.django_db
def test_a_migrated_database_has_its_full_text_table() -> None:
    assert check_terms_table(None, databases=["default"]) == []


@pytest.mark.django_db
def test_a_lost_full_text_table_is_named_when_the_database_is_looked_at() -> None:
    with connection.cursor() as cursor:
        cursor.execute("DROP TABLE torv_search_terms")
    assert "torv_search.E002" not in {message.id for message in run_checks()}
    found = [message for message in run_checks(databases=["default"]) if message.id == "torv_search.E002"]
    assert len(found) == 1
    assert "migrate" in found[0].hint


@pytest.mark.django_db
def test_a_table_that_a_migration_still_has_to_make_is_no_fault() -> None:
    with connection.cursor() as cursor:
        cursor.execute("DROP TABLE torv_search_terms")
    MigrationRecorder(connection).record_unapplied(*checks._TERMS_MIGRATION)
    assert check_terms_table(None, databases=["default"]) == []
