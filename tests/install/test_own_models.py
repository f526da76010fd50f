"""A host whose images, documents and media are of its own models, by the sample app of tests/custom_media."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

pytestmark = [pytest.mark.install, pytest.mark.timeout(600)]

ROOT = Path(__file__).resolve().parents[2]
PROGRAM = "import django; django.setup(); from tests.custom_media.visit import main; main()"


def test_it_migrates_from_empty_and_every_page_has_the_right_picture(tmp_path: Path) -> None:
    """Also that it needs no migration in Torv's apps: whatever is wrong ends the program with an error."""
    ran = subprocess.run(
        [sys.executable, "-c", PROGRAM],
        cwd=ROOT,
        env={
            **{key: value for key, value in os.environ.items() if not key.startswith(("DJANGO_", "TORV_"))},
            "DJANGO_SETTINGS_MODULE": "tests.custom_media.settings",
            "PYTHONPATH": os.pathsep.join([str(ROOT), str(ROOT / "site")]),
            "TORV_TEST_MEDIA": str(tmp_path),
        },
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
    )
    assert ran.returncode == 0, ran.stdout
