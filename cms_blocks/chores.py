"""The regular work of the content; `ticks` finds and runs it."""

from datetime import timedelta

from django.apps import apps
from django.utils import timezone

from . import conf, event_dates, feedback, files, story_consents, themes
from .consent_reminders import tell_ended
from .person_photos import give_secret_names
from .scheduled import publish_due


def every_minute() -> None:
    """Publish and unpublish what is scheduled, and tell of consents that have ended."""
    story_consents.take_down_lapsed()
    publish_due()
    tell_ended()


def nightly() -> None:
    """Move the dates of repeated events on, and delete names, messages and words that are old enough.

    Photos of private persons that are not hidden yet are. Files that were missing are tried again."""
    event_dates.move_on()
    themes.delete_old_names()
    feedback.delete_old_texts()
    give_secret_names()
    files.forget_missing()
    if apps.is_installed("wagtail.contrib.forms"):
        delete_old_messages()


def delete_old_messages() -> None:
    """Of contact pages."""
    from wagtail.contrib.forms.models import FormSubmission

    from .page_mixins.contact_page import ContactPageMixin

    end = timezone.now() - timedelta(days=conf.current().contact_messages_kept_days)
    for model in apps.get_models():
        if issubclass(model, ContactPageMixin):
            FormSubmission.objects.filter(page__in=model.objects.values("pk"), submit_time__lt=end).delete()
