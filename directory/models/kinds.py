"""What an entry is."""

from collections.abc import Callable, Mapping
from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _


class EntryKind(models.TextChoices):
    """What an entry is. The values are part of web addresses and of imported files."""

    SELF_HELP_GROUP = "self-help-group", _("Self-help group")
    COOPERATION_PARTNER = "co-operation-partner", _("Co-operation partner")
    CONTACT_POINT = "contact-point", _("Contact point")
    NETWORK = "network", _("Network")


#: Any of these tells how to reach an entry.
CONTACT = ("phone", "email", "website", "locations", "contacts")
UNREACHABLE = _("Before publishing, say how to reach it: a phone number, an e-mail, a website or a place.")

#: Kind -> field -> what to say where it is empty when the entry is to be published.
REQUIRED: Mapping[str, Mapping[str, Any]] = {
    EntryKind.SELF_HELP_GROUP: {
        "entry_topics": _("Before publishing, choose at least one topic: people find the group by it.")
    },
    EntryKind.COOPERATION_PARTNER: {
        "summary": _("Before publishing, say in one or two sentences what the partner does.")
    },
    EntryKind.CONTACT_POINT: {},
    EntryKind.NETWORK: {
        "summary": _("Before publishing, say in one or two sentences what the network is for.")
    },
}


_PLACES = ("capacity_available", "capacity_maximum", "capacity_updated_on")

#: Kind -> fields that its form leaves out while they are empty.
LEFT_OUT: Mapping[str, tuple[str, ...]] = {
    EntryKind.SELF_HELP_GROUP: ("needs_referral",),
    EntryKind.COOPERATION_PARTNER: (*_PLACES, "conference_url", "conference_phone"),
    EntryKind.CONTACT_POINT: (*_PLACES, "members_count", "founded_year"),
    EntryKind.NETWORK: (*_PLACES, "needs_referral", "offer_forms"),
}


def missing_facts(kind: str, is_given: Callable[[str], bool]) -> dict[str, Any]:
    """Field -> what to say, for what an entry of this kind lacks to be published."""
    missing = {name: told for name, told in REQUIRED.get(kind, {}).items() if not is_given(name)}
    if not any(is_given(name) for name in CONTACT):
        missing["phone"] = UNREACHABLE
    return missing
