"""The words of the index, kept as it is written: how rare each is, and what is near to an unknown one.

Only what documents of the index say is in it, so nothing is ever suggested that is not public.
"""

import math
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain
from typing import Any, TypeVar

from django.db import connection, transaction
from django.db.models import Count
from rapidfuzz.distance import OSA

from . import compound_words, locks
from .analysis import (
    ANALYSIS_VERSION,
    WORD,
    analyse_word,
    bare,
    base_language,
    joined_in,
    normalise,
    part_stems,
)
from .documents import Document
from .models import IndexWord, SearchDocument
from .statements import rows

#: Stands in the row that counts all documents.
_VERSION = str(ANALYSIS_VERSION)
_TABLE = IndexWord._meta.db_table
_BATCH = 500
_ROW = "(%s, %s, %s, %s, %s, %s, %s, %s, %s, %s)"
_ADD = f"""
INSERT INTO {_TABLE} (locale, is_part, word, stem, written, bare, initial, ending, length, documents)
VALUES {_ROW}
ON CONFLICT (locale, is_part, word, stem) DO UPDATE SET documents = {_TABLE}.documents + excluded.documents
"""  # noqa: S608
_NEAR = f"""
SELECT word, stem, written, bare, documents FROM {_TABLE}
WHERE locale = %s AND length BETWEEN %s AND %s AND initial IN (%s, %s) AND is_part = %s
UNION
SELECT word, stem, written, bare, documents FROM {_TABLE}
WHERE locale = %s AND length BETWEEN %s AND %s AND ending = %s AND is_part = %s
"""  # noqa: S608
_FREQUENCIES = f"SELECT is_part, word, stem, documents FROM {_TABLE} WHERE locale = %s AND stem IN (...)"  # noqa: S608
_ENDING = 3
#: Fewer letters are never taken for a typing error; from the second number on two errors are allowed. The
#: second pair is for queries of which nothing else is known.
_LENGTHS, _LENGTHS_ALONE = (5, 8), (4, 6)
_MOST_NEAR = 3

Value = TypeVar("Value")
Indexed = Document | SearchDocument
#: locale, whether a compound's part, word, stem.
_Key = tuple[str, bool, str, str]


@dataclass(frozen=True, slots=True)
class Near:
    """A word of the index that is near to a typed one: `cost` letters differ."""

    written: str
    stem: str
    cost: int


@dataclass(frozen=True, slots=True)
class Frequencies:
    """In how many documents stems occur, as whole words and as parts; `total` is that of all documents."""

    total: int
    whole: Mapping[str, int]
    parts: Mapping[str, int]

    def rarity(self, documents: int) -> float:
        """The inverse document frequency of what so many documents have: the same on every engine."""
        return math.log(1 + (self.total + 1) / (min(documents, self.total) + 1))


def add(documents: Iterable[Indexed]) -> None:
    """Count the words of documents that enter the index."""
    replace((), documents)


def take(documents: Iterable[Indexed]) -> None:
    """Take the words of documents out that leave the index; a word that nothing has any more goes at once."""
    replace(documents, ())


def replace(former: Iterable[Indexed], documents: Iterable[Indexed]) -> None:
    """Take and add at once: words that both have cost nothing."""
    counted = _Counted()
    counted.count(documents, 1)
    counted.count(former, -1)
    changes = sorted((key, number) for key, number in counted.numbers.items() if number)
    for batch in _batches(changes):
        _write([(*key, counted.written[key], *_found_by(key[2]), number) for key, number in batch])
    _forget_unused(key for key, number in changes if number < 0)


def _forget_unused(keys: Iterable[_Key]) -> None:
    fewer: dict[str, set[str]] = defaultdict(set)
    for locale, _is_part, word, _stem in keys:
        fewer[locale].add(word)
    for locale, words in fewer.items():
        for some in _batches(sorted(words)):
            there = IndexWord.objects.filter(locale=locale, is_part__in=(False, True), word__in=some)
            there.filter(documents__lte=0).delete()


def _write(values: Sequence[tuple[Any, ...]]) -> None:
    marks = ", ".join([_ROW] * len(values))
    with connection.cursor() as cursor:
        cursor.execute(_ADD.replace(_ROW, marks), list(chain.from_iterable(values)))


def _batches(values: Sequence[Value]) -> Iterator[Sequence[Value]]:
    return (values[start : start + _BATCH] for start in range(0, len(values), _BATCH))


def is_right() -> bool:
    """Whether the words were counted as they are analysed now, for as many documents as there are."""
    totals = dict(IndexWord.objects.filter(word="").values_list("locale", "documents"))
    rows = SearchDocument.objects.order_by().values_list("locale").annotate(Count("id"))
    analysed = IndexWord.objects.filter(word="").exclude(written=_VERSION)
    return totals == dict(rows) and not analysed.exists()


