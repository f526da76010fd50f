"""Make `.venv` and install exactly what a requirements file pins: `python -m scripts.environment [FILE]`."""

import platform
import sys
from pathlib import Path

from .common import PYTHON, ROOT, VENV, Command, fingerprint, is_stamped, output, run, say, stop, write_stamp

UV = "uv==0.13.9"
RUNTIME = ROOT / "requirements.txt"
TESTS = ROOT / "requirements-test.txt"


def make_venv() -> None:
    """An empty environment with uv in it, made once."""
    if output([PYTHON, "-m", "uv", "--version"]) is not None:
        return
    say("Making .venv")
    if run([sys.executable, "-m", "venv", VENV], check=False):
        stop(
            "Python could not make a virtual environment.",
            "On Debian and Ubuntu, install the package python3-venv and try again.",
        )
    run([PYTHON, "-m", "pip", "install", "--quiet", "--disable-pip-version-check", UV])


def install(*packages: str | Path) -> None:
    run([PYTHON, "-m", "uv", "pip", "install", "--quiet", "--python", PYTHON, *packages])


def ensure(requirements: Path) -> None:
    """Install the pins of one file unless they are there already."""
    stamp = VENV / f"{requirements.stem}.stamp"
    value = fingerprint([requirements], salt=platform.python_version())
    if is_stamped(stamp, value) and PYTHON.exists():
        return
    make_venv()
    say(f"Installing {requirements.name}")
    install("--require-hashes", "--requirements", requirements)
    write_stamp(stamp, value)


def compile_requirements() -> None:
    """Write both files anew from pyproject.toml; what is pinned stays unless it must change."""
    make_venv()
    command: Command = [PYTHON, "-m", "uv", "pip", "compile", "pyproject.toml", "--quiet", "--universal"]
    command += ["--python-version", "3.11", "--generate-hashes", "--no-header", "--no-annotate"]
    run([*command, "--group", "site", "--output-file", RUNTIME.name])
    run([*command, "--group", "site", "--group", "test", "--output-file", TESTS.name])


def main(arguments: list[str]) -> None:
    if arguments == ["compile"]:
        compile_requirements()
    else:
        ensure(ROOT / arguments[0] if arguments else RUNTIME)


if __name__ == "__main__":
    main(sys.argv[1:])
