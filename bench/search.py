"""First page, four facets and the count, side by side: Torv, stock Wagtail, SQL by hand for the hits alone.

Fails where answers differ that should agree, and where a figure that is promised is not reached.
"""

import os
import statistics
import sys
import time
import traceback
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

from django.core.management import call_command
from django.db import connection
from tqdm import tqdm

from directory.models import Entry
from search.understanding import PAGE as ENOUGH

from . import building, corpus, elastic, listing, random_queries, saving, suggestions
from .answers import Answer
from .contestants import HandWritten, Stock, Torv
from .timing import LIMIT, CutError, percentile_95, timed

#: What `bench/__main__.py` was told.
PARTS = os.environ.get("TORV_BENCH_PARTS", "").split(",")
QUERIES = int(os.environ.get("TORV_BENCH_QUERIES", "0"))
KEEP = bool(os.environ.get("TORV_BENCH_KEEP"))


@dataclass
class Figures:
    """Milliseconds by contestant, one for each query; faults in words."""

    times: dict[str, list[float]] = field(default_factory=dict)
    cut: dict[str, int] = field(default_factory=dict)
    faults: list[str] = field(default_factory=list)

    def median(self, name: str) -> float:
        return statistics.median(self.times[name])

    def p95(self, name: str) -> float:
        return percentile_95(self.times[name])


def prepare(size: int) -> corpus.Corpus:
    """A fresh database with `size` entries in both forms, both indexes built."""
    empty_database()
    call_command("migrate", verbosity=0, run_syncdb=True)
    made = corpus.make_corpus()
    started = time.perf_counter()
    corpus.write_entries(made, size)
    print(f"  {size} entries written in {time.perf_counter() - started:.1f} s", flush=True)
    started = time.perf_counter()
    call_command("rebuild_search_index", verbosity=0)
    print(f"  torv: index built in {time.perf_counter() - started:.1f} s", flush=True)
    started = time.perf_counter()
    corpus.write_stock_entries()
    call_command("update_index", verbosity=0, chunk_size=1000)
    print(f"  stock: index built in {time.perf_counter() - started:.1f} s", flush=True)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    return made


def empty_database() -> None:
    """Drop this size's database, so that `migrate` makes it anew."""
    settings = connection.settings_dict
    connection.close()
    if connection.vendor == "sqlite":
        path = Path(settings["NAME"])
        path.parent.mkdir(parents=True, exist_ok=True)
        for suffix in ("", "-wal", "-shm"):
            Path(f"{path}{suffix}").unlink(missing_ok=True)
        return
    with connection._nodb_cursor() as cursor:
        cursor.execute(f'DROP DATABASE IF EXISTS "{settings["NAME"]}"')
        cursor.execute(f'CREATE DATABASE "{settings["NAME"]}"')


def measure(made: corpus.Corpus) -> Figures:
    figures = Figures()
    contestants = (Torv(), Stock(), HandWritten())
    for name, text in tqdm(corpus.queries(made).items(), desc="  queries", unit=""):
        answers: dict[str, Answer] = {}
        for contestant in contestants:
            times = figures.times.setdefault(contestant.name, [])
            try:
                milliseconds, answers[contestant.name] = timed(partial(contestant.answer, text))
                times.append(milliseconds)
            except CutError:
                times.append(LIMIT * 1000)
                figures.cut[contestant.name] = figures.cut.get(contestant.name, 0) + 1
        figures.faults += _differences(name, answers, contestants[2].total(text))
    return figures


def _differences(name: str, answers: dict[str, Answer], by_hand: int) -> list[str]:
    """Totals agree with SQL by hand; totals and every count agree with the ORM's.

    Where few things have all words Torv looks for more, so there it finds as many at least.
    """
    torv = answers["torv"]
    if by_hand < ENOUGH:
        return [] if torv.total >= by_hand > 0 else [f"{name}: torv finds {torv.total}, by hand {by_hand}"]
    faults = []
    if torv.total != by_hand:
        faults.append(f"{name}: torv finds {torv.total}, by hand {by_hand}")
    if not torv.total:
        faults.append(f"{name}: nothing found, so nothing was measured")
    if stock := answers.get("stock"):
        if stock.total != torv.total:
            faults.append(f"{name}: torv finds {torv.total}, stock {stock.total}")
        faults += [
            f"{name}: counts of {facet} differ"
            for facet in torv.counts
            if torv.counts[facet] != stock.counts[facet]
        ]
    return faults


def report(size: int, figures: Figures) -> list[str]:
    """Print the table; give what is not reached."""
    print(f"  {'':10}{'median ms':>12}{'p95 ms':>12}{'cut':>6}")
    for name in figures.times:
        cut = figures.cut.get(name, 0)
        print(f"  {name:10}{figures.median(name):12.2f}{figures.p95(name):12.2f}{cut:6}")
    ratio = figures.median("stock") / figures.median("torv")
    by_hand = figures.median("torv") / figures.median("by hand")
    print(f"  stock / torv {ratio:.1f} x;  torv / by hand {by_hand:.1f} x")
    for fault in figures.faults:
        print(f"  DIFFERS {fault}")
    missed = list(figures.faults)
    wanted = {20_000: 20, 100_000: 50}.get(size, 0)
    if ratio < wanted:
        missed.append(f"{size}: {ratio:.1f} times faster than stock, {wanted} wanted")
    if figures.median("torv") > 2 * figures.median("by hand") + 5:
        missed.append(f"{size}: median over twice SQL by hand plus 5 ms")
    if figures.p95("torv") > 2 * figures.p95("by hand") + 20:
        missed.append(f"{size}: p95 over twice SQL by hand plus 20 ms")
    return missed


def _parts(size: int, made: corpus.Corpus) -> Iterator[Callable[[], list[str]]]:
    """What was asked for, in order; each gives what it misses."""
    if "building" in PARTS:
        yield building.run
    if "search" in PARTS:
        yield lambda: report(size, measure(made))
    if "suggest" in PARTS:
        yield partial(suggestions.run, made)
    if QUERIES:
        queries = random_queries.make(made, QUERIES)
        yield partial(random_queries.run, connection.vendor, Torv().answer, queries)
    if "elasticsearch" in PARTS:
        yield partial(elastic.run, made, QUERIES)
    if "list" in PARTS:
        yield partial(listing.run, size)
        yield partial(saving.run, size)


def _completed(work: Callable[[], list[str]]) -> list[str]:
    """A part that breaks off is missed; the others are measured all the same."""
    try:
        return work()
    except Exception as error:  # whatever it is, hours of measuring must not end with it
        traceback.print_exc()
        return [f"a part broke off: {error!r}"]


def run(size: int) -> None:
    """One size on the database of the settings; exit code 1 where something differs or is missed."""
    print(f"{connection.vendor}, {size} entries", flush=True)
    made = corpus.reread() if KEEP else prepare(size)
    found = Entry.objects.count()
    missed = [] if found == size else [f"{found} entries instead of {size}"]
    for work in _parts(size, made):
        missed += _completed(work)
    for line in missed:
        print(f"  MISSED {line}")
    sys.exit(1 if missed else 0)
