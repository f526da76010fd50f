"""Build the wheel into `dist/`: `python -m scripts.wheel`. Needs what tests need."""

from pathlib import Path

from . import assets, translations
from .common import PYTHON, ROOT, run, say

FOLDER = ROOT / "dist"


def build(folder: Path) -> Path:
    """The wheel, with the translations compiled and the assets as they are."""
    translations.ensure()
    run([PYTHON, "-m", "hatchling", "build", "-t", "wheel", "-d", folder], quiet=True)
    return max(folder.glob("*.whl"), key=lambda file: file.stat().st_mtime_ns)


def main() -> None:
    assets.ensure()
    say(str(build(FOLDER).relative_to(ROOT)))


if __name__ == "__main__":
    main()
