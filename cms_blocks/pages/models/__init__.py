"""The concrete page types, for hosts without a base page of their own; see `cms_blocks.page_mixins`."""

from .base import TorvPage
from .contact_page import ContactPage, ContactPageContact, ContactPageField, ContactPageTopic
from .home import HomePage, HomePageTask
from .knowledge import KnowledgePage, KnowledgePageSection, KnowledgePageTopic
from .news import NewsIndexPage, NewsPage, NewsPageContact, NewsPageTopic
from .person_list import PersonListPage, PersonListPageContact
from .report import (
    ReportPage,
    ReportPageAttachment,
    ReportPageAuthor,
    ReportPageTalk,
    ReportPageTopic,
    ReportPageWorkingGroup,
)
from .section import SectionPage
from .service import (
    ServicePage,
    ServicePageContact,
    ServicePageCost,
    ServicePageDeadline,
    ServicePageDocument,
    ServicePageLifeEvent,
    ServicePagePhysicalChannel,
    ServicePageRelatedService,
    ServicePageRequirement,
    ServicePageStep,
    ServicePageTask,
    ServicePageTopic,
)
from .standard import StandardPage, StandardPageContact, StandardPageTopic
from .step_by_step import StepByStepPage, StepByStepPageStep, StepByStepPageTopic
from .story import (
    StoryIndexPage,
    StoryPage,
    StoryPageChange,
    StoryPageQuote,
    StoryPageService,
    StoryPageTopic,
)

__all__ = [
    "ContactPage",
    "ContactPageContact",
    "ContactPageField",
    "ContactPageTopic",
    "HomePage",
    "HomePageTask",
    "KnowledgePage",
    "KnowledgePageSection",
    "KnowledgePageTopic",
    "NewsIndexPage",
    "NewsPage",
    "NewsPageContact",
    "NewsPageTopic",
    "PersonListPage",
    "PersonListPageContact",
    "ReportPage",
    "ReportPageAttachment",
    "ReportPageAuthor",
    "ReportPageTalk",
    "ReportPageTopic",
    "ReportPageWorkingGroup",
    "SectionPage",
    "ServicePage",
    "ServicePageContact",
    "ServicePageCost",
    "ServicePageDeadline",
    "ServicePageDocument",
    "ServicePageLifeEvent",
    "ServicePagePhysicalChannel",
    "ServicePageRelatedService",
    "ServicePageRequirement",
    "ServicePageStep",
    "ServicePageTask",
    "ServicePageTopic",
    "StandardPage",
    "StandardPageContact",
    "StandardPageTopic",
    "StepByStepPage",
    "StepByStepPageStep",
    "StepByStepPageTopic",
    "StoryIndexPage",
    "StoryPage",
    "StoryPageChange",
    "StoryPageQuote",
    "StoryPageService",
    "StoryPageTopic",
    "TorvPage",
]
