"""Whether the app `search` is Torv's: `wagtail start` gives each new site a package of that name."""

from pathlib import Path

from django.apps import apps

#: Torv's packages are installed side by side.
OURS = Path(__file__).resolve().parent.parent / "search"


def foreign_search() -> Path | None:
    """The folder of another installed app named `search`; None where it is Torv's, or none is installed."""
    for app in apps.get_app_configs():
        if app.name == "search" and Path(app.path).resolve() != OURS:
            return Path(app.path)
    return None
