"""What an entry is to others, read from both sides, in a constant number of queries."""

from collections import defaultdict
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail.models import Locale

from .models import Entry, EntryRelation, RelationKind

#: (kind, whether the entry is the one the relation starts from) -> heading, in the order shown.
HEADINGS: dict[tuple[str, bool], Any] = {
    (RelationKind.PART_OF, True): _("Part of"),
    (RelationKind.PART_OF, False): _("Belonging to it"),
    (RelationKind.MEMBER_OF, True): _("Member of"),
    (RelationKind.MEMBER_OF, False): _("Members"),
    (RelationKind.SUPPORTED_BY, True): _("Supported by"),
    (RelationKind.SUPPORTED_BY, False): _("Supports"),
}


@dataclass(frozen=True, kw_only=True)
class EntryLink:
    """`lang` is the name's language where the reader has another."""

    name: str
    lang: str
    url: str


def relations_of(facts: Entry, locale: Locale, list_url: str) -> list[tuple[str, list[EntryLink]]]:
    """Heading -> public entries; the entry may be unsaved, and its own relations in memory."""
    pairs = [(row.kind, True, row.to_entry_id) for row in facts.relations.all()]
    if facts.pk:
        pairs += [
            (row.kind, False, row.from_entry_id) for row in EntryRelation.objects.filter(to_entry=facts.pk)
        ]
    shown = _links({key for _kind, _starts, key in pairs}, locale, list_url)
    grouped: dict[tuple[str, bool], list[EntryLink]] = defaultdict(list)
    for kind, starts, key in pairs:
        if key in shown:
            grouped[kind, starts].append(shown[key])
    return [(heading, grouped[group]) for group, heading in HEADINGS.items() if group in grouped]


def _links(keys: set[int], locale: Locale, list_url: str) -> dict[int, EntryLink]:
    sources = Entry.objects.sources().public().filter(pk__in=keys)
    rows = sources.in_language(locale).select_related("locale", "source_row")
    return {
        row.facts.pk: EntryLink(
            name=row.name,
            lang="" if row.locale_id == locale.pk else row.locale.language_code,
            url=f"{list_url}{row.facts.slug}/" if list_url else "",
        )
        for row in rows
    }
