"""An import from end to end: check the whole file first, then write all of it in one transaction."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from itertools import islice
from pathlib import Path

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from search import outbox

from . import csv_reader, json_reader, xlsx_reader  # noqa: F401 - they register themselves
from .known import Database
from .linking import named
from .mapping import FieldMap
from .messages import FileRefused, Message
from .readers import Reader, open_file
from .report import Outcome, Report
from .rows import CleanRow, RowCleaner
from .writer import BATCH, Decision, Links, Planner, write

#: Told of rows dealt with: the phase ("check", "write", "index"), how many rows there are, once known, and
#: how many were done just now. "index" counts entries, and comes only where no worker does the indexing.
Progress = Callable[[str, int | None, int], None]


@dataclass(frozen=True, kw_only=True)
class Options:
    """`partial` writes the good rows of a file with bad ones; `dry_run` writes nothing at all."""

    map_file: Path | None = None
    dry_run: bool = False
    partial: bool = False
    create_topics: bool = False


@dataclass(frozen=True)
class Result:
    """`report` says what was done, or under `dry_run` what would be; `written` whether anything could be."""

    report: Report
    written: bool


class Import:
    """`Import(path, options).run(…)`; raises `FileRefused` before anything is written."""

    def __init__(
        self,
        path: Path,
        options: Options,
        *,
        say: Callable[[Message], None] = lambda message: None,
        progress: Progress = lambda phase, total, done: None,
    ) -> None:
        self._options = options
        self._say = say
        self._progress = progress
        self._reader: Reader = open_file(path)
        self._map = FieldMap.load(options.map_file) if options.map_file else FieldMap()
        self._bindings = self._map.bind(self._reader.columns)
        self._named = named(self._reader, self._bindings)

    def run(self) -> Result:
        checked = self._check()
        if self._options.dry_run:
            return Result(checked, written=False)
        if checked.refused and not self._options.partial:
            return Result(checked.nothing_written(), written=False)
        try:
            with outbox.watched(lambda done, total: self._progress("index", total, done)):
                return Result(self._write(checked), written=True)
        except IntegrityError as error:
            text = _("Somebody changed the same entries while this ran; nothing was written. Run it again.")
            raise FileRefused(text) from error

    def _check(self) -> Report:
        """Every row is cleaned, matched and held against the model's rules; all messages are said here."""
        report = Report()
        known = self._known()
        planner = Planner(known)
        topics: set[str] = set()
        for rows in self._batches(known):
            for decision in planner.decide(rows):
                for message in decision.messages:
                    self._say(message)
                self._count(report, decision, "check", None)
                if decision.draft:
                    topics.update(decision.draft.new_topics)
        report.new_topics = len(topics)
        if report.refused and self._options.partial:
            self._leave_out_refused(planner, report)
        return report

    def _leave_out_refused(self, planner: Planner, report: Report) -> None:
        """Other rows may name them as related; for the writing they are not there."""
        for lost in planner.lost_relations():
            self._say(lost.message)
            report.warned += lost.is_first_warning
        ids = self._named.external_ids - planner.refused_ids()
        self._named = replace(self._named, external_ids=ids)

    @transaction.atomic
    def _write(self, checked: Report) -> Report:
        """Where rows were refused the rules are asked again: nothing keeps which rows those were."""
        report = Report()
        known = self._known()
        planner = Planner(known, checked=not checked.refused)
        links = Links()
        for rows in self._batches(known):
            for decision in write(planner, rows, known):
                links.add(decision)
                self._count(report, decision, "write", checked.rows)
        links.write(planner, known)
        report.new_topics = known.created_topics
        return report

    def _count(self, report: Report, decision: Decision, phase: str, total: int | None) -> None:
        refused = decision.outcome is Outcome.REFUSED
        warned = bool(decision.messages) and not refused
        report.count(decision.outcome, warned=warned, nowhere=decision.row.nowhere and not refused)
        self._progress(phase, total, 1)

    def _known(self) -> Database:
        return Database(create_topics=self._options.create_topics, named=self._named)

    def _batches(self, known: Database) -> Iterator[list[CleanRow]]:
        cleaner = RowCleaner(self._bindings, self._map.constants, known)
        rows = self._reader.rows()
        while batch := [cleaner.clean(row) for row in islice(rows, BATCH)]:
            yield batch