def distrust() -> None:
    """Have the next rebuild count everything anew."""
    IndexWord.objects.filter(word="").update(written="")


@transaction.atomic
def recount() -> None:
    """Count everything anew."""
    locks.take_turn()
    compound_words.apply()
    IndexWord.objects.all().delete()
    batch: list[SearchDocument] = []
    rows = SearchDocument.objects.only("locale", "lang", "title", "keywords", "summary", "body")
    for row in rows.order_by("id").iterator(_BATCH):
        batch.append(row)
        if len(batch) == _BATCH:
            add(batch)
            batch = []
    add(batch)


class _Counted:
    """In how many documents words occur, and how each is written."""

    def __init__(self) -> None:
        self.numbers: dict[_Key, int] = defaultdict(int)
        self.written: dict[_Key, str] = {}
        #: Locale and language -> word of a text -> its keys.
        self._known: dict[tuple[str, str], dict[str, list[_Key]]] = defaultdict(dict)

    def count(self, documents: Iterable[Indexed], number: int) -> None:
        for document in documents:
            for key in self._keys(document):
                self.numbers[key] += number

    def _keys(self, document: Indexed) -> set[_Key]:
        """Each word and each part of a document; and the document itself, as the row without a word."""
        itself = (document.locale, False, "", "")
        self.written[itself] = _VERSION
        text = normalise("\n".join((document.title, *document.keywords, document.summary, document.body)))
        raws = {*WORD.findall(text), *joined_in(text)}
        keys = {itself}
        for language in dict.fromkeys(map(base_language, (document.lang, document.locale))):
            known = self._known[document.locale, language]
            for raw in raws:
                if raw not in known:
                    known[raw] = list(self._new(raw, document.locale, language))
            keys.update(*map(known.__getitem__, raws))
        return keys

    def _new(self, raw: str, locale: str, language: str) -> Iterator[_Key]:
        word, stem = analyse_word(raw, language)
        key = (locale, False, word, stem)
        self.written.setdefault(key, raw.casefold()[: len(word)])
        yield key
        for part in part_stems(raw, language):
            key = (locale, True, part, part)
            self.written.setdefault(key, part)
            yield key


def _found_by(word: str) -> tuple[str, str, str, int]:
    plain = bare(word)
    return plain, plain[:1], plain[-_ENDING:], len(plain)


def frequencies(locale: str, stems: Sequence[str]) -> Frequencies:
    """Of these stems, in one query."""
    total, whole, parts = 0, dict[str, int](), dict[str, int]()
    for is_part, word, stem, documents in rows(_FREQUENCIES, ["", *stems], locale):
        if not word:
            total = documents
        else:
            counts = parts if is_part else whole
            counts[stem] = counts.get(stem, 0) + documents
    return Frequencies(total, whole, parts)


def begins(locale: str, word: str) -> bool:
    """Whether words of the index begin with this one."""
    return IndexWord.objects.filter(locale=locale, is_part=False, word__startswith=word).exists()


def near(locale: str, word: str, *, alone: bool = False) -> tuple[Near, ...]:
    """The words of the index that fewest letters separate from a folded word, most frequent first."""
    typed = bare(word)
    shortest, long = _LENGTHS_ALONE if alone else _LENGTHS
    if len(typed) < shortest or not typed.isalpha():
        return ()
    allowed = 2 if len(typed) >= long else 1
    best: dict[str, tuple[int, bool, int, str]] = {}
    for stem, written, plain, documents in _candidates(locale, typed, allowed):
        cost = OSA.distance(typed, plain, score_cutoff=allowed)
        if cost > allowed:
            continue
        rank = (cost, plain[0] != typed[0], -documents, written)
        best[stem] = min(best.get(stem, rank), rank)
    ranked = sorted((*rank, stem) for stem, rank in best.items())
    return tuple(
        Near(written, stem, cost)
        for cost, elsewhere, _documents, written, stem in ranked[:_MOST_NEAR]
        if (cost, elsewhere) == ranked[0][:2]
    )


def _candidates(locale: str, typed: str, allowed: int) -> list[tuple[str, str, str, int]]:
    """Words of about that length that begin or end alike; a typing error rarely hits both."""
    lengths = (len(typed) - allowed, len(typed) + allowed)
    begins = (typed[0], typed[1])
    with connection.cursor() as cursor:
        cursor.execute(_NEAR, [locale, *lengths, *begins, False, locale, *lengths, typed[-_ENDING:], False])
        return [row[1:] for row in cursor.fetchall()]
