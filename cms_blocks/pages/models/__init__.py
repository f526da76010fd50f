"""The concrete page types, for hosts without a base page of their own; see `cms_blocks.page_mixins`."""

from .base import TorvPage
from .home import HomePage, HomePageTask
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

__all__ = [
    "HomePage",
    "HomePageTask",
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
    "TorvPage",
]
