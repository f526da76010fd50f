"""Who of the staff gets a mail, each in the language of their admin."""

from collections import defaultdict
from typing import Any

from django.conf import settings
from django.db.models import QuerySet


def admin_language(user: Any) -> str:
    """The language in which they use the admin."""
    profile = getattr(user, "wagtail_userprofile", None)
    return str(profile.get_preferred_language() if profile else settings.LANGUAGE_CODE)


def by_language(users: "QuerySet[Any]") -> dict[str, list[Any]]:
    """Language -> those of them who have an address, in one query."""
    found: dict[str, list[Any]] = defaultdict(list)
    for user in users.exclude(email="").select_related("wagtail_userprofile"):
        found[admin_language(user)].append(user)
    return found
