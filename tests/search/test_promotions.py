"""Promoted and demoted results: for which searches, in which order, and never what is withdrawn."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from search import indexing, promotions
from search.models import Promotion, SearchDocument
from search.promotions import Promotions, in_force, trying
from search.understanding import understand

pytestmark = pytest.mark.django_db


@pytest.fixture
def town(notes):
    for key in ("1", "2", "3"):
        notes.put(key, f"Gruppe {key}", facets={"colour": ("red",)})
    notes.index()
    return notes


def promotion(key: str, words: str = "sorg", **fields) -> Promotion:
    return Promotion.objects.create(
        locale=fields.pop("locale", "da"), words=words, searchable="tests.note", object_key=key, **fields
    )


def document(key: str) -> int:
    return SearchDocument.objects.get(object_key=key).pk


def test_searches_are_compared_by_stems_in_any_order_as_a_whole(town, ask) -> None:
    promotion("1", "Sorggrupper og børn\nsavn")
    found = Promotions((document("1"),), frozenset())
    for text in ("børn sorggruppen", "SORGGRUPPER for børn", "savnet"):
        assert in_force(ask(text), understand(text, "da").stems) == found
    for text in ("sorggrupper", "børn", "savn børn"):
        assert in_force(ask(text), understand(text, "da").stems) == Promotions()
    assert in_force(ask("savn", locale="de"), ("savn",)) == Promotions()


def test_positions_order_what_comes_first_and_first_wins_over_last(town, ask) -> None:
    promotion("1", position=2)
    promotion("2", position=1)
    promotion("3", action=Promotion.Action.DEMOTE)
    promotion("1", action=Promotion.Action.DEMOTE)
    found = in_force(ask("sorg"), ("sorg",))
    assert found == Promotions((document("2"), document("1")), frozenset({document("3")}))


def test_a_choice_counts_where_nothing_is_typed_beside_it(town, ask) -> None:
    promotion("1", "", facet="colour", value="red")
    assert in_force(ask(colour=("red",)), ()).first == (document("1"),)
    assert in_force(ask(colour=("green",)), ()) == Promotions()
    assert in_force(ask("sorg", colour=("red",)), ("sorg",)) == Promotions()


def test_what_is_withdrawn_or_not_visible_yet_never_appears(town, ask) -> None:
    promotion("1")
    promotion("2")
    town.held.clear()
    town.put("2", "Gruppe 2", visible_from=timezone.now() + timedelta(hours=1))
    indexing.refresh(town, ["1", "2", "3"])
    assert in_force(ask("sorg"), ("sorg",)) == Promotions()


def test_what_another_site_shows_is_not_promoted_here(town, ask) -> None:
    town.change("1", sites=(987,))
    town.index()
    promotion("1")
    assert in_force(ask("sorg"), ("sorg",)) == Promotions()


def test_dates_and_changes_count_at_once_and_nothing_in_force_costs_one_query(
    town, ask, django_assert_num_queries
) -> None:
    today = timezone.localdate()
    row = promotion("1", valid_from=today + timedelta(days=1))
    assert in_force(ask("sorg"), ("sorg",)) == Promotions()
    with django_assert_num_queries(1):
        in_force(ask("sorg"), ("sorg",))
    row.valid_from = today
    row.save()
    wanted = (document("1"),)
    with django_assert_num_queries(3):
        assert in_force(ask("sorg"), ("sorg",)).first == wanted
    with django_assert_num_queries(2):
        in_force(ask("sorg"), ("sorg",))


def test_one_that_is_tried_stands_in_for_the_saved_one(town, ask) -> None:
    row = promotion("1")
    tried = Promotion(
        pk=row.pk, locale="da", words="sorg", searchable="tests.note", object_key="2", position=1
    )
    with trying(tried):
        assert in_force(ask("sorg"), ("sorg",)).first == (document("2"),)
    assert in_force(ask("sorg"), ("sorg",)).first == (document("1"),)
    assert promotions._trying.get() is None


@pytest.mark.parametrize(
    ("fields", "field"),
    [
        ({"words": ""}, "words"),
        ({"words": "sorg\nog"}, "words"),
        ({"words": "", "facet": "colour"}, "value"),
        ({"words": "sorg", "value": "red"}, "value"),
    ],
)
def test_a_promotion_without_a_usable_search_is_refused(fields: dict[str, str], field: str) -> None:
    with pytest.raises(ValidationError) as caught:
        Promotion(locale="da", searchable="tests.note", object_key="1", **fields).full_clean()
    assert field in caught.value.message_dict
