"""A database of its own for each size, beside the reference site's."""

import os

from reference.settings.test import *  # noqa: F403
from reference.settings.test import DATABASES, INSTALLED_APPS, VAR

INSTALLED_APPS = [*INSTALLED_APPS, "bench.stock"]

SIZE = os.environ["TORV_BENCH_SIZE"]

if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    DATABASES["default"]["NAME"] = VAR / "bench" / f"entries-{SIZE}.sqlite3"
else:
    DATABASES["default"]["NAME"] = f"torv_bench_{SIZE}"
