"""What a reader has put aside: kept in the address, in no cookie, so that it can be sent on and printed."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import Self
from urllib.parse import quote

from django.utils.translation import gettext as _

from search.query import Query

from .models import Entry

#: The part of an entry list's address, and the name of the parameter.
SHORTLIST = "shortlist"
PARAMETER = "list"
MOST = 30
#: Characters of an address that every mail program opens: Windows hands over no more than about 2,000.
LONGEST_LINK = 1900
#: Characters of the parameter that are read: so many slugs of full length, with their commas.
_LONGEST_TEXT = MOST * 256
_SLUG = re.compile(r"[a-z0-9_-]{1,255}", re.ASCII | re.IGNORECASE)


@dataclass(frozen=True, kw_only=True)
class Shortlist:
    """`keys` are slugs of entries. `query` is the question whose links carry them along, if there is one.

    `is_cut` says that the address named more than fit.
    """

    keys: tuple[str, ...] = ()
    is_cut: bool = False
    query: Query | None = field(default=None, repr=False)

    @classmethod
    def read(cls, text: str) -> Self:
        """From `a,b,c`; what cannot be a slug is left out, and what is above the limit."""
        read = text[:_LONGEST_TEXT]
        slugs = (part.strip() for part in read.split(","))
        keys = tuple(dict.fromkeys(slug for slug in slugs if _SLUG.fullmatch(slug)))
        return cls(keys=keys[:MOST], is_cut=len(keys) > MOST or len(text) > len(read))

    @property
    def is_full(self) -> bool:
        return len(self.keys) >= MOST

    @property
    def carried(self) -> dict[str, str]:
        """As a parameter of other addresses."""
        return {PARAMETER: ",".join(self.keys)} if self.keys else {}

    def toggled(self, key: str) -> Self:
        """With this entry, or without it where it is on the list."""
        if key in self.keys:
            return replace(self, keys=tuple(each for each in self.keys if each != key))
        return replace(self, keys=(*self.keys, key)[:MOST])

    def in_query(self) -> str:
        """The query string of the present list of entries with this shortlist."""
        if self.query is None:
            return f"?{PARAMETER}={','.join(self.keys)}"
        return replace(self.query, carried=self.carried).query_string()


def mail_link(title: str, entries: Sequence[tuple[Entry, str]], list_url: str) -> str:
    """A `mailto:` link with names, phones and addresses, for the reader's own mail program.

    Programs and browsers take no longer ones: of a long list it tells the names, or its address alone.
    """
    whole = _("The whole list: %(address)s") % {"address": list_url}
    paragraphs = ["\n".join(filter(None, _lines(entry, url))) for entry, url in entries]
    names = "\n".join(entry.name for entry, _url in entries)
    links = (_mailto(title, "\n\n".join(parts)) for parts in ([*paragraphs, whole], [names, whole]))
    return next((link for link in links if len(link) <= LONGEST_LINK), _mailto(title, whole))


def _mailto(title: str, text: str) -> str:
    lines = text.replace("\n", "\r\n")
    return f"mailto:?subject={quote(title, safe='')}&body={quote(lines, safe='')}"


def _lines(entry: Entry, url: str) -> Sequence[str]:
    facts = entry.facts
    phone = facts.phone.as_international if facts.phone else ""
    return entry.name, phone, facts.public_email, url
