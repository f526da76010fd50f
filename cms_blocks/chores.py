"""The regular work of the content; `ticks` finds and runs it."""

from django.core.management import call_command

from .consent_reminders import tell_ended


def every_minute() -> None:
    """Publish and unpublish what is scheduled, and tell of consents that have ended."""
    call_command("publish_scheduled")
    tell_ended()
