"""Only words that can have a part that is asked for are split when a search reads them: nothing is missed."""

from __future__ import annotations

from itertools import pairwise

import pytest

from search import lexicon
from search.analysis import analyse_word, part_stems, readings
from search.analysis.readings import Additions
from search.analysis.word_lists import committed
from search.lexicon import Lexicon
from tests.search.test_compounds import judged

_ENDINGS = ("", "e", "en", "er", "s")


def compounds(language: str) -> set[str]:
    """The judged words, and made-up ones of the listed words in several forms."""
    words = [word for word, _parts in (*judged(language), *judged(f"held-out-{language}"))]
    listed = sorted(committed(language).words.values())
    made = [
        f"{first}{linked}{second}{_ENDINGS[number % 5]}"
        for number, (first, second) in enumerate(pairwise(listed[::8]))
        for linked in ("", "s")
    ]
    return {*words, *made, *(word.title() for word in made[::7])}


@pytest.mark.parametrize("language", ["da", "de"])
def test_every_part_of_every_word_is_found(language: str) -> None:
    raws = compounds(language)
    wanted: dict[str, set[str]] = {}
    for raw in raws:
        for part in part_stems(raw, language):
            wanted.setdefault(f"__{part}", set()).add(raw)
    assert len(wanted) > 500
    together = Lexicon(language)
    for term in sorted(wanted)[::5]:
        assert together.having((term,), raws) == wanted[term], term
    assert Lexicon(language).having(tuple(wanted), raws) == set().union(*wanted.values())


@pytest.mark.parametrize(
    ("language", "word", "part"),
    [
        ("de", "Ärztehaus", "Arzt"),
        ("de", "Kleingärtnerverein", "Gärtner"),
        ("de", "Bluthochdruck", "Blut"),
        ("de", "Straßenfest", "Strasse"),
        ("da", "kinoaften", "aften"),
        ("da", "øgruppe", "ø"),
        ("da", "paaroerendegruppe", "pårørende"),
    ],
)
def test_a_part_in_another_spelling_or_inflection(language: str, word: str, part: str) -> None:
    term = f"__{analyse_word(part, language)[1]}"
    found = Lexicon(language).having((term,), {word, "andet"})
    assert bool(found) == (term[2:] in part_stems(word, language))


def test_few_words_are_split(monkeypatch: pytest.MonkeyPatch) -> None:
    split: list[str] = []

    def noting(raw: str, language: str) -> tuple[str, ...]:
        split.append(raw)
        return part_stems(raw, language)

    monkeypatch.setattr(lexicon, "part_stems", noting)
    raws = {word for word, _parts in judged("da")}
    found = Lexicon("da").having(("_grup", "__grup"), raws)
    assert "selvhjælpsgruppe" in found
    assert len(split) < len(raws) / 20


def test_parts_that_editors_gave_need_not_stand_in_the_word() -> None:
    with readings.using({"da": Additions(decided={analyse_word("ligkiste", "da")[1]: ("død", "kasse")})}):
        assert Lexicon("da").having(("__kas",), {"ligkisterne", "kasse"}) == {"ligkisterne"}
