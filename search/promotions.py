"""The editors' promoted and demoted results as the search uses them."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from datetime import date, datetime
from functools import reduce
from operator import or_

from django.db.models import Q
from django.utils import timezone

from . import expressions
from .models import Promotion, SearchDocument
from .query import Query
from .remembering import Remembered


@dataclass(frozen=True)
class Promotions:
    """Ids of documents that come first, in this order, and of those that come last."""

    first: tuple[int, ...] = ()
    last: frozenset[int] = frozenset()


@dataclass(frozen=True)
class _Rule:
    """A promotion, ready to be compared with a query."""

    queries: frozenset[frozenset[str]]
    facet: str
    value: str
    target: tuple[str, str]
    is_first: bool
    position: tuple[int, int]

    @classmethod
    def of(cls, promotion: Promotion) -> "_Rule":
        return cls(
            queries=frozenset(
                frozenset(stems)
                for query in promotion.queries
                for stems in expressions.readings(query, promotion.locale)
            ),
            facet=promotion.facet,
            value=promotion.value,
            target=(promotion.searchable, promotion.object_key),
            is_first=promotion.action == Promotion.Action.PROMOTE,
            position=(promotion.position, promotion.pk or 0),
        )

    def concerns(self, query: Query, stems: frozenset[str]) -> bool:
        """Whether these words were asked, or this value was chosen and nothing was asked beside it."""
        if stems:
            return stems in self.queries
        return bool(self.facet) and self.value in query.selected.get(self.facet, ())


_trying: ContextVar[Promotion | None] = ContextVar("torv_search_promotion_tried", default=None)


@contextmanager
def trying(promotion: Promotion) -> Iterator[None]:
    """Searches inside see this promotion as if it were saved and in force."""
    token = _trying.set(promotion)
    try:
        yield
    finally:
        _trying.reset(token)


def in_force(query: Query, stems: Sequence[str]) -> Promotions:
    """What the editors want first and last for this query; things that readers cannot see are left out.

    `stems` are those of the query's words without stop words. One query, and one more where something is
    promoted or demoted.
    """
    asked = frozenset(stems)
    rules = sorted(
        (rule for rule in _rules(query.locale) if rule.concerns(query, asked)),
        key=lambda rule: rule.position,
    )
    if not rules:
        return Promotions()
    ids = _visible(query, {rule.target for rule in rules}, timezone.now())
    first = dict.fromkeys(ids[rule.target] for rule in rules if rule.is_first and rule.target in ids)
    last = {ids[rule.target] for rule in rules if not rule.is_first and rule.target in ids}
    return Promotions(tuple(first), frozenset(last - set(first)))


def _rules(locale: str) -> list[_Rule]:
    """Those in force; one that is being tried stands in for the saved one."""
    known = _remembered.get(locale)
    tried = _trying.get()
    if tried is None or tried.locale != locale:
        return list(known.values())
    saved = [rule for key, rule in known.items() if key != tried.pk]
    return [*saved, _Rule.of(tried)]


def _visible(query: Query, targets: set[tuple[str, str]], now: datetime) -> dict[tuple[str, str], int]:
    wanted = reduce(or_, (Q(searchable=name, object_key=key) for name, key in targets))
    rows = SearchDocument.objects.filter(
        wanted,
        Q(visible_from=None) | Q(visible_from__lte=now),
        Q(visible_to=None) | Q(visible_to__gt=now),
        Q(sites="") | Q(sites__contains=f"|{query.site.pk}|"),
        locale=query.locale,
    )
    return {(name, key): pk for pk, name, key in rows.values_list("pk", "searchable", "object_key")}


def _made(locale: str, day: date) -> dict[int, _Rule]:
    rows = Promotion.objects.filter(locale=locale)
    return {row.pk: _Rule.of(row) for row in rows if row.is_in_force(day)}


_remembered: Remembered[dict[int, _Rule]] = Remembered(_made)
