"""Documents as the scorer and the snippets read them: split into words, and kept for who asks again."""

import json
from collections import OrderedDict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache, cached_property
from sys import intern
from threading import Lock
from typing import Any

from .analysis import WORD, joined_in
from .results import StoredHit
from .statements import day

#: Characters of text that a process keeps so, about as many bytes as ten times that.
_KEPT = 2_000_000

#: Columns of a document that hold JSON.
JSON_COLUMNS = ("keywords", "stored", "other_positions")
#: Fields, by number.
TITLE, KEYWORDS, SUMMARY, BODY = range(4)
#: A field, and the number of the text in it: keywords are several.
Place = tuple[int, int]
#: A document's id and fingerprint: what is stored of it has another fingerprint once it changes.
Key = tuple[int, str]


class Text:
    """The words of a field, in order; after them its held words as one word each (`email` for `e-mail`)."""

    __slots__ = ("joined", "raws", "text", "words")

    def __init__(self, text: str) -> None:
        self.text = text
        self.raws = [intern(raw) for raw in WORD.findall(text)]
        self.joined = joined_in(text)
        self.words = frozenset((*self.raws, *self.joined))

    def occurrences(self, word: str) -> int:
        return self.raws.count(word) + self.joined.count(word)


@dataclass(frozen=True)
class Candidate:
    """A document of the index. What of it is not asked for is not read from its columns either."""

    id: int
    boost: float
    #: Those of a `StoredHit`, as the database gives them: JSON and dates as text.
    columns: Mapping[str, Any]

    @property
    def languages(self) -> tuple[str, str]:
        """Those in which its words are read: its own, and that of the index it stands in."""
        return self.columns["lang"], self.columns["locale"]

    @cached_property
    def checked_on(self) -> date | None:
        return day(self.columns["checked_on"])

    @cached_property
    def row(self) -> StoredHit:
        read = {name: json.loads(self.columns[name]) for name in JSON_COLUMNS}
        return StoredHit(**{**self.columns, **read, "checked_on": self.checked_on})

    @cached_property
    def title(self) -> Text:
        return Text(self.columns["title"])

    @cached_property
    def keywords(self) -> tuple[Text, ...]:
        return tuple(map(Text, json.loads(self.columns["keywords"])))

    @cached_property
    def summary(self) -> Text:
        return Text(self.columns["summary"])

    @cached_property
    def body(self) -> Text:
        """Often not needed: words that stand in the head are not looked for in the body."""
        return Text(self.columns["body"])

    @cached_property
    def head(self) -> Mapping[str, tuple[Place, ...]]:
        """The words of all but the body, with where they stand."""
        texts = [(TITLE, 0, self.title), (SUMMARY, 0, self.summary)]
        texts += [(KEYWORDS, number, keyword) for number, keyword in enumerate(self.keywords)]
        found: dict[str, tuple[Place, ...]] = {}
        for place, number, text in texts:
            alone = _alone(place, number)
            for word in text.words:
                found[word] = (*found[word], *alone) if word in found else alone
        return found


@cache
def _alone(place: int, number: int) -> tuple[Place]:
    """The same object for all words that stand in one place: there are many."""
    return ((place, number),)


class Kept:
    """The candidates that were asked for last, as long as their texts. Threads share it."""

    def __init__(self, most: int = _KEPT) -> None:
        self._most = most
        self._size = 0
        self._held: OrderedDict[Key, tuple[Candidate, int]] = OrderedDict()
        self._lock = Lock()

    def get(self, key: Key) -> Candidate | None:
        with self._lock:
            if key not in self._held:
                return None
            self._held.move_to_end(key)
            return self._held[key][0]

    def put(self, key: Key, candidate: Candidate, size: int) -> None:
        """`size` is the length of its texts."""
        with self._lock:
            self._size += size - self._held.pop(key, (None, 0))[1]
            self._held[key] = candidate, size
            while self._size > self._most:
                _key, (_candidate, freed) = self._held.popitem(last=False)
                self._size -= freed
