"""The page of a reader's shortlist."""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.http import HttpRequest
from django.utils.translation import gettext as _

from cms_blocks import sensitive
from cms_blocks.topics import TopicTree

from .addresses import language_versions
from .blurring import places_shown
from .listing import asked, shortlist_of
from .meetings import Meetings, meetings_of
from .models import Entry, Location
from .shortlist import MOST, SHORTLIST, Shortlist, mail_link

if TYPE_CHECKING:
    from .page_mixins import DirectoryPageMixin

TEMPLATE = "torv_directory/shortlist.html"


@dataclass(frozen=True, kw_only=True)
class Kept:
    """An entry on the list; `remove_url` is the same list without it."""

    entry: Entry
    facts: Entry
    lang: str
    locations: tuple[Location, ...]
    meetings: Meetings
    url: str
    remove_url: str


def shortlist_context(page: "DirectoryPageMixin", request: HttpRequest) -> dict[str, Any]:
    """Entries in the order in which they were put aside; those that are gone are counted in `lost`.

    `cut_at` is how many fit, where the address names more; else 0.
    """
    wanted = shortlist_of(request)
    entries = _entries(page, wanted)
    kept = Shortlist(keys=tuple(entry.facts.slug for entry in entries))
    here = f"{page.get_url(request)}{SHORTLIST}/"
    tree = TopicTree.load()
    ending = f"{SHORTLIST}/{kept.in_query()}" if entries else f"{SHORTLIST}/"
    addresses = {code: f"{v.get_url(request)}{ending}" for code, v in language_versions(page).items()}
    return {
        "alternate_urls": {},
        "back_url": f"{page.get_url(request)}{asked(page, request)}",
        "breadcrumb_trail": [(_("My list"), here)],
        "cut_at": MOST if wanted.is_cut else 0,
        "canonical_url": f"{page.get_full_url(request)}{SHORTLIST}/",
        "kept": [_kept(page, request, entry, kept, tree) for entry in entries],
        "language_urls": addresses,
        "lost": len(wanted.keys) - len(entries),
        "mail_url": _mail_link(page, request, entries, ending),
        "page_lang": page.locale.language_code,
        "safety": sensitive.safety([pk for entry in entries for pk in entry.facts.topic_ids], page.locale),
    }


def _entries(page: "DirectoryPageMixin", wanted: Shortlist) -> list[Entry]:
    sources = Entry.objects.sources().public().filter(slug__in=wanted.keys)
    found = {entry.facts.slug: entry for entry in sources.in_language(page.locale).with_facts()}
    return [found[key] for key in wanted.keys if key in found]


def _kept(
    page: "DirectoryPageMixin", request: HttpRequest, entry: Entry, kept: Shortlist, tree: TopicTree
) -> Kept:
    facts = entry.facts
    is_sensitive = tree.is_sensitive(facts.topic_ids)
    return Kept(
        entry=entry,
        facts=facts,
        lang="" if entry.locale_id == page.locale_id else entry.locale.language_code,
        locations=tuple(places_shown(facts, list(facts.locations.all()), is_sensitive=is_sensitive)),
        meetings=meetings_of(facts, count=1),
        url=f"{page.get_full_url(request)}{facts.slug}/",
        remove_url=kept.toggled(facts.slug).in_query(),
    )


def _mail_link(page: "DirectoryPageMixin", request: HttpRequest, entries: list[Entry], ending: str) -> str:
    here = page.get_full_url(request)
    listed = [(entry, f"{here}{entry.facts.slug}/") for entry in entries]
    return mail_link(_("My list from %(title)s") % {"title": page.title}, listed, f"{here}{ending}")
