"""The headings of a service page: those that have something below them, in the reader's order."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail.rich_text import get_text_for_indexing

from . import references

#: From so many headings on, the page begins with a list of them.
LONG = 4


@dataclass(frozen=True, kw_only=True)
class Section:
    """One heading and what is below it: a rich text, or rows that `template` prints, or both."""

    anchor: str
    heading: Any
    template: str = ""
    text: str = ""
    rows: Sequence[Any] = ()

    @property
    def is_filled(self) -> bool:
        return bool(self.rows) or has_words(self.text)


@dataclass(frozen=True, kw_only=True)
class Layout:
    """The sections above the body, below it, beside it, and at the end of the page."""

    before: list[Section]
    after: list[Section]
    beside: list[Section]
    end: list[Section]

    @property
    def contents(self) -> list[Section]:
        """What "On this page" lists; empty where the page is short."""
        sections = [*self.before, *self.after, *self.beside, *self.end]
        return sections if len(sections) >= LONG else []


def layout(page: Any, request: Any) -> Layout:
    """Everything a service page prints below its header."""
    return Layout(
        before=_filled([_text(page, "audience", _("Who it is for"))]),
        after=_filled(_practice(page)),
        beside=_filled(
            [
                Section(anchor="contact", heading=_("Contact"), rows=references.contacts(page)),
                _rows("physical-channels", _("Where you can come"), page.physical_channels.all()),
            ]
        ),
        end=_filled(
            [
                _rows("documents", _("Documents"), page.documents.select_related("document")),
                _rows("related-services", _("Related services"), references.related_services(page, request)),
            ]
        ),
    )


def _practice(page: Any) -> list[Section]:
    return [
        _rows("steps", _("How to get it"), page.steps.all(), text=page.how_to),
        _rows("requirements", _("What you need"), page.requirements.all()),
        _text(page, "outcome", _("What happens then")),
        _rows("deadlines", _("Deadlines"), page.deadlines.all()),
        _rows("costs", _("What it costs"), page.costs.all()),
        _text(page, "eligibility", _("Who can get it")),
        _text(page, "constraints", _("Limits")),
        _text(page, "special_cases", _("Special cases")),
    ]


def _text(page: Any, name: str, heading: Any) -> Section:
    return Section(anchor=name.replace("_", "-"), heading=heading, text=getattr(page, name))


def _rows(anchor: str, heading: Any, rows: Iterable[Any], text: str = "") -> Section:
    template = f"torv_pages/includes/service/{anchor.replace('-', '_')}.html"
    return Section(anchor=anchor, heading=heading, template=template, text=text, rows=list(rows))


def _filled(sections: Iterable[Section]) -> list[Section]:
    return [section for section in sections if section.is_filled]


def has_words(html: str) -> bool:
    """Whether a rich text says anything: an emptied field is stored as an empty paragraph."""
    return bool(get_text_for_indexing(html).strip())
