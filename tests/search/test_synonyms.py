"""Synonyms: what the search is told, when, and what editors are refused."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone, translation

from search.models import Synonym
from search.synonyms import expansions

pytestmark = pytest.mark.django_db

ONE_WAY = Synonym.Direction.ONE_WAY


def synonym(word: str, *same_as: str, locale: str = "da", **fields) -> Synonym:
    return Synonym.objects.create(locale=locale, word=word, same_as="\n".join(same_as), **fields)


def refused(word: str, *same_as: str, **fields) -> dict[str, list[str]]:
    row = Synonym(locale="da", word=word, same_as="\n".join(same_as), **fields)
    with translation.override("en"), pytest.raises(ValidationError) as caught:
        row.full_clean()
    return caught.value.message_dict


def test_both_ways_each_finds_the_others_by_stems_without_stop_words() -> None:
    synonym("Skilsmisser", "Ophævelse af ægteskab", "brud")
    found = expansions("da")
    assert found["skilsmis",] == (("ophaev", "aegteskab"), ("brud",))
    assert found["ophaev", "aegteskab"] == (("skilsmis",), ("brud",))
    assert expansions("de") == {}


def test_one_way_only_the_first_finds_the_others() -> None:
    synonym("gruppe", "café", direction=ONE_WAY)
    assert len(expansions("da")) == 1


def test_a_change_is_in_force_at_the_next_request_and_looking_costs_one_query(
    django_assert_num_queries,
) -> None:
    row = synonym("sorg", "savn")
    expansions("da")
    with django_assert_num_queries(1):
        assert expansions("da")["sorg",] == (("savn",),)
    row.same_as = "tab"
    row.save()
    assert expansions("da")["sorg",] == (("tab",),)
    row.delete()
    assert expansions("da") == {}


def test_dates_count_both_days(monkeypatch: pytest.MonkeyPatch) -> None:
    today = timezone.localdate()
    synonym("sorg", "savn", valid_from=today, valid_to=today)
    synonym("krise", "nød", valid_from=today + timedelta(days=1))
    synonym("bolig", "hus", valid_to=today - timedelta(days=1))
    assert set(expansions("da")) == {("sorg",), ("savn",)}
    monkeypatch.setattr(timezone, "localdate", lambda: today + timedelta(days=1))
    assert ("kris",) in expansions("da")
    assert ("sorg",) not in expansions("da")


@pytest.mark.parametrize(
    ("word", "same_as", "field", "reason"),
    [
        ("og", ["samt"], "word", "so common"),
        ("sorg", ["som"], "same_as", "so common"),
        ("?!", ["savn"], "word", "no word"),
        ("sorg", ["savn", "Savnet"], "same_as", "twice"),
        ("sorg", ["Sorgen"], "same_as", "twice"),
        ("en to tre fire fem seks", ["tal"], "word", "at most 5 words"),
        ("sorg", [f"ord{number}" for number in range(31)], "same_as", "At most 30"),
    ],
)
def test_what_cannot_be_a_synonym_is_refused_with_the_reason(
    word: str, same_as: list[str], field: str, reason: str
) -> None:
    assert reason in refused(word, *same_as)[field][0]


def test_one_way_chains_may_not_close_a_loop() -> None:
    synonym("alfa", "beta", direction=ONE_WAY)
    synonym("beta", "gamma", direction=ONE_WAY)
    errors = refused("Gamma", "alfa", direction=ONE_WAY)
    assert "alfa → beta → Gamma" in errors["same_as"][0]
    assert "loop" in refused("alfa", "gamma")["same_as"][0]
    Synonym(locale="da", word="alfa", same_as="delta", direction=ONE_WAY).full_clean()


def test_what_is_over_is_in_nobodys_way_and_a_row_may_be_saved_again() -> None:
    row = synonym("alfa", "beta", direction=ONE_WAY)
    row.full_clean()
    row.valid_to = timezone.localdate() - timedelta(days=1)
    row.save()
    Synonym(locale="da", word="beta", same_as="alfa", direction=ONE_WAY).full_clean()


def test_both_ways_rows_that_share_a_word_are_no_loop() -> None:
    synonym("alfa", "beta")
    Synonym(locale="da", word="beta", same_as="gamma").full_clean()


def test_the_last_day_is_not_before_the_first() -> None:
    today = timezone.localdate()
    errors = refused("sorg", "savn", valid_from=today, valid_to=today - timedelta(days=1))
    assert list(errors) == ["valid_to"]
