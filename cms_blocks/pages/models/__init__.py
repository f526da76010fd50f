"""The concrete page types, for hosts without a base page of their own; see `cms_blocks.page_mixins`."""

from .base import TorvPage
from .home import HomePage, HomePageTask
from .section import SectionPage
from .standard import StandardPage, StandardPageContact, StandardPageTopic

__all__ = [
    "HomePage",
    "HomePageTask",
    "SectionPage",
    "StandardPage",
    "StandardPageContact",
    "StandardPageTopic",
    "TorvPage",
]
