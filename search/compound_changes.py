"""What follows from a change of how compounds are read.

Decisions count at the next query. Documents that have a word which is now read otherwise are written anew
in the same transaction, some hundred at once; where there are more, the rest follows when the index is next
compared with the content as a whole. So index and query never disagree about a word for longer than that.
"""

import re
from collections.abc import Iterator, Sequence
from typing import Any

from django.db import transaction
from django.db.models import Sum

from . import compound_words, indexing, locks, outbox, remembering
from .analysis import base_language, is_stop_word, readings
from .analysis.grammar import GRAMMARS
from .analysis.readings import Additions, AllAdditions, Reader
from .clauses import Alternative, Clause, Kind, ParsedQuery
from .engines.vendors import text_index
from .models import IndexWord, LearntWord

#: Documents that are written anew in the request of the editor.
AT_ONCE = 500
#: A word of the index is learnt where so many documents have it, and forgotten where fewer have; its length.
_LEARN, _FORGET = 3, 2
_LENGTHS = range(5, 13)
_MOST = 5000


def before_change(**kwargs: Any) -> None:
    """A decision is about to change: know how words are read until then. A receiver of signals."""
    with transaction.atomic():
        locks.take_turn()
        compound_words.apply()


def after_change(**kwargs: Any) -> None:
    """Read and index by the new decisions. A receiver of signals, in the transaction of the change."""
    before, after = readings.current(), compound_words.additions()
    for language in GRAMMARS:
        old, new = before.get(language, Additions()).decided, after[language].decided
        stems = {stem for stem in {*old, *new} if old.get(stem) != new.get(stem)}
        _reread(language, stems, before, after, AT_ONCE)
    _put_in_force(after)


def _put_in_force(after: AllAdditions) -> None:
    remembering.forget()
    compound_words.put_in_force(after)


def _reread(
    language: str, stems: set[str], before: AllAdditions, after: AllAdditions, limit: int | None = None
) -> None:
    """Write the documents that have these words anew."""
    if not stems:
        return
    with transaction.atomic():
        locks.take_turn()
        ids = sorted(_documents_with(language, sorted(stems)))
        indexing.reread(ids[:limit], before, after)
        if limit is not None and len(ids) > limit:
            indexing.read_anew_later(ids[limit:])
        if ids:
            outbox.wake()


def _documents_with(language: str, stems: Sequence[str]) -> set[int]:
    found: set[int] = set()
    rows = IndexWord.objects.filter(stem__in=stems, is_part=False).values_list("locale", "stem").distinct()
    for locale, stem in sorted(rows):
        clause = Clause(stem, stem, (Alternative(Kind.WORD, ((f"_{stem}",),)),), (stem,))
        found.update(
            document for document, _score in text_index().ranked(ParsedQuery(locale, (clause,), ((0,),)))
        )
    return found


def learn() -> None:
    """Take the words of the index as parts that documents have often enough; the rest of `rebuilding.run`."""
    before = compound_words.additions()
    learnt = {language: _taught(language, before[language]) for language in GRAMMARS}
    if all(learnt[language] == before[language].learnt for language in GRAMMARS):
        return
    with transaction.atomic():
        locks.take_turn()
        LearntWord.objects.all().delete()
        LearntWord.objects.bulk_create(
            LearntWord(language=language, word=word, written=written)
            for language, words in learnt.items()
            for word, written in sorted(words.items())
        )
        after = compound_words.additions()
        for language in GRAMMARS:
            _reread(language, _read_otherwise(language, before[language], after[language]), before, after)
        _put_in_force(after)


def _taught(language: str, now: Additions) -> dict[str, str]:
    """Plain word -> word, for words that nothing in the lists explains."""
    plain = Reader(language, Additions())
    shortest: dict[str, tuple[int, str, str]] = {}
    for word, stem, written, documents in _counted(language):
        if documents < (_FORGET if word in now.learnt else _LEARN) or not _may_be_part(word, language):
            continue
        if not plain.splitter.explains(word):
            shortest[stem] = min(shortest.get(stem, (99, "", "")), (len(word), word, written))
    candidates = {word: written for _length, word, written in sorted(shortest.values())[:_MOST]}
    return _used(language, candidates)


def _used(language: str, candidates: dict[str, str]) -> dict[str, str]:
    """Those that words of the index are made of, each beside a word of the lists."""
    reader = Reader(language, Additions(learnt=candidates))
    parts = {
        part for _word, _stem, written, _documents in _counted(language) for part in reader.parts(written)
    }
    return {word: written for word, written in candidates.items() if written in parts}


def _may_be_part(word: str, language: str) -> bool:
    return len(word) in _LENGTHS and word.isalpha() and not is_stop_word(word, language)


def _counted(language: str) -> Iterator[tuple[str, str, str, int]]:
    """The words of the index in this language, with the number of documents, most frequent first."""
    locales = [
        each
        for each in IndexWord.objects.values_list("locale", flat=True).distinct()
        if base_language(each) == language
    ]
    rows = IndexWord.objects.filter(locale__in=locales, is_part=False).exclude(word="")
    counted = rows.values_list("word", "stem", "written").annotate(total=Sum("documents"))
    yield from counted.order_by("-total", "word")


def _read_otherwise(language: str, before: Additions, after: Additions) -> set[str]:
    """Stems of the words of the index that are split otherwise by what was learnt or forgotten."""
    words = sorted({word for word, _written in set(before.learnt.items()) ^ set(after.learnt.items())})
    if not words:
        return set()
    touched = re.compile("|".join(map(re.escape, words)))
    old, new = Reader(language, before), Reader(language, after)
    return {
        stem
        for word, stem, written, _documents in _counted(language)
        if touched.search(word) and old.parts(written) != new.parts(written)
    }
