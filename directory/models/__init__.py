"""Entries of the directory: self-help groups, co-operation partners, contact points and networks."""

from .entry import SLUG_LENGTH, Entry
from .entry_topic import EntryTopic
from .former_slug import FormerSlug
from .kinds import EntryKind
from .location import Location, PlaceName, default_country

__all__ = [
    "SLUG_LENGTH",
    "Entry",
    "EntryKind",
    "EntryTopic",
    "FormerSlug",
    "Location",
    "PlaceName",
    "default_country",
]
