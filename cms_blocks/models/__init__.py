"""Snippets that editors use by reference, each site's frame, and the chores' memory."""

from .alert import Alert
from .chore_run import ChoreRun
from .confidential import ConfidentialCollection
from .consent import Basis, Consent, Scope
from .contact_person import NO_CONTACT, PRIVATE_FIELDS, VIEW_PRIVATE, ContactPerson
from .crisis_number import CrisisNumber
from .event_date import EventDate
from .file_text import FileText, Note
from .life_event import LifeEvent
from .page_feedback import VIEW_FEEDBACK, FeedbackReason, PageFeedback
from .person_row import PersonRowMixin
from .private_person import CHANGE_PERSONS, PERSONAL_FIELDS, VIEW_PERSONS, PrivatePerson
from .site_frame import OfficeHours, QuietSection, SiteFrame
from .theme import Theme, ThemeStatus
from .topic import SLUG_TAKEN, Topic

__all__ = [
    "CHANGE_PERSONS",
    "NO_CONTACT",
    "PERSONAL_FIELDS",
    "PRIVATE_FIELDS",
    "SLUG_TAKEN",
    "VIEW_FEEDBACK",
    "VIEW_PERSONS",
    "VIEW_PRIVATE",
    "Alert",
    "Basis",
    "ChoreRun",
    "ConfidentialCollection",
    "Consent",
    "ContactPerson",
    "CrisisNumber",
    "EventDate",
    "FeedbackReason",
    "FileText",
    "LifeEvent",
    "Note",
    "OfficeHours",
    "PageFeedback",
    "PersonRowMixin",
    "PrivatePerson",
    "QuietSection",
    "Scope",
    "SiteFrame",
    "Theme",
    "ThemeStatus",
    "Topic",
]
