"""How much a web process grows by searching: a process of its own, before its first search and after many."""

import gc
from pathlib import Path

from django.test import Client
from wagtail.models import Site

from directory.pages.models import DirectoryPage
from search.query import Query
from search.suggesting import suggest

from . import corpus
from .contestants import Torv

_LIMIT = 150  # megabytes
_WORDS = 500


def run() -> list[str]:
    """Print the figure; give what is missed."""
    Client().get("/nothing-here/", headers={"host": "localhost"})
    texts = [*corpus.reread().vocabulary[:_WORDS]]
    before = _megabytes()
    torv, found = Torv(), 0
    site = Site.objects.get(is_default_site=True)
    for text in texts:
        found += torv.answer(text).total
        suggest(Query(text=text[:3], locale="da", site=site))
    page = Client().get(DirectoryPage.objects.get().get_url(), headers={"host": "localhost"})
    grown = _megabytes() - before
    print(f"  a web process grows by {grown:.0f} MB in {len(texts)} searches (at most {_LIMIT})", flush=True)
    missed = [f"a web process grows by {grown:.0f} MB, {_LIMIT} wanted"] if grown > _LIMIT else []
    return (
        missed
        if found and page.status_code == 200
        else [*missed, "nothing was found, so nothing was measured"]
    )


def _megabytes() -> float:
    """What the process holds now."""
    gc.collect()
    lines = Path("/proc/self/status").read_text(encoding="ascii").splitlines()
    return int(next(line for line in lines if line.startswith("VmRSS:")).split()[1]) / 1024
