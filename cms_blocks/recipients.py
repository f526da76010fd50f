"""Who of the staff gets a mail, each in the language of their admin."""

from collections import defaultdict
from typing import Any

from django.conf import settings
from django.db.models import QuerySet


def by_language(users: "QuerySet[Any]") -> dict[str, list[Any]]:
    """Language -> those of them who have an address, in one query."""
    found: dict[str, list[Any]] = defaultdict(list)
    for user in users.exclude(email="").select_related("wagtail_userprofile"):
        profile = getattr(user, "wagtail_userprofile", None)
        found[profile.get_preferred_language() if profile else settings.LANGUAGE_CODE].append(user)
    return found
