"""What follows at once from a change of private persons and their consents."""

from typing import Any

from django.db.models.signals import post_delete, post_save, pre_delete

from . import story_consents
from .consents import forget_photos
from .models import Consent, PrivatePerson, Scope

_UID = "torv_blocks"


def connect() -> None:
    """Called once from `ready()`."""
    for signal in (post_save, post_delete):
        signal.connect(consent_changed, sender=Consent, dispatch_uid=f"{_UID}.consent_changed")
    pre_delete.connect(person_goes, sender=PrivatePerson, dispatch_uid=f"{_UID}.person_goes")


def consent_changed(sender: type[Consent], instance: Consent, **kwargs: Any) -> None:
    """A withdrawal takes effect in the same request."""
    if instance.scope == Scope.STORY:
        story_consents.take_down_lapsed()
    elif instance.scope in (Scope.NAME, Scope.PHOTO):
        forget_photos([instance.person_id])


def person_goes(sender: type[PrivatePerson], instance: PrivatePerson, **kwargs: Any) -> None:
    """The rows that say whom a story is about go with the person: afterwards nobody would know."""
    story_consents.take_down_about(instance)
