"""A place in a question: the same nearness, order and distances from every engine."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date

import pytest

from search import engines
from search.query import Point, Query, Sort
from search.results import Results

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("engine")]
Ask = Callable[..., Query]
HARBOUR = Point(text="8700", label="8700 Havn", latitude=55.86, longitude=9.85)


@pytest.fixture
def places(notes) -> None:
    """Åby lies 3 km away and again far off, Mark 8 km, By 40 km; Net meets online."""
    notes.put(
        "1",
        "Åby",
        latitude=57.0,
        longitude=9.9,
        other_positions=((55.887, 9.85),),
        facets={"colour": ("red",)},
        checked_on=date(2026, 3, 1),
    )
    notes.put("2", "Mark", latitude=55.86, longitude=9.978, facets={"colour": ("blue",)})
    notes.put(
        "3", "By", latitude=56.22, longitude=9.85, facets={"colour": ("red",)}, checked_on=date(2026, 5, 1)
    )
    notes.put("4", "Net", facets={"colour": ("green",)})
    notes.index()


def titles(results: Results) -> list[str]:
    return [hit.row.title for hit in results.hits]


def near(ask: Ask, km: int | None = None, **changes: object) -> Results:
    return engines.search(replace(ask(), near=HARBOUR, radius_km=km, **changes))


def test_without_a_radius_the_nearest_come_first_and_what_is_nowhere_last(places: None, ask: Ask) -> None:
    results = near(ask)
    assert titles(results) == ["Åby", "Mark", "By", "Net"]
    assert [hit.distance_km and round(hit.distance_km) for hit in results.hits] == [3, 8, 40, None]


def test_a_radius_leaves_out_hits_and_facet_counts(places: None, ask: Ask) -> None:
    results = near(ask, 10)
    assert titles(results) == ["Åby", "Mark"]
    assert {value.value: value.count for value in results.facets[0].values} == {"red": 1, "blue": 1}
    assert titles(near(ask, 10, selected={"colour": ("red",)})) == ["Åby"]
    assert titles(near(ask, 2)) == []


def test_pages_by_distance_join_without_gap(places: None, ask: Ask) -> None:
    pages = [titles(near(ask, page=page, per_page=3)) for page in (1, 2)]
    assert pages == [["Åby", "Mark", "By"], ["Net"]]


def test_what_was_checked_last_comes_first(places: None, ask: Ask) -> None:
    assert titles(engines.search(replace(ask(), sort=Sort.CHECKED))) == ["By", "Åby", "Mark", "Net"]


def test_names_are_in_the_order_of_the_language(places: None, ask: Ask) -> None:
    assert titles(engines.search(ask())) == ["By", "Mark", "Net", "Åby"]
    assert titles(near(ask, 10, sort=Sort.NAME)) == ["Mark", "Åby"]


def test_words_keep_to_the_order_that_was_asked_for(places: None, notes, ask: Ask) -> None:
    for key in ("1", "2", "3"):
        notes.change(key, body="sorg")
    notes.index()
    question = replace(ask("sorg"), near=HARBOUR, sort=Sort.DISTANCE)
    assert titles(engines.search(question)) == ["Åby", "Mark", "By"]


def test_a_place_that_moved_is_found_where_it_is_now(places: None, notes, ask: Ask) -> None:
    near(ask, 10)
    notes.change("2", latitude=56.5)
    notes.change("3", latitude=55.87, longitude=9.86)
    notes.index()
    assert titles(near(ask, 10)) == ["By", "Åby"]


def test_words_are_loosened_by_what_lies_within_the_radius(notes, ask: Ask) -> None:
    """Far away there is enough that has both words; here is what has one of them."""
    here = {"latitude": 55.86, "longitude": 9.85}
    for number in range(12):
        notes.put(f"far{number:02}", f"Angst hos mænd {number:02}", latitude=57.0, longitude=9.9)
    notes.put("one", "Angst", **here)
    notes.put("two", "Mænd", **here)
    notes.index()
    question = replace(ask("angst mænd"), near=HARBOUR, radius_km=10)
    results = engines.search(question)
    assert sorted(titles(results)) == ["Angst", "Mænd"]
    assert results.loosened
    assert engines.search(ask("angst mænd")).total == 12
