"""Behaviour of Torv's page types, for Torv's own pages and for hosts with a base page of their own.

A host's page is `class InfoPage(StandardPageMixin, HostBasePage)` with child models made of the
row classes here; `cms_blocks.pages` does just that on Wagtail's Page.
"""

from .base import SummaryMixin, TorvPageMixin
from .event import EventPageMixin
from .event_edition import EventEditionPageMixin
from .event_facts import EventAttendance, EventFactsMixin, EventStatus
from .event_index import EventIndexPageMixin
from .event_rows import AudienceRow, EventScheduleRow, ProgrammeRow, ValueRow
from .event_series import EventSeriesPageMixin
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
    "AudienceRow",
    "ContactRow",
    "CostRow",
    "DeadlineRow",
    "DocumentRow",
    "EventAttendance",
    "EventEditionPageMixin",
    "EventFactsMixin",
    "EventIndexPageMixin",
    "EventPageMixin",
    "EventScheduleRow",
    "EventSeriesPageMixin",
    "EventStatus",
    "HomePageMixin",
    "LifeEventRow",
    "PhysicalChannelRow",
    "ProgrammeRow",
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
    "ValueRow",
]
