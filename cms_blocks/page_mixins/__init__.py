"""Behaviour of Torv's page types, for Torv's own pages and for hosts with a base page of their own.

A host's page is `class InfoPage(StandardPageMixin, HostBasePage)` with child models made of the
row classes here; `cms_blocks.pages` does just that on Wagtail's Page.
"""

from .base import SummaryMixin, TorvPageMixin
from .home import MAX_TASKS, HomePageMixin, TaskRow
from .rows import ContactRow, LifeEventRow, TopicRow
from .section import SectionPageMixin
from .service import ServicePageMixin
from .service_rows import (
    CostRow,
    DeadlineRow,
    DocumentRow,
    PhysicalChannelRow,
    RelatedServiceRow,
    RequirementRow,
    StepRow,
)
from .standard import StandardPageMixin

__all__ = [
    "MAX_TASKS",
    "ContactRow",
    "CostRow",
    "DeadlineRow",
    "DocumentRow",
    "HomePageMixin",
    "LifeEventRow",
    "PhysicalChannelRow",
    "RelatedServiceRow",
    "RequirementRow",
    "SectionPageMixin",
    "ServicePageMixin",
    "StandardPageMixin",
    "StepRow",
    "SummaryMixin",
    "TaskRow",
    "TopicRow",
    "TorvPageMixin",
]
