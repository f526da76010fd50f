"""The wheel as users get it, and an empty Wagtail site to install it into. Nothing is fetched."""

import os
import re
import shutil
import site
import subprocess
import sys
import venv
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import pytest

from scripts.wheel import build

ROOT = Path(__file__).resolve().parents[2]
GUIDE = ROOT / "docs" / "how-to" / "install.md"
BLOCK = re.compile(r"```python\n# (?P<file>[^\s,]+)(?P<rest>.*?)\n(?P<code>.*?)```", re.DOTALL)


def call(command: Sequence[str | Path], folder: Path, *, check: bool = True) -> str:
    """What a command prints, run without anything of this test run in its environment."""
    hidden = ("DJANGO_", "PYTHON", "PYTEST_", "TORV_")
    environment = {key: value for key, value in os.environ.items() if not key.startswith(hidden)}
    result = subprocess.run(
        [str(part) for part in command],
        cwd=folder,
        env=environment,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
    )
    assert result.returncode == 0 or not check, result.stdout
    return result.stdout


@pytest.fixture(scope="session")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """As `make wheel` builds it, of the assets that are there."""
    return build(tmp_path_factory.mktemp("wheel"))


@dataclass(frozen=True, kw_only=True)
class Host:
    """A site made by `wagtail start`, with a Python that has the wheel installed."""

    folder: Path
    python: Path

    def manage(self, *arguments: str, check: bool = True) -> str:
        return call([self.python, "manage.py", *arguments], self.folder, check=check)

    def take_away_scaffold(self) -> None:
        """Step 2 of the install guide."""
        [command] = re.findall(r"^rm -r (.+)$", GUIDE.read_text(encoding="utf-8"), flags=re.MULTILINE)
        for name in command.split():
            shutil.rmtree(self.folder / name)

    def follow_guide(self, *, steps: int = 2) -> None:
        """Write the Python blocks of the install guide where their first lines say: settings, addresses."""
        for block in list(BLOCK.finditer(GUIDE.read_text(encoding="utf-8")))[:steps]:
            target = self.folder / block["file"]
            before = target.read_text(encoding="utf-8") if "at the end" in block["rest"] else ""
            target.write_text(f"{before}\n{block['code']}", encoding="utf-8")


@pytest.fixture
def host(wheel: Path, tmp_path: Path) -> Host:
    """A fresh environment that sees today's libraries, but of Torv only the wheel."""
    environment = tmp_path / "environment"
    venv.create(environment)
    python = environment / "bin" / "python"
    [own] = (environment / "lib").glob("python*/site-packages")
    (own / "libraries.pth").write_text("\n".join(site.getsitepackages()), encoding="utf-8")
    install = [sys.executable, "-m", "uv", "pip", "install", "--offline", "--no-deps", "--python", python]
    call([*install, wheel], tmp_path)
    call([python, "-m", "wagtail.bin.wagtail", "start", "mysite"], tmp_path)
    return Host(folder=tmp_path / "mysite", python=python)
