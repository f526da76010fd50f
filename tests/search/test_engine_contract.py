"""What every engine promises: the database, Elasticsearch 8 and 9; once on SQLite and once on PostgreSQL."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from search import engines, joint_facets, registry
from search.engines.elastic.engine import ElasticsearchEngine
from search.joint_facets import JointFacet
from search.models import Promotion
from search.query import Query
from search.results import Results

from .conftest import in_step

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("engine")]
Ask = Callable[..., Query]


def titles(results: Results) -> list[str]:
    return [hit.row.title for hit in results.hits]


def counts(results: Results, name: str) -> dict[str, int]:
    facet = next(facet for facet in results.facets if facet.name == name)
    return {value.value: value.count for value in facet.values}


@pytest.mark.parametrize(
    ("locale", "text", "query"),
    [
        ("da", "Samtalegrupper for pårørende", "samtalegruppe"),
        ("da", "Sorgen efter et dødsfald", "sorg"),
        ("da", "Pårørende", "paaroerende"),
        ("da", "Ålborgs gruppe", "aalborg"),
        ("de", "Häuser der Begegnung", "haus"),
        ("de", "Selbsthilfegruppen in Dresden", "SELBSTHILFEGRUPPE dresden"),
        ("de", "Straße der Jugend", "strasse"),
        ("de", "Grüße aus dem Rathaus", "gruesse"),
        ("en", "Support groups", "group"),
        ("en", "Café", "cafe"),
    ],
)
def test_another_inflection_or_spelling_finds_it(notes, ask: Ask, locale: str, text: str, query: str) -> None:
    notes.put("1", text, locale)
    notes.put("2", "noget helt andet", locale)
    notes.index()
    assert titles(engines.search(ask(query, locale))) == [text]


@pytest.mark.parametrize(
    ("locale", "query", "found"),
    [
        ("da", "pårørendegruppe", ["Pårørendegruppe", "Gruppe for pårørende"]),
        ("da", "gruppe", ["Gruppe for pårørende", "Pårørendegruppe"]),
        ("de", "Krankenhaus", ["Krankenhaus", "Krankenhausaufenthalt"]),
    ],
)
def test_compounds_and_their_parts_find_each_other_below_the_whole_word(
    notes, ask: Ask, locale: str, query: str, found: list[str]
) -> None:
    for number, text in enumerate([*reversed(found), "Sommer"]):
        notes.put(str(number), text, locale)
    notes.index()
    results = engines.search(ask(query, locale))
    assert titles(results) == found
    assert all("<mark>" in hit.title for hit in results.hits)


def test_decomposed_letters_are_the_same_letters(notes, ask: Ask) -> None:
    notes.put("1", "Pa\u030arørende")
    notes.index()
    assert engines.search(ask("pårørende")).total == 1


def test_stop_words_do_not_count(notes, ask: Ask) -> None:
    notes.put("1", "Sorg og tab")
    notes.put("2", "Sorg")
    notes.index()
    assert engines.search(ask("sorg ved")).total == 2
    assert engines.search(ask("og")).total == 1


def test_title_comes_before_summary_and_summary_before_body(notes, ask: Ask) -> None:
    notes.put("1", "Andet", body="misbrug i teksten og mange andre ord")
    notes.put("2", "Noget", summary="misbrug i resuméet og andre ord")
    notes.put("3", "Misbrug")
    notes.index()
    assert titles(engines.search(ask("misbrug"))) == ["Misbrug", "Noget", "Andet"]


def test_boost_lifts_an_equal_document(notes, ask: Ask) -> None:
    notes.put("1", "Angst")
    notes.put("2", "Angst", boost=3.0, object_id=2)
    notes.index()
    assert [hit.row.object_id for hit in engines.search(ask("angst")).hits] == [2, 1]


def test_a_star_finds_words_that_begin_so(notes, ask: Ask) -> None:
    notes.put("1", "Sorggrupper")
    notes.put("2", "Grupper")
    notes.index()
    assert titles(engines.search(ask("sorgg*"))) == ["Sorggrupper"]


def test_locales_do_not_mix(notes, ask: Ask) -> None:
    notes.put("1", "Gruppe", "da")
    notes.put("1", "Gruppe auf Deutsch", "de")
    notes.index()
    assert titles(engines.search(ask("gruppe", "de"))) == ["Gruppe auf Deutsch"]
    assert engines.search(ask("gruppe", "en")).total == 0


def test_a_text_in_another_language_is_found_by_its_own_inflections_and_marked(notes, ask: Ask) -> None:
    notes.put("1", "Häuser der Begegnung", "da", lang="de")
    notes.index()
    (hit,) = engines.search(ask("haus begegnung")).hits
    assert hit.is_foreign
    assert hit.lang == "de"


def test_without_words_all_is_listed_in_the_languages_own_order(notes, ask: Ask) -> None:
    for key, title in enumerate(["Ålen", "Zebra", "Østers", "Abe", "Ærter"]):
        notes.put(str(key), title)
    notes.index()
    assert titles(engines.search(ask())) == ["Abe", "Zebra", "Ærter", "Østers", "Ålen"]


def test_paging_covers_everything_once_and_stops_at_the_last_page(notes, ask: Ask) -> None:
    for key in range(25):
        notes.put(f"{key:02}", f"Gruppe {key:02}")
    notes.index()
    for text in ("", "gruppe"):
        pages = [engines.search(ask(text, page=page)) for page in (1, 2, 3)]
        assert sorted(title for page in pages for title in titles(page)) == [
            f"Gruppe {n:02}" for n in range(25)
        ]
        beyond = engines.search(ask(text, page=99))
        assert beyond.query.page == 3
        assert titles(beyond) == titles(pages[2])
        assert beyond.next_url is None


def test_pages_of_a_loosened_search_differ(notes, ask: Ask) -> None:
    """Three things have both words, fewer than are enough: the others come on the pages after them."""
    for key in range(3):
        notes.put(f"1{key}", f"Angst hos mænd {key}")
    for key in range(30):
        notes.put(f"2{key:02}", f"{('Angst', 'Mænd')[key % 2]} {key:02}")
    notes.index()
    pages = [engines.search(ask("angst mænd", page=page)) for page in (1, 2, 3)]
    assert [(page.query.page, page.total, len(page.hits)) for page in pages] == [
        (1, 33, 10),
        (2, 33, 10),
        (3, 33, 10),
    ]
    assert len({title for page in pages for title in titles(page)}) == 30
    last = engines.search(ask("angst mænd", page=99))
    assert (last.query.page, len(last.hits)) == (4, 3)


@pytest.mark.parametrize("text", ["", "gruppe"])
def test_a_page_beyond_all_reach_gives_the_last_one(notes, ask: Ask, text: str) -> None:
    notes.put("1", "Gruppe")
    notes.index()
    results = engines.search(ask(text, page=100_000, per_page=100))
    assert (results.query.page, results.total, titles(results)) == (1, 1, ["Gruppe"])
    assert not results.degraded


def test_what_editors_put_first_is_not_enough_without_the_words(notes, ask: Ask) -> None:
    """Nine things have both words, one fewer than are enough; a promoted one has none of them."""
    for key in range(9):
        notes.put(f"1{key}", f"Gruppe for mænd {key}")
    notes.put("2", "Mænd")
    notes.put("3", "Rådgivning")
    for key in range(40):
        notes.put(f"4{key:02}", "Noget")
    notes.index()
    Promotion.objects.create(
        locale="da", words="gruppe mænd", searchable=notes.name, object_key="3", action="promote"
    )
    results = engines.search(ask("gruppe mænd", per_page=20))
    assert titles(results)[0] == "Rådgivning"
    assert (results.total, "Mænd" in titles(results)) == (11, True)


class TestFacets:
    @pytest.fixture(autouse=True)
    def things(self, notes) -> None:
        colours = {"1": ("red",), "2": ("red", "green"), "3": ("green",), "4": ("blue",)}
        for key, values in colours.items():
            size = ("small",) if key in "12" else ("large",)
            notes.put(key, f"Gruppe {key}", facets={"colour": values, "size": size})
        notes.index()

    @pytest.mark.parametrize("text", ["", "gruppe"])
    def test_values_are_counted(self, ask: Ask, text: str) -> None:
        results = engines.search(ask(text))
        assert counts(results, "colour") == {"red": 2, "green": 2, "blue": 1}
        assert counts(results, "size") == {"small": 2, "large": 2}

    def test_order_is_by_count_then_name(self, ask: Ask) -> None:
        results = engines.search(ask())
        assert [value.label for value in results.facets[0].values] == ["Grøn", "Rød", "Blå"]

    @pytest.mark.parametrize("text", ["", "gruppe"])
    def test_or_within_and_across_each_counted_without_its_own_filter(self, ask: Ask, text: str) -> None:
        results = engines.search(ask(text, colour=("red", "green"), size=("large",)))
        assert titles(results) == ["Gruppe 3"]
        assert counts(results, "colour") == {"green": 1, "blue": 1, "red": 0}
        assert counts(results, "size") == {"small": 2, "large": 1}

    @pytest.mark.parametrize(
        ("parents", "shown"),
        [
            ({"red": "blue"}, [("green", 0), ("blue", 0), ("red", 1)]),
            ({"red": "blue", "blue": "red"}, [("green", 0), ("red", 0), ("blue", 0)]),
            ({"red": "unknown", "green": "green"}, [("green", 0), ("red", 0), ("blue", 0)]),
        ],
    )
    def test_a_hierarchy_is_shown_parents_first_and_a_loop_loses_nothing(
        self, ask: Ask, monkeypatch: pytest.MonkeyPatch, parents: dict[str, str], shown: list[tuple[str, int]]
    ) -> None:
        monkeypatch.setattr(type(registry.facets(["colour"])[0]), "parents", lambda self, values: parents)
        values = engines.search(ask()).facets[0].values
        assert [(value.value, value.depth) for value in values] == shown

    def test_toggle_adds_and_removes_and_returns_to_the_first_page(self, ask: Ask) -> None:
        results = engines.search(ask("gruppe", colour=("red",), page=1))
        values = {value.value: value for value in results.facets[0].values}
        assert values["red"].selected
        assert values["red"].toggle_url == "?q=gruppe"
        assert values["green"].toggle_url == "?q=gruppe&colour=red&colour=green"
        assert [(facet.name, value.value) for facet, value in results.chips] == [("colour", "red")]

    def test_counts_follow_edits_and_removals(self, notes, ask: Ask) -> None:
        assert counts(engines.search(ask()), "colour")["red"] == 2
        notes.change("1", facets={"colour": ("blue",)})
        del notes.held["2", "da"]
        from search import indexing

        indexing.refresh(notes, ["1", "2"])
        assert counts(engines.search(ask()), "colour") == {"blue": 2, "green": 1}

    def test_queries_do_not_grow_with_rows(self, notes, ask: Ask) -> None:
        for key in range(90, 99):
            notes.put(str(key), f"Gruppe {key}", facets={"colour": ("red",)})
        notes.index()
        engines.search(ask("gruppe"))
        with CaptureQueriesContext(
            connection,
        ) as few:
            engines.search(ask("gruppe"))
        for key in range(10, 90):
            notes.put(str(key), f"Gruppe {key}", facets={"colour": ("red",)})
        notes.index()
        engines.search(ask("gruppe"))
        with CaptureQueriesContext(connection) as many:
            engines.search(ask("gruppe"))
        assert len(many) == len(few)


class TestJointFacets:
    @pytest.fixture(autouse=True)
    def things(self, notes, monkeypatch: pytest.MonkeyPatch) -> None:
        """1 is red and small, and green and large; 2 red and large; 3 green and small."""
        parts = {"colour": ("red", "green", "blue"), "size": ("small", "large")}
        joint = JointFacet(name="both", parts=parts)
        monkeypatch.setattr(joint_facets, "_joints", {"both": joint})
        things = {"1": ("red.small", "green.large"), "2": ("red.large",), "3": ("green.small",)}
        for key, pairs in things.items():
            colours, sizes = (tuple(pair.split(".")[part] for pair in pairs) for part in (0, 1))
            notes.put(key, f"Gruppe {key}", facets={"colour": colours, "size": sizes, "both": pairs})
        notes.index()

    @pytest.mark.parametrize("text", ["", "gruppe"])
    def test_values_chosen_of_both_must_belong_together(self, ask: Ask, text: str) -> None:
        assert titles(engines.search(ask(text, colour=("red",)))) == ["Gruppe 1", "Gruppe 2"]
        results = engines.search(ask(text, colour=("red",), size=("large",)))
        assert titles(results) == ["Gruppe 2"]
        assert results.total == 1
        assert counts(results, "colour") == {"green": 1, "red": 1}
        assert counts(results, "size") == {"small": 1, "large": 1}

    def test_a_document_counts_once_however_many_pairs_it_has(self, ask: Ask) -> None:
        results = engines.search(ask(colour=("red", "green"), size=("small", "large")))
        assert results.total == 3
        assert counts(results, "colour") == {"green": 2, "red": 2}
        assert counts(results, "size") == {"small": 2, "large": 2}

    def test_with_one_part_chosen_the_other_is_counted_by_pairs(self, ask: Ask) -> None:
        results = engines.search(ask(size=("small",)))
        assert counts(results, "colour") == {"green": 1, "red": 1}
        assert counts(results, "size") == {"small": 2, "large": 2}
        assert [facet.name for facet in results.facets] == ["colour", "size"]


class TestVisibility:
    def test_what_is_not_yet_or_no_more_visible_is_neither_found_nor_counted(self, notes, ask: Ask) -> None:
        now = timezone.now()
        hour = timedelta(hours=1)
        facets = {"colour": ("red",)}
        notes.put("1", "Gruppe nu", visible_from=now - hour, visible_to=now + hour, facets=facets)
        notes.put("2", "Gruppe senere", visible_from=now + hour, facets=facets)
        notes.put("3", "Gruppe før", visible_to=now - hour, facets=facets)
        notes.index()
        for text in ("", "gruppe"):
            results = engines.search(ask(text))
            assert titles(results) == ["Gruppe nu"]
            assert counts(results, "colour") == {"red": 1}

    def test_time_passes_without_any_write(self, notes, ask: Ask, monkeypatch: pytest.MonkeyPatch) -> None:
        now = timezone.now()
        notes.put("1", "Gruppe", visible_from=now + timedelta(hours=1), visible_to=now + timedelta(hours=2))
        notes.index()
        seen = []
        for minutes in (30, 90, 150):
            monkeypatch.setattr(timezone, "now", lambda minutes=minutes: now + timedelta(minutes=minutes))
            seen.append(engines.search(ask("gruppe")).total)
        assert seen == [0, 1, 0]

    def test_a_document_of_another_site_is_not_there(self, notes, ask: Ask, site) -> None:
        notes.put("1", "Gruppe her", sites=(site.pk,))
        notes.put("2", "Gruppe der", sites=(site.pk + 10,))
        notes.put("3", "Gruppe alle")
        notes.index()
        assert sorted(titles(engines.search(ask("gruppe")))) == ["Gruppe alle", "Gruppe her"]

    def test_what_has_no_address_here_is_not_there(self, notes, ask: Ask, site) -> None:
        notes.put("1", "Gruppe")
        notes.index()
        notes.hidden_sites.add(site.pk)
        assert engines.search(ask("gruppe")).total == 0
        assert engines.search(ask()).total == 0


class TestMarks:
    def test_found_words_are_marked_inflected_and_folded_ones_too(self, notes, ask: Ask) -> None:
        notes.put("1", "Pårørendes gruppe", body="Her mødes grupper for pårørende.")
        notes.index()
        (hit,) = engines.search(ask("paaroerende grupper")).hits
        assert hit.title == "<mark>Pårørendes</mark> <mark>gruppe</mark>"
        assert hit.snippet == "Her mødes <mark>grupper</mark> for <mark>pårørende</mark>."

    def test_stored_text_is_escaped(self, notes, ask: Ask) -> None:
        notes.put("1", "<script>gruppe</script>", body="<img src=x onerror=1> gruppe & mere")
        notes.index()
        (hit,) = engines.search(ask("gruppe")).hits
        assert hit.title == "&lt;script&gt;<mark>gruppe</mark>&lt;/script&gt;"
        assert "<img" not in hit.snippet

    def test_the_snippet_shows_the_place_where_the_words_are(self, notes, ask: Ask) -> None:
        notes.put("1", "Titel", body="ord " * 300 + "misbrug og behandling " + "ord " * 300)
        notes.index()
        (hit,) = engines.search(ask("behandling")).hits
        assert "<mark>behandling</mark>" in hit.snippet
        assert len(hit.snippet) < 300
        assert hit.snippet.startswith("… ")


@pytest.mark.parametrize(
    "text",
    [
        '"',
        '"sorg',
        "sorg AND",
        "NEAR(sorg, 2)",
        "sorg*",
        "*",
        "-sorg",
        "title:sorg",
        "'; DROP TABLE x; --",
        "😀",
        "\x00sorg",
        "sorg\x00",
        "(((",
        "^sorg",
        "{a b}: c",
        "a" * 10_000,
        "sorg " * 2000,
        "ｓｏｒｇ",
        "Σοργή sorg горе",
        "\ud800",
        "½²",
        "a_b",
        "æ_ø",
        "%_%",
        "&|!<->",
        ":*",
        "\\",
        "\u202esorg",
    ],
)
def test_whatever_is_typed_gives_results_never_an_error(notes, ask: Ask, text: str) -> None:
    notes.put("1", "Sorg")
    notes.index()
    results = engines.search(ask(text))
    assert results.total in {0, 1}


#: What a search is often made of, beside any text: letters with marks, words of the index, signs.
PIECES = (
    "Åse",
    "sår",
    "blåbær",
    "Grüße",
    "grusse",
    "Søster",
    "søs*",
    "é",
    "\u030a",
    "\u0308",
    "-",
    '"',
    "*",
    "i",
)


@pytest.fixture
def settled(engine: str, notes, monkeypatch: pytest.MonkeyPatch) -> None:
    """Things in several languages, and an engine that is in step with them: nothing changes any more."""
    for locale in ("da", "de", "en", "pt-br"):
        for key, title in enumerate(("Sorg", "Sår og blåbær", "Åses søster", "Grüße", "Café")):
            notes.put(str(key), title, locale)
    notes.index()
    if engine != "database":
        in_step()
        monkeypatch.setattr(engines, "current", ElasticsearchEngine)


@pytest.mark.usefixtures("settled")
@settings(max_examples=500, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    text=st.text(max_size=80) | st.lists(st.sampled_from(PIECES), max_size=5).map(" ".join),
    locale=st.sampled_from(["da", "de", "en", "pt-br"]),
)
def test_any_text_is_answered_and_the_same_text_in_other_code_points_likewise(
    ask: Ask, text: str, locale: str
) -> None:
    """How long it takes is measured by the bench, over many random searches, and not here."""
    composed, decomposed = (unicodedata.normalize(form, text) for form in ("NFC", "NFD"))
    found = [
        [(hit.row.object_key, hit.score) for hit in engines.search(ask(each, locale)).hits]
        for each in dict.fromkeys((composed, decomposed))
    ]
    assert found[0] == found[-1]
