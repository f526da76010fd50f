"""The regular work of the content; `ticks` finds and runs it."""

from django.core.management import call_command

from . import event_dates, themes


def every_minute() -> None:
    """Publish and unpublish what is scheduled."""
    call_command("publish_scheduled")


def nightly() -> None:
    """Move the dates of repeated events on, and delete names that are no longer needed."""
    event_dates.move_on()
    themes.delete_old_names()
