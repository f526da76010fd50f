"""Redirects of a renamed or moved page that the database would refuse, so that the page could not be renamed.

PostgreSQL stores no address that is too long. SQLite takes no question of a thousand parts, and a directory
has as many addresses as entries.
"""

from collections import defaultdict
from typing import Any

from django.apps import apps

#: Addresses that one question names.
_BATCH = 500


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
            """Deletes the automatic redirects of an earlier change that these replace."""
            self.items = [item for item in self.items if len(item.old_path) <= longest]
            paths: dict[int | None, list[str]] = defaultdict(list)
            for item in self.items:
                paths[item.site_id].append(item.old_path)
            for site, those in paths.items():
                older = Redirect.objects.filter(automatically_created=True, site=site)
                for start in range(0, len(those), _BATCH):
                    older.filter(old_path__in=those[start : start + _BATCH]).delete()

    signal_handlers.BatchRedirectCreator = Fitting
