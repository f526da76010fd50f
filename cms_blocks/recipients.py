"""Mail to the staff: who gets it, one mail each in the language of their admin, and the way into it."""

import logging
from collections.abc import Iterable
from smtplib import SMTPException
from typing import Any

from django.conf import settings
from django.core.mail import send_mail
from django.db.models import Model
from django.utils import translation
from django.utils.functional import Promise
from wagtail.permission_policies import ModelPermissionPolicy

logger = logging.getLogger(__name__)


def admin_address(path: str | None) -> str:
    """The whole address of a path such as `reverse` gives; the path alone where a host names no base."""
    base = str(getattr(settings, "WAGTAILADMIN_BASE_URL", None) or "")
    return f"{base.rstrip('/')}{path or ''}"


def admin_language(user: Any) -> str:
    """The language in which they use the admin."""
    profile = getattr(user, "wagtail_userprofile", None)
    return str(profile.get_preferred_language() if profile else settings.LANGUAGE_CODE)


def readers(model: type[Model], permission: str) -> list[Any]:
    """The users who may do this ("change") with the model and have an address, in one query."""
    users = ModelPermissionPolicy(model).users_with_permission(permission)
    return list(users.exclude(email="").select_related("wagtail_userprofile"))


def tell(user: Any, subject: str | Promise, lines: Iterable[str | Promise]) -> bool:
    """One mail to one user who has an address. See `tell_address`."""
    return tell_address(user.email, admin_language(user), subject, lines)


def tell_address(address: str, language: str, subject: str | Promise, lines: Iterable[str | Promise]) -> bool:
    """Subject and lines are read in that language, so give lazy texts and a generator.

    A line is a paragraph; empty ones are left out. False where the mail could not be sent: the others still
    get theirs.
    """
    with translation.override(language):
        body = "\n\n".join(filter(None, map(str, lines)))
        try:
            send_mail(str(subject), body, settings.DEFAULT_FROM_EMAIL, [address])
        except (OSError, SMTPException):
            logger.exception("A mail to the staff could not be sent")
            return False
    return True
