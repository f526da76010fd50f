"""Scheduled publishing as Wagtail's `publish_scheduled` does it; what cannot be published stops nothing."""

import logging
from collections.abc import Iterator
from typing import Any

from django.apps import apps
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin.admin_url_finder import AdminURLFinder
from wagtail.log_actions import log
from wagtail.models import DraftStateMixin, Page, Revision

from .recipients import admin_address, tell

logger = logging.getLogger(__name__)

_CONTRADICTS = gettext_lazy(
    "Something that is stored already stands against it, such as the same address. Open it and publish it."
)


def publish_due() -> None:
    """Takes out of sight what has expired, then publishes what is due, the earliest first."""
    for expired in _expired():
        expired.unpublish(set_expired=True, log_action="wagtail.unpublish.scheduled")
    due = Revision.objects.filter(approved_go_live_at__lt=timezone.now()).order_by("approved_go_live_at")
    for revision in list(due):
        try:
            with transaction.atomic():
                revision.publish(log_action="wagtail.publish.scheduled")
        except ValidationError as error:
            _give_up(revision, error)
        except IntegrityError:
            logger.exception("Revision %s contradicts what is stored", revision.pk)
            _give_up(revision, ValidationError(_CONTRADICTS))


def _expired() -> Iterator[Any]:
    for model in apps.get_models():
        if issubclass(model, DraftStateMixin) and (model is Page or not issubclass(model, Page)):
            yield from list(model._default_manager.filter(live=True, expire_at__lt=timezone.now()))


def _give_up(revision: Revision, error: ValidationError) -> None:
    """It stays a draft: tried again each minute it would fail each minute. Whoever wrote it is told why."""
    Revision.objects.filter(pk=revision.pk).update(approved_go_live_at=None)
    logger.warning("Revision %s could not be published when it was due", revision.pk)
    draft = revision.as_object()
    log(instance=draft, action="wagtail.schedule.cancel", revision=revision)
    writer = revision.user
    if writer is None or not writer.email:
        return
    tell(writer, gettext_lazy("Not published as planned"), _reasons(draft, error))


def _reasons(draft: Any, error: ValidationError) -> Iterator[str]:
    yield _("It was to be published now, but something is missing. It is still a draft.")
    yield from map(str, error.messages)
    yield admin_address(AdminURLFinder().get_edit_url(draft))
