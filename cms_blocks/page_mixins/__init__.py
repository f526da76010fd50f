"""Behaviour of Torv's page types, for Torv's own pages and for hosts with a base page of their own.

A host's page is `class InfoPage(StandardPageMixin, HostBasePage)` with child models made of the
row classes here; `cms_blocks.pages` does just that on Wagtail's Page.
"""

from .article import ArticlePageMixin
from .base import SummaryMixin, TorvPageMixin
from .event import EventPageMixin
from .event_edition import EventEditionPageMixin
from .event_facts import EventAttendance, EventFactsMixin, EventStatus
from .event_index import EventIndexPageMixin
from .event_rows import AudienceRow, EventScheduleRow, ProgrammeRow, ValueRow
from .event_series import EventSeriesPageMixin
from .home import MAX_TASKS, HomePageMixin, TaskRow
from .knowledge import KnowledgePageMixin, KnowledgeSectionRow
from .news import NewsIndexPageMixin, NewsPageMixin
from .person_list import PersonListPageMixin
from .report import ReportPageMixin
from .report_rows import AttachmentRow, AuthorRow, TalkRow, WorkingGroupRow
from .rows import ContactRow, LifeEventRow, TopicRow, contacts_panel, topics_panel
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
from .step_by_step import GuideStepRow, StepByStepPageMixin
from .story import ChangeRow, ConcernedServiceRow, QuoteRow, StoryPageMixin, StoryPersonRow
from .story_index import StoryIndexPageMixin

__all__ = [
    "MAX_TASKS",
    "ArticlePageMixin",
    "AttachmentRow",
    "AudienceRow",
    "AuthorRow",
    "ChangeRow",
    "ConcernedServiceRow",
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
    "GuideStepRow",
    "HomePageMixin",
    "KnowledgePageMixin",
    "KnowledgeSectionRow",
    "LifeEventRow",
    "NewsIndexPageMixin",
    "NewsPageMixin",
    "PersonListPageMixin",
    "PhysicalChannelRow",
    "ProgrammeRow",
    "QuoteRow",
    "RelatedServiceRow",
    "ReportPageMixin",
    "RequirementRow",
    "SectionPageMixin",
    "ServicePageMixin",
    "StandardPageMixin",
    "StepByStepPageMixin",
    "StepRow",
    "StoryIndexPageMixin",
    "StoryPageMixin",
    "StoryPersonRow",
    "SummaryMixin",
    "TalkRow",
    "TaskRow",
    "TopicRow",
    "TorvPageMixin",
    "ValueRow",
    "WorkingGroupRow",
    "contacts_panel",
    "topics_panel",
]
