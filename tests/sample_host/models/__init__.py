"""A model of fields for entries, a page type, and something of a host's own that is searched."""

from .grant import Grant
from .info_page import InfoPage, InfoPageContact, InfoPageTopic
from .room import Room

__all__ = ["Grant", "InfoPage", "InfoPageContact", "InfoPageTopic", "Room"]
