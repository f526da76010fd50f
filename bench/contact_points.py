"""361 real contact points of a German clearing house: no part of the project, to measure with where they are.

They lie beside the project, or where TORV_CONTACT_POINTS says.
"""

import os
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
VARIABLE = "TORV_CONTACT_POINTS"
BESIDE = ROOT.parent / "shared" / "data" / "selbsthilfe-contact-points.json"
#: How their columns become entries.
MAP = ROOT / "docs" / "how-to" / "import-maps" / "selbsthilfe-contact-points.toml"


def file() -> Path:
    """Where they are looked for."""
    return Path(os.environ.get(VARIABLE) or BESIDE)


def missing() -> str:
    """Why there is nothing to read; empty where there is."""
    return "" if file().is_file() else f"the contact points; {file()} is no file, {VARIABLE} may name another"


def is_asked_for() -> bool:
    """Whoever names the file wants it read: then it is a fault that it is missing."""
    return bool(os.environ.get(VARIABLE))
