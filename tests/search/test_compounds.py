"""Compounds: judged words of municipal life, by the committed word lists alone."""

import csv
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from search.analysis.compounds import Vocabulary, split

JUDGED = Path(__file__).parent / "compounds"
Judged = list[tuple[str, tuple[str, ...]]]


def judged(language: str) -> Judged:
    with (JUDGED / f"{language}.csv").open(encoding="utf-8") as file:
        return [
            (row["word"], tuple(row["parts"].split("+")) if row["parts"] else ())
            for row in csv.DictReader(file)
        ]


@pytest.mark.parametrize("language", ["da", "de"])
def test_judged_words_are_split_as_people_split_them(language: str) -> None:
    words = judged(language)
    wholes = sum(not parts for _, parts in words)
    assert len({word for word, _ in words}) >= 300
    assert wholes * 3 >= len(words)
    wrong = [word for word, parts in words if (found := split(word, language)) and found != parts]
    was_split = sum(bool(split(word, language)) for word, _ in words)
    right = sum(bool(parts) and split(word, language) == parts for word, parts in words)
    assert 1 - len(wrong) / was_split >= 0.98, wrong
    assert right / (len(words) - wholes) >= 0.90


@pytest.mark.parametrize(
    ("language", "word", "parts"),
    [
        ("da", "PAAROERENDEGRUPPER", ("pårørende", "grupper")),
        ("de", "Maennergruppe", ("männer", "gruppe")),
        ("de", "Straßenbahn", ("straße", "bahn")),
        ("en", "housework", ()),
        ("da", "", ()),
        ("da", "x" * 500, ()),
        ("de", "Covid19", ()),
    ],
)
def test_spelling_case_and_odd_input(language: str, word: str, parts: tuple[str, ...]) -> None:
    assert split(word, language) == parts


def test_what_somebody_decided_comes_first() -> None:
    vocabulary = Vocabulary.of("da", ["bil", "dør"], {"bildoer": (), "xyzbil": ("xyz", "bil")})
    assert split("bildør", "da", vocabulary) == ()
    assert split("xyzbil", "da", vocabulary) == ("xyz", "bil")
    assert split("dørbil", "da", vocabulary) == ("dør", "bil")


def test_command_prints_a_line_a_word(capsys: pytest.CaptureFixture[str]) -> None:
    call_command("split_words", "de", "Krankenhausaufenthalt", "Lampe")
    assert capsys.readouterr().out == "Krankenhausaufenthalt\tkranken+haus+aufenthalt\nLampe\tLampe\n"


def test_command_refuses_a_language_it_does_not_split() -> None:
    with pytest.raises(CommandError, match="da, de"):
        call_command("split_words", "fr", "mot")
