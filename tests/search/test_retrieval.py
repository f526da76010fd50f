"""What a reader's words find beyond the words themselves, in which order, and what the page says of it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from search import engines, registry
from search.models import IndexWord, Promotion, Synonym
from search.query import Query
from search.results import Results
from search.understanding import understand

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("engine")]
Ask = Callable[..., Query]


def titles(results: Results) -> list[str]:
    return [hit.row.title for hit in results.hits]


def put(notes, *found: str, locale: str = "da") -> None:
    for number, title in enumerate(found):
        notes.put(str(number), title, locale)
    notes.index()


@pytest.mark.parametrize(
    ("locale", "text", "query"),
    [
        ("da", "For pårørende", "parorende"),
        ("da", "Ensomhed på Ærø", "aero"),
        ("de", "Hilfe für Angehörige", "angehorige"),
        ("de", "Grüner Weg", "gruner"),
        ("da", "Skriv en e-mail", "email"),
        ("da", "Skriv en email", "e-mail"),
        ("de", "Online-Gruppe", "onlinegruppe"),
        ("de", "Onlinegruppe", "Online-Gruppe"),
        ("da", "Tag f.eks. bussen", "feks"),
        ("de", "Hilfe, z.B. zu Hause", "z. B."),
        ("da", "Gruppe for ADHD", "A.D.H.D."),
        ("da", "12-trins grupper", "12 trin"),
        ("da", "Børn 0-3 år", "0-3"),
        ("da", "Selvhjælp", "selv hjælp"),
        ("da", "Vi grubler tit", "grublede"),
        ("de", "Wer kiffen will", "gekifft"),
    ],
)
def test_another_way_to_write_it_finds_it(notes, ask: Ask, locale: str, text: str, query: str) -> None:
    put(notes, "Noget helt andet", text, locale=locale)
    assert titles(engines.search(ask(query, locale)))[:1] == [text]


@pytest.mark.parametrize("unseen", ["\u00ad", "\u200b", "\u200c", "\u200d", "\u2060", "\ufeff"])
def test_what_nobody_sees_within_a_word_parts_none(notes, ask: Ask, unseen: str) -> None:
    word, long = f"Pårø{unseen}rende", "Noget helt andet. " * 20
    notes.put("1", f"{unseen}For {word} her", body=f"{long}Sam{unseen}ta{unseen}ler for {word}.")
    notes.put("2", "Sommer")
    notes.index()
    (hit,) = engines.search(ask("pårørende")).hits
    assert hit.title == "For <mark>Pårørende</mark> her"
    (hit,) = engines.search(ask(f"sam{unseen}taler {unseen}")).hits
    assert "<mark>Samtaler</mark> for Pårørende" in hit.snippet


def test_an_emoji_of_several_signs_stays_whole(notes, ask: Ask) -> None:
    family = "\U0001f468\u200d\U0001f469\u200d\U0001f467"
    put(notes, f"Familier {family}")
    (hit,) = engines.search(ask("familier")).hits
    assert hit.title == f"<mark>Familier</mark> {family}"


@pytest.mark.parametrize(
    ("query", "first"),
    [("Ålborg", "Ålborg"), ("Aalborg", "Aalborg"), ("gruppen", "Gruppen"), ("gruppe", "Gruppe")],
)
def test_the_spelling_that_was_typed_comes_first(notes, ask: Ask, query: str, first: str) -> None:
    put(notes, "Ålborg", "Aalborg", "Grupperne", "Gruppen", "Gruppe", "Ålborgs")
    assert titles(engines.search(ask(query)))[0] == first


class TestTypos:
    @pytest.mark.parametrize("query", ["pårønrende", "paarørnde", "depresion", "depressoin", "derpession"])
    def test_one_or_two_wrong_letters_find_it_and_the_page_says_so(self, notes, ask: Ask, query: str) -> None:
        put(notes, "Pårørende", "Depression", "Sommer")
        results = engines.search(ask(query))
        meant = "depression" if query.startswith("d") else "pårørende"
        assert [title.casefold() for title in titles(results)] == [meant]
        assert results.corrected == (meant,)
        assert results.suggestion == meant
        assert "<mark>" in results.hits[0].title

    def test_the_other_words_of_the_suggestion_stay_as_they_were_typed(self, notes, ask: Ask) -> None:
        put(notes, "Stress og depression", "Stress", "Depression")
        results = engines.search(ask("Stress depresion"))
        assert results.suggestion == "Stress depression"
        assert titles(results)[0] == "Stress og depression"

    def test_a_word_that_is_known_is_not_corrected_while_it_finds_enough(self, notes, ask: Ask) -> None:
        put(notes, *(f"Samtaler {number}" for number in range(6)), "Samtalen")
        results = engines.search(ask("samtaler"))
        assert (results.corrected, results.suggestion) == ((), None)

    def test_nothing_is_suggested_that_is_not_found(self, notes, ask: Ask) -> None:
        put(notes, "Sommer")
        hour = timedelta(hours=1)
        notes.put("9", "Depression", visible_from=timezone.now() + hour)
        notes.index()
        results = engines.search(ask("depresion"))
        assert (results.total, results.suggestion, results.corrected) == (0, None, ())

    def test_words_of_what_is_gone_are_gone(self, notes, ask: Ask) -> None:
        put(notes, "Depression", "Sommer")
        assert IndexWord.objects.filter(word="depression").exists()
        del notes.held["0", "da"]
        from search import indexing

        indexing.refresh(notes, ["0"])
        assert not IndexWord.objects.filter(word="depression").exists()
        assert engines.search(ask("depresion")).total == 0

    def test_an_error_in_a_part_of_a_compound(self, notes, ask: Ask) -> None:
        put(notes, "Gruppe bei Trauer", "Sommer", locale="de")
        results = engines.search(ask("Hilfe Trauergrupppe", "de"))
        assert titles(results) == ["Gruppe bei Trauer"]
        assert results.suggestion == "trauergruppe"

    def test_a_right_word_stays_and_one_that_nothing_has_goes(self, notes, ask: Ask) -> None:
        put(notes, "Vrede", "Depression og vrede", "Brede smil ved depression", "Sommer")
        results = engines.search(ask("vrede depresion xyzabc"))
        assert results.suggestion == "vrede depression"

    def test_the_word_is_suggested_that_answered_the_best_result(self, notes, ask: Ask) -> None:
        # Both are one letter away; only one of them is with the other word.
        put(notes, "Samtaler", "Samtaler", "Angst og samtaler", "Angst og samtalen", "Angst")
        results = engines.search(ask("angst samtalex"))
        answered = titles(results)[0].partition(" og ")[2]
        assert results.suggestion == f"angst {answered}"

    def test_a_suggestion_finds_something_here(
        self, notes, ask: Ask, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        put(notes, "Depression", "Sommer")
        kind = type(engines.current())
        ask_engine, asked = kind.search, []

        def search(self, query: Query) -> Results:
            asked.append(query)
            found = ask_engine(self, query)
            return found if query.text == "depresion" else replace(found, total=0, hits=())

        monkeypatch.setattr(kind, "search", search)
        assert engines.search(ask("depresion")).suggestion is None
        assert [query.text for query in asked] == ["depresion", "depression"]


class TestSomeWords:
    def test_all_words_come_first_then_some_and_the_page_says_so(self, notes, ask: Ask) -> None:
        put(notes, "Kvinder og angst", "Angst", "Kvinder", "Sommer")
        results = engines.search(ask("angst hos kvinder"))
        assert titles(results)[0] == "Kvinder og angst"
        assert sorted(titles(results)) == ["Angst", "Kvinder", "Kvinder og angst"]
        assert results.loosened

    def test_where_many_have_all_words_the_others_stay_away(self, notes, ask: Ask) -> None:
        put(notes, *(f"Angst {number} for kvinder" for number in range(12)), "Angst", "Kvinder")
        results = engines.search(ask("angst kvinder"))
        assert results.total == 12
        assert not results.loosened

    def test_an_unknown_word_does_not_hide_what_the_others_find(self, notes, ask: Ask) -> None:
        put(notes, "Angst", "Sommer")
        results = engines.search(ask("angst xylofonorkester"))
        assert titles(results) == ["Angst"]
        assert results.loosened

    def test_facets_count_what_is_shown(self, notes, ask: Ask) -> None:
        notes.put("1", "Angst", facets={"colour": ("red",)})
        notes.put("2", "Kvinder", facets={"colour": ("blue",)})
        notes.index()
        results = engines.search(ask("angst kvinder"))
        assert {value.value: value.count for value in results.facets[0].values} == {"red": 1, "blue": 1}

    def test_a_compound_counts_by_one_part_where_little_is_found(self, notes, ask: Ask) -> None:
        put(notes, "Hilfe bei Krebs", "Sommer", locale="de")
        assert titles(engines.search(ask("Krebsberatung", "de"))) == ["Hilfe bei Krebs"]


class TestSynonyms:
    def add(self, word: str, *equivalents: str) -> None:
        Synonym.objects.create(word=word, same_as="\n".join(equivalents), locale="da")

    def test_an_editors_synonym_counts_at_the_next_request(self, notes, ask: Ask) -> None:
        put(notes, "Hash", "Sommer")
        assert engines.search(ask("tjald")).total == 0
        self.add("tjald", "hash")
        results = engines.search(ask("tjald"))
        assert titles(results) == ["Hash"]
        assert "<mark>" in results.hits[0].title

    def test_expressions_of_several_words_both_ways(self, notes, ask: Ask) -> None:
        put(notes, "Jeg ligger vågen hver nat", "Søvnløshed", "Sommer")
        self.add("ligger vågen", "søvnløshed")
        assert set(titles(engines.search(ask("ligger vågen")))) == {"Jeg ligger vågen hver nat", "Søvnløshed"}
        assert titles(engines.search(ask("søvnløshed")))[0] == "Søvnløshed"

    @pytest.mark.parametrize("held", ["e-mail", "A.A.", "Alzheimer-Café", "covid-19", "12-trins"])
    def test_words_with_a_hyphen_or_dots_are_found_both_ways(self, notes, ask: Ask, held: str) -> None:
        put(notes, f"Om {held} her", "Brevdue", "Sommer")
        self.add(held, "brevdue")
        assert "Brevdue" in titles(engines.search(ask(held)))
        assert f"Om {held} her" in titles(engines.search(ask("brevdue")))

    def test_a_held_word_that_is_asked_or_written_apart_is_the_same(self, notes, ask: Ask) -> None:
        put(notes, "Brevdue", "Om 12 trin", "Sommer")
        self.add("12-trins", "brevdue")
        for query in ("12-trins", "12 trin", "brevdue"):
            assert set(titles(engines.search(ask(query)))) == {"Brevdue", "Om 12 trin"}

    def test_five_words_are_one_expression(self, notes, ask: Ask) -> None:
        put(notes, "Brevdue", "Sommer")
        self.add("hund kat mus hest gris", "brevdue")
        assert titles(engines.search(ask("hund kat mus hest gris"))) == ["Brevdue"]


class TestPromotions:
    def promote(self, key: str, *queries: str, action: str = "promote") -> None:
        Promotion.objects.create(
            locale="da", words="\n".join(queries), searchable="tests.note", object_key=key, action=action
        )

    def test_a_promoted_thing_comes_first_even_without_the_words_and_counts(self, notes, ask: Ask) -> None:
        put(notes, "Angst", "Angst og uro", "Sommer")
        self.promote("2", "angst")
        results = engines.search(ask("angst"))
        assert titles(results) == ["Sommer", "Angst", "Angst og uro"]
        assert results.total == 3

    @pytest.mark.parametrize("held", ["e-mail", "A.A.", "Alzheimer-Café", "covid-19"])
    def test_words_with_a_hyphen_or_dots_promote(self, notes, ask: Ask, held: str) -> None:
        put(notes, f"Om {held} her", "Brevdue", "Sommer")
        self.promote("1", f"Noget andet\n{held}")
        assert titles(engines.search(ask(held)))[0] == "Brevdue"

    def test_a_demoted_thing_comes_last_on_every_page(self, notes, ask: Ask) -> None:
        put(notes, *(f"Angst {number:02}" for number in range(12)))
        self.promote("0", "angst", action="demote")
        pages = [engines.search(ask("angst", page=page, per_page=5)) for page in (1, 2, 3)]
        found = [title for page in pages for title in titles(page)]
        assert found[-1] == "Angst 00"
        assert len(set(found)) == 12


class TestPlaces:
    @pytest.fixture(autouse=True)
    def places(self, notes, monkeypatch: pytest.MonkeyPatch) -> None:
        facet = registry.facets(["colour"])[0]
        known = {"rødby": "red", "blåvand": "blue"}

        def named(names: Sequence[str]) -> dict[str, str]:
            return {name: known[name.casefold()] for name in names if name.casefold() in known}

        monkeypatch.setattr(facet, "places", named)
        notes.put("1", "Sorggruppe", body="Vi mødes i Blåvand", facets={"colour": ("blue",)})
        notes.put("2", "Sorggruppe", body="Ikke langt fra Blåvand", facets={"colour": ("red",)})
        notes.put("3", "Sorggruppe", body="Vi mødes i Rødby", facets={"colour": ("red",)})
        notes.put("4", "Sangkor", body="Vi mødes i Blåvand", facets={"colour": ("blue",)})
        notes.index()

    def keys(self, results: Results) -> list[str]:
        return [hit.row.object_key for hit in results.hits]

    def test_what_is_there_comes_first_and_what_is_elsewhere_is_not_lost(self, ask: Ask) -> None:
        assert self.keys(engines.search(ask("sorggruppe Blåvand")))[:3] == ["1", "2", "3"]

    def test_a_place_alone_finds_what_is_there(self, ask: Ask) -> None:
        assert set(self.keys(engines.search(ask("blåvand")))[:2]) == {"1", "4"}


def test_what_was_checked_recently_is_a_little_better(notes, ask: Ask) -> None:
    today = timezone.localdate()
    notes.put("1", "Angst", checked_on=today - timedelta(days=900))
    notes.put("2", "Angst", checked_on=today)
    notes.put("3", "Noget om angst", checked_on=today)
    notes.index()
    assert [hit.row.object_key for hit in engines.search(ask("angst")).hits] == ["2", "1", "3"]


def test_why_a_result_is_there_is_told(notes, ask: Ask) -> None:
    notes.put("1", "Gruppe for pårørende", body="En gruppe")
    notes.index()
    (hit,) = engines.search(ask("pårørendegruppe")).hits
    assert {match.field: dict(match.words) for match in hit.why.matches} == {
        "title": {"gruppe": 1, "pårørende": 1},
        "body": {"gruppe": 1},
    }
    assert hit.why.factors[-1][1] == round(hit.score, 3)


def test_more_words_ask_no_more_of_the_database(notes, ask: Ask) -> None:
    put(notes, *(f"Angst {number} og uro hos kvinder" for number in range(12)))
    engines.search(ask("angst"))
    counts = []
    for text in ("angst", "angst uro", "angst uro kvinder"):
        with CaptureQueriesContext(connection) as queries:
            engines.search(ask(text))
        counts.append(len(queries))
    assert counts[0] == counts[1] == counts[2]


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    text=st.text(alphabet="aåæøeoäöüßsrg -.*'\u030a\u0308", max_size=30),
    locale=st.sampled_from(["da", "de", "en"]),
)
def test_equivalent_unicode_is_the_same_query(notes, ask: Ask, text: str, locale: str) -> None:
    import unicodedata

    composed, decomposed = (unicodedata.normalize(form, text) for form in ("NFC", "NFD"))
    assert understand(composed, locale) == understand(decomposed, locale)
