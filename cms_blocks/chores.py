"""The regular work of the content; `ticks` finds and runs it."""

from django.core.management import call_command


def every_minute() -> None:
    """Publish and unpublish what is scheduled."""
    call_command("publish_scheduled")
