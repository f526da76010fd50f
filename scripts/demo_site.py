"""Runs inside `.venv`: bring the demo's database up to date and serve it: `python -m scripts.demo_site PORT`.

One process does it all, since starting Django is what takes the time.
"""

import os
import sys
from io import StringIO

from .common import ROOT, VAR, fingerprint, is_stamped, say, write_stamp

STAMP = VAR / "stamps" / "demo"
SOURCES = [
    ROOT / "site" / "demo",
    ROOT / "search",
    ROOT / "cms_blocks" / "search_documents",
    ROOT / "directory" / "search_documents.py",
]


def setup() -> None:
    """Django with the settings of a desk, as manage.py does it."""
    sys.path.insert(0, str(ROOT / "site"))
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "reference.settings.dev")
    import django

    django.setup()


def migrate() -> None:
    from django.core.management import call_command

    VAR.mkdir(exist_ok=True)
    call_command("migrate", verbosity=0, interactive=False)


def load(port: int) -> str:
    """Load what is new in the demo, index it where that is needed, and return what the command said."""
    from django.core.management import call_command

    printed = StringIO()
    call_command("load_demo", address=f"http://localhost:{port}", stdout=printed)
    stamp = fingerprint(SOURCES)
    if is_index_empty() or not is_stamped(STAMP, stamp):
        say("Indexing")
        call_command("rebuild_search_index", stdout=StringIO())
        write_stamp(STAMP, stamp)
    return printed.getvalue().strip()


def is_index_empty() -> bool:
    from search.models import SearchDocument

    return not SearchDocument.objects.exists()


def serve(port: int) -> None:
    from django.core.management import call_command

    say("", f"Torv is at http://localhost:{port}/ (Ctrl+C stops it)")
    os.environ.setdefault("DJANGO_RUNSERVER_HIDE_WARNING", "true")
    call_command("runserver", f"127.0.0.1:{port}", use_reloader=False)


def main(port: int) -> None:
    setup()
    migrate()
    say(load(port))
    serve(port)


if __name__ == "__main__":
    main(int(sys.argv[1]))
