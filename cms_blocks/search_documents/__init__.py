"""What a search finds of the content. The one folder here that knows `search`; nothing imports it."""

from django.utils.translation import gettext_lazy as _

from search.kinds import register_kind, registered
from search.page_context import register_context
from search.registry import register, register_facet

from . import page
from .files import FileSearchable
from .pages import LifeEventFacet, PageSearchable, TopicFacet, kinds_of_hosts
from .persons import PersonSearchable

__all__ = ["FileSearchable", "LifeEventFacet", "PageSearchable", "PersonSearchable", "TopicFacet"]

#: Headings above lists of them, in the order shown.
KINDS = {
    "service": _("Services"),
    "guide": _("Step by step"),
    "knowledge": _("Knowledge"),
    "event": _("Events"),
    "report": _("Reports"),
    "story": _("Stories"),
    "news": _("News"),
    "contact": _("Contact"),
    "persons": _("Lists of contact persons"),
    "page": _("Information"),
    "person": _("Contact persons"),
    "document": _("Files"),
}

for _searchable in (PageSearchable(), PersonSearchable(), FileSearchable()):
    register(_searchable)
for _order, (_kind, _label) in enumerate(KINDS.items(), start=10):
    register_kind(_kind, _label, order=_order)
for _kind, _label in kinds_of_hosts(registered()).items():
    register_kind(_kind, _label, order=45)
register_facet(TopicFacet())
register_facet(LifeEventFacet())
register_context("torv_blocks", page.context)
