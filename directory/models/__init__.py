"""Entries of the directory: self-help groups, co-operation partners, contact points and networks."""

from .contact import EntryContact
from .cost import CostOption
from .editor_facet import EditorFacet, EditorFacetValue, EntryFacetValue
from .entry import SLUG_LENGTH, Entry
from .entry_facts import AttendanceOption, ContactBy, EntryStatus, LegalForm, OfferForm
from .entry_topic import EntryTopic
from .error_report import ErrorKind, ErrorReport, ErrorReportStatus
from .former_slug import FormerSlug
from .kinds import EntryKind
from .location import Facility, Location, LocationType, PlaceName, PositionSource, default_country
from .place import Place
from .relation import EntryRelation, RelationKind
from .schedule import Schedule
from .target_group import EntryTargetGroup, TargetGroup
from .team import TeamMember

__all__ = [
    "SLUG_LENGTH",
    "AttendanceOption",
    "ContactBy",
    "CostOption",
    "EditorFacet",
    "EditorFacetValue",
    "Entry",
    "EntryContact",
    "EntryFacetValue",
    "EntryKind",
    "EntryRelation",
    "EntryStatus",
    "EntryTargetGroup",
    "EntryTopic",
    "ErrorKind",
    "ErrorReport",
    "ErrorReportStatus",
    "Facility",
    "FormerSlug",
    "LegalForm",
    "Location",
    "LocationType",
    "OfferForm",
    "Place",
    "PlaceName",
    "PositionSource",
    "RelationKind",
    "Schedule",
    "TargetGroup",
    "TeamMember",
    "default_country",
]
