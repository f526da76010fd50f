"""What follows at once from a change of private persons and their consents."""

from typing import Any

from django.db.models.signals import post_delete, post_save, pre_delete
from wagtail.images import get_image_model
from wagtail.models import Page
from wagtail.signals import page_published

from . import quoted_persons, story_consents
from .confidential_files import is_confidential
from .consents import forget_photos
from .models import Consent, PrivatePerson, Scope
from .person_photos import give_secret_name

_UID = "torv_blocks"


def connect() -> None:
    """Called once from `ready()`."""
    for signal in (post_save, post_delete):
        signal.connect(consent_changed, sender=Consent, dispatch_uid=f"{_UID}.consent_changed")
    post_save.connect(image_saved, sender=get_image_model(), dispatch_uid=f"{_UID}.image_saved")
    pre_delete.connect(person_goes, sender=PrivatePerson, dispatch_uid=f"{_UID}.person_goes")
    page_published.connect(published, dispatch_uid=f"{_UID}.published")


def published(sender: type[Page], instance: Page, **kwargs: Any) -> None:
    """Names the person of a quote in every language."""
    quoted_persons.share(instance)


def consent_changed(sender: type[Consent], instance: Consent, **kwargs: Any) -> None:
    """A withdrawal takes effect in the same request."""
    if instance.scope == Scope.STORY:
        story_consents.take_down_lapsed()
    elif instance.scope in (Scope.NAME, Scope.PHOTO):
        forget_photos([instance.person_id])


def image_saved(sender: type[Any], instance: Any, raw: bool = False, **kwargs: Any) -> None:
    """Also when somebody puts another file in the place of a private person's photo."""
    if not raw and is_confidential(instance):
        give_secret_name(instance)


def person_goes(sender: type[PrivatePerson], instance: PrivatePerson, **kwargs: Any) -> None:
    """The rows that say whom a story is about go with the person: afterwards nobody would know."""
    story_consents.take_down_about(instance)
