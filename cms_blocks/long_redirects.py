"""Addresses too long for a redirect: PostgreSQL refuses to store one, and the page could not be renamed."""

from typing import Any

from django.apps import apps


def leave_out() -> None:
    """Wagtail makes the redirects of a renamed page in one go; those that do not fit are left out of it."""
    if not apps.is_installed("wagtail.contrib.redirects"):
        return
    from wagtail.contrib.redirects import signal_handlers
    from wagtail.contrib.redirects.models import Redirect

    longest = Redirect._meta.get_field("old_path").max_length

    class Fitting(signal_handlers.BatchRedirectCreator):
        items: list[Any]

        def pre_process(self) -> None:
            self.items = [item for item in self.items if len(item.old_path) <= longest]
            if self.items:  # of none, Wagtail's own would clear every redirect
                super().pre_process()

    signal_handlers.BatchRedirectCreator = Fitting
