"""Runs inside `.venv`: bring the demo's database up to date and serve it: `python -m scripts.demo_site PORT`.

One process does it all, since starting Django is what takes the time.
"""

import os
import sys
from io import StringIO

from .common import ROOT, VAR, fingerprint, is_stamped, say, write_stamp

STAMP = VAR / "stamps" / "demo"
LOGINS = VAR / "demo-logins.txt"
SOURCES = [
    ROOT / "site" / "demo",
    ROOT / "search",
    ROOT / "cms_blocks" / "search_documents.py",
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


def load(*, again: bool) -> None:
    """Load the demo where it is new or changed, and index it; keep what the command said of logins."""
    from django.core.management import call_command

    stamp = fingerprint(SOURCES)
    if not again and is_stamped(STAMP, stamp) and LOGINS.is_file():
        return
    say("Loading the demo municipality")
    printed = StringIO()
    call_command("load_demo", stdout=printed)
    call_command("rebuild_search_index")
    LOGINS.write_text(printed.getvalue(), encoding="utf-8")
    write_stamp(STAMP, stamp)


def is_empty() -> bool:
    """Whether the database has no entries or nothing is indexed: it is new, or somebody emptied it."""
    from directory.models import Entry
    from search.models import SearchDocument

    return not (Entry.objects.exists() and SearchDocument.objects.exists())


def answer_on(port: int) -> None:
    """Full addresses (sitemaps, other languages) name the port that is served."""
    from wagtail.models import Site

    for site in Site.objects.exclude(port=port):
        site.port = port
        site.save()


def serve(port: int) -> None:
    from django.core.management import call_command

    logins = LOGINS.read_text(encoding="utf-8").strip()
    say("", logins, "", f"Torv is at http://localhost:{port}/ (Ctrl+C stops it)")
    call_command("runserver", f"127.0.0.1:{port}", use_reloader=False)


def main(port: int) -> None:
    setup()
    migrate()
    load(again=is_empty())
    answer_on(port)
    serve(port)


if __name__ == "__main__":
    main(int(sys.argv[1]))
