"""Editors decide how compounds are read, and the index teaches parts: for queries and for the index alike."""

from __future__ import annotations

import io
import sys
from collections.abc import Iterator
from html import unescape

import pytest
from django.contrib.auth.models import Permission, User
from django.core.exceptions import ValidationError
from django.core.management import CommandError, call_command
from django.db import DatabaseError
from django.test import Client
from django.urls import reverse

from search import compound_changes, compound_words, rebuilding, vocabulary
from search.analysis import part_stems, readings
from search.models import CompoundWord, IndexWord, LearntWord, OutboxRow

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def read_as_the_database_says() -> Iterator[None]:
    """What a test decides is gone with its transaction; the process forgets it too."""
    yield
    readings.use({})
    compound_words._in_use.token = None


def decide(word: str, parts: str = "", locale: str = "da") -> CompoundWord:
    row = CompoundWord(locale=locale, word=word, parts=parts)
    row.full_clean()
    row.save()
    return row


def found(ask, text: str) -> list[str]:
    return [hit.row.title for hit in ask(text).hits]


@pytest.fixture
def ask(notes, site):
    from search import engines
    from search.query import Query

    return lambda text: engines.search(Query(text=text, locale="da", site=site))


def test_a_decision_counts_at_the_next_search_and_for_what_is_indexed_already(notes, ask) -> None:
    notes.put("1", "Blopzork hos os")
    notes.put("2", "Zork og blop til alle")
    notes.index()
    assert found(ask, "zork") == ["Zork og blop til alle"]
    row = decide("blopzork", "blop+zork")
    assert found(ask, "zork") == ["Zork og blop til alle", "Blopzork hos os"]
    assert "Zork og blop til alle" in found(ask, "blopzorken")  # in any inflection
    assert set(IndexWord.objects.filter(is_part=True).values_list("word", "documents")) >= {("zork", 1)}
    row.delete()
    assert found(ask, "zork") == ["Zork og blop til alle"]
    assert not IndexWord.objects.filter(is_part=True, word="zork").exists()


def test_a_word_that_is_to_stay_whole_is_found_by_its_parts_no_more(notes, ask) -> None:
    notes.put("1", "Pårørendegruppe")
    notes.index()
    assert found(ask, "gruppe") == ["Pårørendegruppe"]
    row = decide("pårørendegruppe")
    assert found(ask, "gruppe") == []
    row.locale = "de"
    row.save()
    assert found(ask, "gruppe") == ["Pårørendegruppe"]


def test_where_very_many_documents_have_the_word_the_rest_follows_with_the_next_rebuild(
    notes, ask, monkeypatch
) -> None:
    monkeypatch.setattr(compound_changes, "AT_ONCE", 1)
    for number in range(3):
        notes.put(str(number), f"Blopzork {number}")
    notes.index()
    decide("blopzork", "blop+zork")
    assert len(found(ask, "zork")) == 1
    assert not vocabulary.is_right()
    rebuilding.run(quiet=True)
    assert len(found(ask, "zork")) == 3
    assert vocabulary.is_right()


def test_every_process_reads_what_another_one_decided(notes) -> None:
    compound_words.apply()
    decide("blopzork", "blop+zork")
    readings.use({})
    compound_words._in_use.token = "that of before"
    compound_words.apply()
    assert part_stems("Blopzork", "da") == ("blop", "zork")


@pytest.mark.parametrize(
    ("locale", "word", "parts", "field"),
    [
        ("en", "household", "", "locale"),
        ("da", "to ord", "", "word"),
        ("da", "covid19", "", "word"),
        ("da", "bil", "", "word"),
        ("da", "bildør", "bil", "parts"),
        ("da", "bildør", "bil+2", "parts"),
        ("da", "bildør", "bil+hus", "parts"),
        ("da", "bildør", "dør+bil", "parts"),
        ("da", "sorggrupperne", "sorg+gruppe", "word"),
    ],
)
def test_what_makes_no_sense_is_refused_beside_the_field(
    locale: str, word: str, parts: str, field: str
) -> None:
    decide("sorggruppe", "sorg+gruppe")
    with pytest.raises(ValidationError) as refused:
        decide(word, parts, locale)
    assert set(refused.value.message_dict) == {field}


