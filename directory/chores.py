"""The regular work of the directory; `cms_blocks.ticks` finds and runs it."""

from . import error_reports, todo


def nightly() -> None:
    """Delete the reports of errors that were dealt with some weeks ago."""
    error_reports.delete_old()


def weekly() -> None:
    """Tell those who keep the directory what waits for them."""
    todo.remind()
