"""Paths, running a command, and stamps that make a second run quick."""

import hashlib
import os
import subprocess
import sys
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import NoReturn

ROOT = Path(__file__).resolve().parent.parent
VAR = ROOT / "var"
VENV = ROOT / ".venv"
BIN = VENV / "bin"
PYTHON = BIN / "python"
STAMPS = VAR / "stamps"

Command = list[str | Path]

in_ci = os.environ.get("CI") == "true"


def say(*lines: str) -> None:
    sys.stdout.write("".join(f"{line}\n" for line in lines))
    sys.stdout.flush()


def stop(*lines: str) -> NoReturn:
    """End with a message a person can act on instead of a stack trace."""
    sys.stdout.flush()
    sys.stderr.write("".join(f"{line}\n" for line in lines))
    raise SystemExit(1)


def run(
    command: Sequence[str | Path],
    *,
    environment: Mapping[str, str] | None = None,
    check: bool = True,
    quiet: bool = False,
) -> int:
    """Run in the repository's root and return the exit code; with `check`, a failure ends everything.

    `environment` is added to the present one. `quiet` shows output only when the command failed.
    """
    result = subprocess.run(  # noqa: S603 - every caller writes its command out
        [str(part) for part in command],
        cwd=ROOT,
        env={**os.environ, **(environment or {})},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE if quiet else None,
        stderr=subprocess.STDOUT if quiet else None,
        text=True,
        check=False,
    )
    if result.returncode and quiet:
        say(result.stdout)
    if result.returncode and check:
        stop(f"This command failed ({result.returncode}): {' '.join(map(str, command))}")
    return result.returncode


def output(command: Sequence[str | Path]) -> str | None:
    """What a command prints, or None where it is missing or fails."""
    try:
        result = subprocess.run(  # noqa: S603 - every caller writes its command out
            [str(part) for part in command],
            cwd=ROOT,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            check=True,
        )
    except (OSError, subprocess.CalledProcessError):
        return None
    return result.stdout.strip()


def fingerprint(paths: Iterable[Path], *, salt: str = "") -> str:
    """One hash of the names and contents of files; folders count with all that is in them."""
    digest = hashlib.sha256(salt.encode())
    for path in paths:
        inside = sorted(path.rglob("*")) if path.is_dir() else [path]
        for file in inside:
            if file.is_file() and "__pycache__" not in file.parts:
                digest.update(str(file.relative_to(ROOT)).encode())
                digest.update(file.read_bytes())
    return digest.hexdigest()


def is_stamped(stamp: Path, value: str) -> bool:
    return stamp.is_file() and stamp.read_text(encoding="utf-8") == value


def write_stamp(stamp: Path, value: str) -> None:
    stamp.parent.mkdir(parents=True, exist_ok=True)
    stamp.write_text(value, encoding="utf-8")