@pytest.mark.parametrize(
    ("locale", "word", "parts"),
    [
        ("da", " Arbejdsplads ", "arbejde + plads"),
        ("da", "paaroerendegruppe", "pårørende+gruppe"),
        ("de", "Schulbus", "Schule+Bus"),
        ("de", "Kindertagesstätten", "Kind+Tag+Stätte"),
    ],
)
def test_linking_elements_lost_letters_and_endings_are_understood(locale: str, word: str, parts: str) -> None:
    assert decide(word, parts, locale).pieces


def test_an_editor_decides_in_the_admin(client: Client, site) -> None:
    user = User.objects.create_user("soeg", password="lang-og-hemmelig")
    names = ["access_admin", *(f"{action}_compoundword" for action in ("add", "change", "delete", "view"))]
    user.user_permissions.set(Permission.objects.filter(codename__in=names))
    client.force_login(user)
    client.defaults["HTTP_ACCEPT_LANGUAGE"] = "da"
    address = reverse("torv_search_compounds:add")
    refused = client.post(address, {"locale": "da", "word": "bildør", "parts": "bil+hus"})
    shown = unescape(refused.content.decode())
    assert "“bil+hus” bliver ikke til “bildør”." in shown
    assert 'value="bil+hus"' in shown
    assert client.post(address, {"locale": "da", "word": "bildør", "parts": ""}).status_code == 302
    listed = client.get(reverse("torv_search_compounds:index")).content.decode()
    assert "Deles ikke" in listed


def test_the_index_teaches_parts_that_several_documents_have(notes, ask) -> None:
    for number in range(3):
        notes.put(str(number), f"Kvorken {number}")
    notes.put("x", "Kvorkenklub")
    notes.put("y", "Pilkenklub")
    notes.index()
    assert not LearntWord.objects.exists()
    rebuilding.run(quiet=True)
    assert list(LearntWord.objects.filter(language="da").values_list("word", flat=True)) == ["kvorken"]
    assert part_stems("kvorkenklub", "da") == ("kvork", "klub")
    assert "Kvorkenklub" in found(ask, "kvorken")
    assert vocabulary.is_right()
    for number in range(3):
        notes.held.pop((str(number), "da"))
    rebuilding.run(quiet=True)
    rebuilding.run(quiet=True)
    assert not LearntWord.objects.exists()


def test_what_was_learnt_moves_the_counts_of_words_with_it(notes) -> None:
    for number in range(3):
        notes.put(str(number), f"Kvorken {number}", summary="kvorkenfest")
    notes.index()
    rebuilding.run(quiet=True)
    before = set(IndexWord.objects.values_list("locale", "is_part", "word", "stem", "documents"))
    vocabulary.recount()
    assert set(IndexWord.objects.values_list("locale", "is_part", "word", "stem", "documents")) == before
    assert not OutboxRow.objects.exists()


def printed(capsys: pytest.CaptureFixture[str], *arguments: str) -> list[str]:
    call_command("split_words", *arguments)
    return capsys.readouterr().out.splitlines()


def test_the_command_knows_with_index_what_was_decided_and_learnt(capsys) -> None:
    decide("bildør")
    LearntWord.objects.create(language="da", word="kvorken", written="kvorken")
    assert printed(capsys, "da", "bildør", "kvorkenklub") == ["bildør\tbil+dør", "kvorkenklub\tkvorkenklub"]
    found = printed(capsys, "da", "bildøren", "kvorkenklub", "--index")
    assert found == ["bildøren\tbildøren", "kvorkenklub\tkvorken+klub"]


def test_the_command_reads_its_input_and_any_unicode(capsys, monkeypatch) -> None:
    odd = ["sorggruppe", "", "x\ty", "日本語", "\ud800", "é" * 500, "🙂", "A\u030aarhusgruppe", "-", "+"]
    monkeypatch.setattr(sys, "stdin", io.StringIO("\n".join(odd)))
    lines = printed(capsys, "da")
    assert lines[0] == "sorggruppe\tsorg+gruppe"
    assert [line.count("\t") for line in lines] == [1] * 9


def test_the_command_needs_no_database_but_for_the_index(capsys, monkeypatch) -> None:
    def missing() -> None:
        raise DatabaseError

    monkeypatch.setattr(compound_words, "additions", missing)
    assert printed(capsys, "da", "sorggruppe") == ["sorggruppe\tsorg+gruppe"]
    with pytest.raises(CommandError, match="migrate"):
        call_command("split_words", "da", "sorggruppe", "--index")
