"""The judged queries asked of the real thing: the demo town, and the German contact points."""

import sys
from collections.abc import Iterator, Sequence

from django.core.management import call_command
from wagtail.models import Locale, Page, Site
from wagtail.search.backends import get_search_backend

from directory.models import Entry
from directory.pages.models import DirectoryPage
from search import engines
from search.models import SearchDocument
from search.query import Query

from . import contact_points, relevance
from .relevance import Measured

#: Judgements -> what they are about.
FILES = {"demo-da": "demo", "demo-de": "demo", "contact-points-de": "contact points"}
#: The same of queries that were judged before anybody searched for them; nothing is fitted to them.
HELD_OUT = {
    "held-out-da": "demo",
    "held-out-de": "demo",
    "held-out-contact-points-de": "contact points",
}


def load(what: str) -> None:
    """Fill an empty database and its index."""
    if what == "demo":
        call_command("load_demo", verbosity=0)
    else:
        _load_contact_points()
    call_command("rebuild_search_index", verbosity=0)


def _load_contact_points() -> None:
    german, _created = Locale.objects.get_or_create(language_code="de")
    home = Page.objects.get(pk=Site.objects.get().root_page_id)
    home.locale = german
    home.save()
    home.add_child(instance=DirectoryPage(title="Verzeichnis", slug="verzeichnis", locale=german))
    call_command("import_directory", str(contact_points.file()), map=contact_points.MAP, verbosity=0)


def run() -> None:
    """Print how good answers are, by class of query, beside Wagtail's own search."""
    from .search import empty_database

    for what in dict.fromkeys(FILES.values()):
        if what != "demo" and (reason := contact_points.missing()):
            if contact_points.is_asked_for():
                sys.exit(f"Missing: {reason}")
            print(f"{what}: skipped. Missing: {reason}")
            continue
        empty_database()
        call_command("migrate", verbosity=0, run_syncdb=True)
        load(what)
        for name in (name for name, about in (FILES | HELD_OUT).items() if about == what):
            _print(name, asked(name), asked_of_stock(name))


def _print(name: str, torv: list[Measured], stock: list[Measured]) -> None:
    print(f"{name:20}{'queries':>8}{'nDCG@10':>9}{'recall':>8}{'empty':>7}   stock: nDCG@10, recall, empty")
    beside = relevance.by_class(stock)
    for kind, ours in relevance.by_class(torv).items():
        theirs = beside[kind]
        print(
            f"  {kind:18}{ours.number:8}{ours.ndcg:9.3f}{ours.recall:8.3f}{ours.empty:7.3f}"
            f"{theirs.ndcg:17.3f}{theirs.recall:8.3f}{theirs.empty:7.3f}"
        )


def names() -> dict[str, str]:
    """Key of a thing -> its name in the judgements: `entry:ro-paa`, `page:kontakt`, `external:65`."""
    found: dict[str, str] = {}
    for key, slug, external in Entry.objects.sources().values_list("translation_key", "slug", "external_id"):
        found[str(key)] = f"external:{external}" if external else f"entry:{slug}"
    pages = Page.objects.filter(alias_of=None).order_by("pk").values_list("translation_key", "slug")
    for key, slug in pages:
        found.setdefault(str(key), f"page:{slug}")
    return found


def asked(name: str, some: slice = slice(None)) -> list[Measured]:
    """The answers of the engine in force to the queries of one file, or to some of them."""
    things, site = names(), Site.objects.get(is_default_site=True)

    def answers(text: str, locale: str) -> Sequence[str]:
        results = engines.search(Query(text=text, locale=locale, site=site))
        return [things.get(hit.row.object_key, "") for hit in results.hits]

    return relevance.measure(relevance.read(name)[some], answers)


def asked_of_stock(name: str) -> list[Measured]:
    """The answers of Wagtail's own search to the same queries, over the same texts."""
    from .stock.models import StockEntry

    things = names()
    judged = relevance.read(name)
    StockEntry.objects.all().delete()
    rows = list(_stock_rows(judged[0].locale))
    by_id = {StockEntry.objects.create(**values).pk: things[key] for key, values in rows}

    def answers(text: str, locale: str) -> Sequence[str]:
        try:
            found = get_search_backend().search(text, StockEntry.objects.all(), operator="or")
            return [by_id[entry.pk] for entry in found[: relevance.DEPTH]]
        except Exception:  # on SQLite some queries raise; to a reader that is no answer
            return []

    return relevance.measure(judged, answers)


def _stock_rows(locale: str) -> Iterator[tuple[str, dict[str, str]]]:
    for row in SearchDocument.objects.filter(locale=locale).order_by("pk"):
        text = "\n".join((*row.keywords, row.body))
        yield row.object_key, {"name": row.title, "summary": row.summary, "description": text}
