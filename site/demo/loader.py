"""Loads the whole demo in the order in which its parts refer to each other."""

from dataclasses import dataclass, field
from typing import Any

from django.core.management.base import CommandError
from django.db import transaction
from tqdm import tqdm
from wagtail.models import ReferenceIndex
from wagtail.signal_handlers import disable_reference_index_auto_update

from directory.models import Entry

from . import documents, entries, frame, logins, pages, persons, pictures, snippets
from .links import Links
from .pages import Sources
from .records import Run

HOME = ("da", "home")


@dataclass(frozen=True)
class Options:
    """`address`: scheme, host and port of the site; None keeps what an earlier run set."""

    address: str | None
    default_address: str
    reset: bool
    with_logins: bool
    show_progress: bool


@dataclass
class Report:
    counts: dict[str, int]
    kept: dict[str, str]
    home_url: str
    admin_url: str
    logins: list[str] = field(default_factory=list)


def load(options: Options) -> Report:
    frame.load_locales()
    parts = (snippets, pictures, documents, persons, entries, pages, logins)
    total = sum(part.count() for part in parts) + 1
    with tqdm(total=total, unit="", desc="Demo", delay=1, disable=not options.show_progress) as bar:
        run = Run(reset=options.reset, progress=lambda: bar.update())
        # All or nothing; and in one transaction each thing enters the search index once, not at every save.
        with transaction.atomic():
            with disable_reference_index_auto_update():
                report = _load(run, options)
            for row in run.written:
                ReferenceIndex.create_or_update_for_object(row)
        return report


def _load(run: Run, options: Options) -> Report:
    frame.refuse_a_site_in_use(pages.existing_home(*HOME))
    snips = snippets.load(run)
    drawn = pictures.load(run)
    files = documents.load(run)
    tree = pages.plant(run)
    if HOME not in tree:
        raise CommandError("Somebody has deleted the demo's home page. Run with --reset to make it again.")
    address = options.address or options.default_address
    site = frame.load_site(tree[HOME], address, keep_address=options.address is None)
    entries.load(run, snips, persons.load(run))
    pages.fill(run, tree, Sources(Links(tree, keys=_keys(files, snips)), drawn, snips))
    frame.load_frame(run, site, tree)
    logins.load_groups(run)
    lines = logins.load_users(run) if options.with_logins else []
    return _report(run, site, lines)


def _keys(files: dict[str, int], snips: snippets.Snippets) -> dict[str, dict[str, int]]:
    return {
        "document": files,
        "entry": dict(Entry.objects.sources().values_list("slug", "pk")),
        "person": {key: row.pk for key, row in snips.persons.items()},
        "topic": {key: row.pk for key, row in snips.topics.items()},
        "target_group": {key: row.pk for key, row in snips.target_groups.items()},
    }


def _report(run: Run, site: Any, lines: list[str]) -> Report:
    counts = {name: run.counts[name] for name in ("created", "updated", "unchanged", "edited", "deleted")}
    return Report(counts, run.kept, f"{site.root_url}/", f"{site.root_url}/admin/", lines)
