"""Found words, marked in stored text: inflected and folded ones too. All text is escaped."""

from bisect import bisect_left
from collections.abc import Container, Iterable, Iterator, Sequence
from html import escape

from django.utils.safestring import SafeString

from .analysis import EXPRESSION, joined_word
from .candidates import Candidate, Text
from .matching import Matcher

#: Characters of a snippet, about; it ends at a word.
LENGTH = 220


def found_places(text: Text, languages: tuple[str, str], matcher: Matcher) -> list[tuple[int, int]]:
    """Where words of the query stand in `text`, as offsets in order."""
    if matcher.parsed.is_empty:
        return []
    known = matcher.of(languages)
    known.read(text.words)
    present = known.among(text.words)
    places = sorted(place for word in present for place in _occurrences(word, text.text))
    joined = [word for word in present if word in text.joined]
    return places if not joined else _with_held(text.text, places, joined)


def _occurrences(word: str, text: str) -> Iterator[tuple[int, int]]:
    """Where it stands as a word of its own."""
    start = text.find(word)
    while start >= 0:
        end = start + len(word)
        if not (text[start - 1 : start].isalnum() or text[end : end + 1].isalnum()):
            yield start, end
        start = text.find(word, end)


def _with_held(text: str, places: list[tuple[int, int]], joined: Container[str]) -> list[tuple[int, int]]:
    """And held words that were asked for as one, where none of their pieces was."""
    starts = [start for start, _ in places]
    for match in EXPRESSION.finditer(text):
        start, end = match.span()
        if joined_word(match.group()) in joined and bisect_left(starts, start) == bisect_left(starts, end):
            places.append((start, end))
    return sorted(places)


def mark(text: str, places: Iterable[tuple[int, int]]) -> SafeString:
    """`text` escaped, with these places in `<mark>`."""
    parts: list[str] = []
    last = 0
    for start, end in places:
        parts += [escape(text[last:start]), "<mark>", escape(text[start:end]), "</mark>"]
        last = end
    parts.append(escape(text[last:]))
    return SafeString("".join(parts))  # every part is escaped


def marked_title(candidate: Candidate, matcher: Matcher) -> SafeString:
    return mark(candidate.row.title, found_places(candidate.title, candidate.languages, matcher))


def snippet(candidate: Candidate, matcher: Matcher) -> SafeString:
    """The summary where it has a found word or nothing else has; else the part of the body that has most."""
    summary, body = candidate.row.summary, candidate.row.body
    if matcher.parsed.is_empty:
        return _cut(summary or body, [])
    summary_places = found_places(candidate.summary, candidate.languages, matcher)
    if summary and summary_places:
        return _cut(summary, summary_places)
    body_places = found_places(candidate.body, candidate.languages, matcher)
    if body_places or not summary:
        return _cut(body, body_places)
    return _cut(summary, [])


def _cut(text: str, places: Sequence[tuple[int, int]]) -> SafeString:
    start, end = _window(text, places)
    inside = [(left - start, right - start) for left, right in places if left >= start and right <= end]
    cut = mark(text[start:end], inside)
    before = "… " if start else ""
    after = " …" if end < len(text) else ""
    return SafeString(f"{before}{cut}{after}")  # `mark` escapes


def _window(text: str, places: Sequence[tuple[int, int]]) -> tuple[int, int]:
    """The stretch of about LENGTH characters that holds most places, at word borders."""
    if len(text) <= LENGTH:
        return 0, len(text)
    best = max((left for left, _ in places), key=lambda left: _held(places, left), default=0)
    start = max(0, best - LENGTH // 4)
    start = text.find(" ", start) + 1 if start else 0
    end = min(len(text), start + LENGTH)
    if end < len(text) and (space := text.rfind(" ", start + LENGTH // 2, end)) > 0:
        end = space
    return start, end


def _held(places: Sequence[tuple[int, int]], left: int) -> int:
    return sum(1 for start, end in places if left <= start and end <= left + LENGTH * 3 // 4)
