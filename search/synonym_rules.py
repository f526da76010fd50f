"""What a synonym must be like. Editors read each reason beside the field."""

from collections import defaultdict, deque
from collections.abc import Iterable
from itertools import permutations

from django.core.exceptions import ValidationError
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from . import expressions
from .analysis import normalise, tokens
from .expressions import MAX_WORDS, Stems
from .models import Synonym
from .synonyms import edges

MAX_LINES = 30


def check(synonym: Synonym) -> None:
    """Raises ValidationError with the reason, by field."""
    _check_expression("word", synonym.word, synonym.locale)
    lines = synonym.equivalents
    if len(lines) > MAX_LINES:
        raise _refused("same_as", _("At most %(count)d lines, please.") % {"count": MAX_LINES})
    for line in lines:
        _check_expression("same_as", line, synonym.locale)
    _check_once(synonym)
    _check_loops(synonym)


def _refused(field: str, message: str) -> ValidationError:
    return ValidationError({field: message})


def _check_expression(field: str, text: str, locale: str) -> None:
    words = list(tokens(normalise(text), locale))
    if not words:
        raise _refused(field, _("“%(text)s” has no word in it.") % {"text": text})
    if len(words) > MAX_WORDS:
        message = ngettext(
            "“%(text)s” is too long: at most %(count)d word.",
            "“%(text)s” is too long: at most %(count)d words.",
            MAX_WORDS,
        )
        raise _refused(field, message % {"text": text, "count": MAX_WORDS})
    if not expressions.stems(text, locale):
        message = _("“%(text)s” is so common that the search leaves it out, so it cannot be a synonym.")
        raise _refused(field, message % {"text": text})


def _check_once(synonym: Synonym) -> None:
    seen = {expressions.stems(synonym.word, synonym.locale)}
    for line in synonym.equivalents:
        stems = expressions.stems(line, synonym.locale)
        if stems in seen:
            message = _("“%(text)s” is there twice; endings and capitals make no difference.")
            raise _refused("same_as", message % {"text": line})
        seen.add(stems)


def _check_loops(synonym: Synonym) -> None:
    """One way means one way: no chain of synonyms may lead back to where it began."""
    not_over = Q(valid_to=None) | Q(valid_to__gte=timezone.localdate())
    others = list(Synonym.objects.filter(not_over, locale=synonym.locale).exclude(pk=synonym.pk))
    if synonym.direction == Synonym.Direction.ONE_WAY:
        start = expressions.stems(synonym.word, synonym.locale)
        pairs = [(expressions.stems(line, synonym.locale), start) for line in synonym.equivalents]
        graph = _graph(others)
    else:
        group = [expressions.stems(text, synonym.locale) for text in (synonym.word, *synonym.equivalents)]
        pairs = list(permutations(group, 2))
        graph = _graph(row for row in others if row.direction == Synonym.Direction.ONE_WAY)
    written = _as_written([*others, synonym])
    for start, end in pairs:
        if path := _path(graph, start, end):
            chain = " → ".join(written[stems] for stems in path)
            message = _("This closes a loop with synonyms that are there already: %(chain)s. Change those.")
            raise _refused("same_as", message % {"chain": chain})


def _graph(rows: Iterable[Synonym]) -> dict[Stems, set[Stems]]:
    graph: dict[Stems, set[Stems]] = defaultdict(set)
    for row in rows:
        for asked, found in edges(row):
            graph[asked].add(found)
    return graph


def _as_written(rows: Iterable[Synonym]) -> dict[Stems, str]:
    return {
        expressions.stems(text, row.locale): text for row in rows for text in (row.word, *row.equivalents)
    }


def _path(graph: dict[Stems, set[Stems]], start: Stems, end: Stems) -> list[Stems]:
    """The shortest way from one expression to another; empty where there is none."""
    before: dict[Stems, Stems | None] = {start: None}
    waiting = deque([start])
    while waiting:
        here = waiting.popleft()
        if here == end:
            path: list[Stems] = []
            step: Stems | None = here
            while step is not None:
                path.append(step)
                step = before[step]
            return path[::-1]
        for there in sorted(graph.get(here, ())):
            if there not in before:
                before[there] = here
                waiting.append(there)
    return []
