"""Mails to those who use the admin."""

from typing import Any

from django.conf import settings


def admin_language(user: Any) -> str:
    """The language in which they use the admin."""
    profile = getattr(user, "wagtail_userprofile", None)
    return str(profile.get_preferred_language() if profile else settings.LANGUAGE_CODE)
