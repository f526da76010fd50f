"""Elasticsearch answers; the database says which of its hits may still be seen, and what they look like."""

import logging
from dataclasses import replace

from django.utils import timezone
from elasticsearch import ApiError, NotFoundError

from ... import conf, generation, promotions
from ...clauses import ParsedQuery
from ...generation import UntilIndexed
from ...promotions import Promotions
from ...query import Query, Sort
from ...results import Results
from ...scoring import Score, Scorer
from ...understanding import stages, understand
from ..answering import addresses, facet_results, hits, searchable_names
from ..base import Engine
from ..ranking import CANDIDATES, scored, told
from ..seeing import seen
from .breaker import breaker
from .client import FAILURES, Patience
from .mapping import REACHABLE
from .mirror import describe
from .search import DirectorySearch, Found

logger = logging.getLogger(__name__)

_BAD_REQUEST = 400

_remembered = UntilIndexed()


class ElasticsearchEngine(Engine):
    """Raises what Elasticsearch raises; `FallbackEngine` around it does not."""

    name = "elasticsearch"

    @generation.held()
    def search(self, query: Query) -> Results:
        understood = understand(query.text, query.locale)
        steering = promotions.in_force(query, understood.stems)
        found_addresses = addresses(query, _remembered, searchable_names(query))
        asked = _Asked(query, understood, tuple(found_addresses), steering)
        parsed, found = asked.answered()
        query = found.query
        scorer = Scorer(parsed, timezone.localdate())
        on_page = asked.page(found, scorer)
        shown = tuple(hits(on_page, scorer.matcher, found_addresses, query.near, asked.condition))
        gone = asked.gone + len(on_page) - len(shown)
        results = Results(
            query=query,
            hits=shown,
            # What the database does not show does not count either, as far as this page can tell; facets
            # still count it until Elasticsearch has followed.
            total=found.total - gone,
            facets=tuple(facet_results(query, _remembered, found.counts)),
            engine=self.name,
            parsed=parsed,
        )
        return told(results, on_page)


class _Asked:
    """One search, in as many requests as it needs: commonly one."""

    def __init__(
        self, query: Query, understood: ParsedQuery, searchables: tuple[str, ...], steering: Promotions
    ) -> None:
        # Farther down the server answers nothing but an error.
        self.query = replace(query, page=min(query.page, max(1, REACHABLE // query.per_page)))
        self.understood = understood
        self.searchables = searchables
        self.steering = steering
        self._patience = Patience()
        self.condition = seen(query, searchables)
        #: Documents among the candidates that the database does not show any more.
        self.gone = 0

    def answered(self) -> tuple[ParsedQuery, Found]:
        """How the words were understood in the end, and what was found."""
        best: tuple[ParsedQuery, Found] | None = None
        for parsed, enough in stages(self.understood):
            found = self._ask(self.query, parsed)
            if best is None or found.matching > best[1].matching:
                best = parsed, found
            if found.matching >= enough:
                break
        assert best is not None  # noqa: S101 - there is at least one stage
        parsed, found = best
        return parsed, self._on_last_page(parsed, found)

    def _on_last_page(self, parsed: ParsedQuery, found: Found) -> Found:
        """What was found, or the last page of it where the one that was asked for is past the end.

        Only how the words were understood in the end tells how many pages there are.
        """
        last = max(1, -(-found.total // self.query.per_page))
        return found if found.query.page <= last else self._ask(replace(self.query, page=last), parsed)

    def _ask(self, query: Query, parsed: ParsedQuery) -> Found:
        window = self._window(query, parsed)
        with self._patience.client() as client:
            return DirectorySearch(query, parsed, self.searchables, self.steering, window, client).found()

    def _window(self, query: Query, parsed: ParsedQuery) -> tuple[int, int]:
        """All candidates of the scorer, where the page is among them."""
        start = (query.page - 1) * query.per_page
        end = start + query.per_page
        return (0, max(end, CANDIDATES)) if self._is_scored(parsed) and start < CANDIDATES else (start, end)

    def _is_scored(self, parsed: ParsedQuery) -> bool:
        return not parsed.is_empty and self.query.order == Sort.RELEVANCE

    def page(self, found: Found, scorer: Scorer) -> tuple[Score, ...]:
        ids = found.ids
        start, _end = self._window(found.query, scorer.parsed)
        if start or not self._is_scored(scorer.parsed):
            return tuple(Score(document_id, 0.0) for document_id in ids)
        head = scored(ids[:CANDIDATES], scorer, self.steering, self.condition)
        self.gone = len(ids[:CANDIDATES]) - len(head)
        tail = [Score(document_id, 0.0) for document_id in ids[CANDIDATES:]]
        first = (found.query.page - 1) * found.query.per_page
        return tuple([*head, *tail][first : first + found.query.per_page])


class FallbackEngine(Engine):
    """The first engine answers; where it fails or has failed lately, the second does, and says so."""

    def __init__(self, first: Engine, second: Engine) -> None:
        self.name = first.name
        self._first = first
        self._second = second

    def search(self, query: Query) -> Results:
        settings = conf.elasticsearch()
        if breaker.allows(settings.breaker_pause):
            try:
                results = self._first.search(query)
            except FAILURES as fault:
                self._note(fault, settings.breaker_failures, settings.breaker_pause)
            else:
                breaker.succeeded()
                return results
        return replace(self._second.search(query), degraded=True)

    def _note(self, fault: Exception, failures: int, pause: int) -> None:
        if isinstance(fault, ApiError) and fault.status_code == _BAD_REQUEST:
            # This question is more than the server takes, such as too many synonyms; it answers others.
            breaker.undecided()
            opened = False
        else:
            # An index that is missing is no reason to wait for the server any longer than for its answer.
            opened = breaker.failed(failures, pause)
        level = logging.ERROR if opened or isinstance(fault, NotFoundError) else logging.WARNING
        logger.log(level, "Elasticsearch failed, the database answers: %s", describe(fault))
