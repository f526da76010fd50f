"""Compile the translations when one has changed; `scripts.messages` does it, inside `.venv`."""

from .common import PYTHON, ROOT, STAMPS, fingerprint, is_stamped, run, write_stamp

APPS = ("cms_blocks", "directory", "search", "site")


def catalogues() -> str:
    """A fingerprint of every .po and .mo file."""
    files = [file for app in APPS for file in sorted((ROOT / app).rglob("LC_MESSAGES/django*.?o"))]
    return fingerprint(files)


def ensure() -> None:
    stamp = STAMPS / "translations"
    if is_stamped(stamp, catalogues()):
        return
    run([PYTHON, "-m", "scripts.messages", "compile"])
    write_stamp(stamp, catalogues())
