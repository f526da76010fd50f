"""Snippets that editors use by reference, each site's frame, and the chores' memory."""

from .alert import Alert
from .chore_run import ChoreRun
from .contact_person import NO_CONTACT, PRIVATE_FIELDS, VIEW_PRIVATE, ContactPerson
from .crisis_number import CrisisNumber
from .life_event import LifeEvent
from .site_frame import OfficeHours, SiteFrame
from .topic import SLUG_TAKEN, Topic

__all__ = [
    "NO_CONTACT",
    "PRIVATE_FIELDS",
    "SLUG_TAKEN",
    "VIEW_PRIVATE",
    "Alert",
    "ChoreRun",
    "ContactPerson",
    "CrisisNumber",
    "LifeEvent",
    "OfficeHours",
    "SiteFrame",
    "Topic",
]
