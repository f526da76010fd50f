"""Snippets that editors use by reference, each site's frame, and the chores' memory."""

from .chore_run import ChoreRun
from .contact_person import NO_CONTACT, ContactPerson
from .crisis_number import CrisisNumber
from .site_frame import OfficeHours, SiteFrame
from .topic import SLUG_TAKEN, Topic

__all__ = [
    "NO_CONTACT",
    "SLUG_TAKEN",
    "ChoreRun",
    "ContactPerson",
    "CrisisNumber",
    "OfficeHours",
    "SiteFrame",
    "Topic",
]
